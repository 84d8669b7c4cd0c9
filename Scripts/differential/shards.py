"""Shards and lists as the zstd command, DuckDB and Python read them, and every range of every record."""

import base64
import hashlib
import io
import json
import os
import re

import duckdb
import zstandard

from .findings import Findings
from .folding import Folding, rows, same_phrase
from .runs import zstd

NO_DUPLICATE_KEYS = "members of one name"


def python_bytes(path):
    """A file's content by Python: all frames, which its one-shot reader would not read."""
    with open(path, "rb") as file:
        return zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True).read()


def listed(manifest):
    """Rows of the manifest that name a file besides the shards: rejects, duplicates, ledger."""
    return [row for row in manifest.values() if isinstance(row, dict) and "name" in row and "sha256" in row]


def members(pairs):
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(NO_DUPLICATE_KEYS)
    return found


def parse(lines, name, findings):
    """The objects of JSON lines, strictly."""
    objects = []
    for number, line in enumerate(lines, 1):
        try:
            found = json.loads(line.decode("utf-8", "strict"), object_pairs_hook=members)
            findings.require("json", isinstance(found, dict), f"{name}:{number}: no object")
            objects.append(found)
        except ValueError as error:
            findings.fault("json", f"{name}:{number}: {type(error).__name__}")
    return objects


def check_run(run, warraq=None):
    """All checks of one output folder. With `warraq`, its `cat` must give the same bytes as the zstd command."""
    findings = Findings()
    manifest = run.manifest
    shards = manifest["shards"]
    together = {"zstd": hashlib.sha256(), "python": hashlib.sha256()}
    records = []
    for row in shards:
        objects = check_file(run, row, findings, together)
        if objects:
            ids = [record.get("id") for record in objects]
            findings.expect("first and last id", (ids[0], ids[-1]), (row["first_id"], row["last_id"]), row["name"])
            check_records_in_duckdb(run.path(row["name"]), objects, findings)
        records += objects or []
    findings.expect("content hash", together["zstd"].hexdigest(), together["python"].hexdigest(), "zstd and Python")
    if warraq and shards:
        cat = hashlib.sha256(warraq.cat(run.folder)).hexdigest()
        findings.expect("content hash", cat, together["zstd"].hexdigest(), "warraq cat and zstd")
    findings.expect("totals", len(records), manifest["totals"]["records"], "records")
    if shards:
        pattern = os.path.join(run.folder, "part-*.jsonl.zst")
        try:
            count = duckdb.sql(f"SELECT count(*) FROM {reader(pattern, {'id': 'VARCHAR'})}").fetchall()[0][0]
            findings.expect("totals", count, manifest["totals"]["records"], "records in all shards by DuckDB")
        except duckdb.Error as error:
            findings.fault("duckdb", f"all shards: {type(error).__name__}")
    lists = {row["name"]: check_list(run, row, findings) or [] for row in listed(manifest)}
    if "ledger.jsonl.zst" in lists:
        check_ledger(lists, records, manifest["totals"], findings)
    known = {row["name"] for row in shards + listed(manifest)}
    for name in sorted(os.listdir(run.folder)):
        if name.endswith(".zst"):
            findings.require("files", name in known, f"{name} is not in the manifest")
    check_records(records, run, findings)
    return findings


def check_file(run, row, findings, together=None):
    """One compressed file against its row of the manifest; the objects in it, or None if it cannot be read."""
    name, path = row["name"], run.path(row["name"])
    with open(path, "rb") as file:
        packed = file.read()
    findings.expect("file hash", hashlib.sha256(packed).hexdigest(), row["sha256"], name)
    findings.expect("file size", len(packed), row["bytes"], name)
    try:
        by_zstd = zstd(path)
    except ValueError as error:
        findings.fault("zstd", str(error))
        return None
    try:
        by_python = python_bytes(path)
    except zstandard.ZstdError:
        findings.fault("python", f"{name}: Python refuses it")
        return None
    hashes = [hashlib.sha256(content).hexdigest() for content in (by_zstd, by_python)]
    findings.expect("content hash", hashes[1], hashes[0], f"{name} by Python and zstd")
    findings.expect("content size", len(by_zstd), row["uncompressed_bytes"], name)
    if together:
        together["zstd"].update(by_zstd)
        together["python"].update(by_python)
    findings.require("line ends", not by_zstd or by_zstd.endswith(b"\n"), f"{name} does not end with a line end")
    lines = by_zstd.split(b"\n")[:-1]
    findings.expect("records", len(lines), row["records"], f"lines of {name}")
    findings.expect("frames", sum(frame[0] for frame in row["frames"]), row["records"], f"frames of {name}")
    return parse(lines, name, findings)


def reader(path, columns):
    path = path.replace("'", "''")
    types = ", ".join(f"{name}: '{kind}'" for name, kind in columns.items())
    return f"read_json('{path}', format='newline_delimited', compression='zstd', columns={{{types}}}, " \
        "maximum_object_size=268435456)"


def check_records_in_duckdb(path, objects, findings):
    """A shard by DuckDB: the same ids in the same order, the same texts by length in code points and bytes."""
    name = os.path.basename(path)
    try:
        found = duckdb.sql(
            f"SELECT id, length(text), strlen(text) FROM {reader(path, {'id': 'VARCHAR', 'text': 'VARCHAR'})}").fetchall()
    except duckdb.Error as error:
        findings.fault("duckdb", f"{name}: {type(error).__name__}")
        return
    findings.expect("duckdb count", len(found), len(objects), name)
    findings.require(
        "duckdb ids", [row[0] for row in found] == [record["id"] for record in objects],
        f"{name}: ids or their order differ")
    findings.expect(
        "duckdb text lengths", sum(row[1] for row in found), sum(len(record["text"]) for record in objects), name)
    findings.expect(
        "duckdb text bytes", sum(row[2] for row in found), sum(len(record["text"].encode()) for record in objects),
        name)


def check_list(run, row, findings):
    """Rejects, duplicates or ledger: counts by reason, and what DuckDB sums up. Returns the objects in it."""
    objects = check_file(run, row, findings)
    if objects is None:
        return None
    name, path = row["name"], run.path(row["name"])
    numbers = sorted({key for item in objects for key, value in item.items() if type(value) is int})
    sums = ", ".join(["count(*)", *(f'sum("{key}")' for key in numbers)])
    try:
        columns = dict.fromkeys(numbers, "BIGINT") or {"id": "VARCHAR"}
        found = duckdb.sql(f"SELECT {sums} FROM {reader(path, columns)}").fetchall()[0]
        expected = (len(objects), *(sum(item.get(key) or 0 for item in objects) for key in numbers))
        findings.expect("duckdb sums", tuple(int(value or 0) for value in found), expected, name)
    except duckdb.Error as error:
        findings.fault("duckdb", f"{name}: {type(error).__name__}")
    left_out = run.manifest["totals"]["left_out"]
    if name.startswith("rejects"):
        for kind, is_filtered in (("rejected", False), ("filtered", True)):
            counts = tally(item["reason"] for item in objects if item.get("filtered", False) == is_filtered)
            findings.expect("reasons", counts, left_out[kind], f"{name}, {kind}")
        for number, item in enumerate(objects, 1):
            raw = base64.b64decode(item["raw"], validate=True) if "raw" in item else b""
            findings.require("raw bytes", len(raw) <= item.get("rawBytes", 0), f"{name}:{number}: more raw bytes than there were")
    if name.startswith("duplicates"):
        findings.expect("reasons", tally(item["kind"] for item in objects), left_out["duplicates"], name)
    return objects


def check_ledger(lists, records, totals, findings):
    """The books, input by input: they balance, and say what is in the other files."""
    ledger = lists["ledger.jsonl.zst"]
    found = {entry["input"]: {"written": 0, "rejected": {}, "filtered": {}, "duplicates": {}} for entry in ledger}

    def of(name):
        """What was counted of the listed input that an input, such as a file in an archive, belongs to."""
        while name not in found and "/" in name:
            name = name.rpartition("/")[0]
        findings.require("ledger", name in found, "an input that is not in the ledger")
        return found.get(name) or {"written": 0, "rejected": {}, "filtered": {}, "duplicates": {}}

    for record in records:
        of(record["origin"]["input"])["written"] += 1
    for item in lists.get("rejects.jsonl.zst", []):
        counts = of(item["input"])["filtered" if item.get("filtered") else "rejected"]
        counts[item["reason"]] = counts.get(item["reason"], 0) + 1
    for item in lists.get("duplicates.jsonl.zst", []):
        counts = of(item["input"])["duplicates"]
        counts[item["kind"]] = counts.get(item["kind"], 0) + 1
    for number, entry in enumerate(ledger, 1):
        out = entry["written"] + sum(sum(entry[kind].values()) for kind in ("rejected", "filtered", "duplicates", "skipped"))
        findings.expect("ledger", out, entry["found"] + entry["added"], f"entry {number}: out against in")
        # Several inputs may have one name.
        if sum(other["input"] == entry["input"] for other in ledger) == 1:
            for kind, counted in found[entry["input"]].items():
                findings.expect("ledger", counted, entry[kind], f"entry {number}: {kind}")
    for key, whole in (("found", totals["found"]), ("added", totals["added"]), ("written", totals["records"])):
        findings.expect("ledger", sum(entry[key] for entry in ledger), whole, f"sum of {key}")


def tally(values):
    counts = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return counts


class Ruler:
    """Cuts a text by offsets of one unit."""

    def __init__(self, text, unit):
        self.encoding, self.width = {"codePoints": (None, 1), "utf16": ("utf-16-le", 2), "utf8": ("utf-8", 1)}[unit]
        self.content = text if self.encoding is None else text.encode(self.encoding)
        self.length = len(self.content) // self.width

    def slice(self, span):
        """The text of a range; None if the range lies outside or cuts a character."""
        start, end = span
        if not 0 <= start <= end <= self.length:
            return None
        piece = self.content[start * self.width:end * self.width]
        if self.encoding is None:
            return piece
        try:
            return piece.decode(self.encoding)
        except UnicodeDecodeError:
            return None


def check_records(records, run, findings):
    """Every range of every record."""
    folding = Folding(rows())
    last = 0
    for record in records:
        where = f"{run.name}: record {record['id']}"
        findings.expect("offsets", record["offsets"], run.unit, where)
        if run.one_file:
            number = record["origin"]["record"]
            findings.require("order", number > last or "partOf" in record, f"{where}: input record {number} after {last}")
            last = number
        check_record(record, run, where, folding, findings)


def check_record(record, run, where, folding, findings):
    text = Ruler(record["text"], run.unit)
    source = None
    if run.source_text:
        source = Ruler(record.get("sourceText", record["text"]), run.unit)

    def cut(item, what):
        """The text of an item's range, which must lie in the text, as its source must in the source."""
        found = text.slice(item["range"])
        findings.require("ranges", bool(found), lambda: f"{where}: {what} {item['range']} of {text.length}")
        if source:
            from_source = source.slice(item["source"])
            findings.require(
                "sources", bool(from_source), lambda: f"{where}: source of {what} {item['source']} of {source.length}")
            if "sourceText" not in record:
                findings.require(
                    "sources", item["source"] == item["range"],
                    lambda: f"{where}: source of {what} {item['source']} is not {item['range']} in a text that did not change")
        return found or ""

    def in_order(items, what):
        end = 0
        for item in items:
            findings.require("order", item["range"][0] >= end, lambda: f"{where}: {what} {item['range']} begins before {end}")
            end = item["range"][1]

    sentences = record.get("sentences", [])
    for sentence in sentences:
        found = cut(sentence, "sentence")
        findings.require("sentences", found == found.strip(), lambda: f"{where}: sentence {sentence['range']} has blanks around it")
    in_order(sentences, "sentence")
    tokens = record.get("tokens", [])
    for token in tokens:
        found = cut(token, "token")
        findings.require("tokens", not re.search(r"[ \n]", found), lambda: f"{where}: token {token['range']} holds a blank")
        if "parts" in token:
            findings.require("tokens", "".join(token["parts"]) == found, lambda: f"{where}: the parts of token {token['range']}")
    in_order(tokens, "token")
    for keyword in record.get("keywords", []):
        places = keyword["occurrences"]
        findings.expect("keywords", len(places), keyword["count"], f"{where}: occurrences")
        findings.expect("keywords", min(place["range"][0] for place in places), keyword["first"], f"{where}: first")
        expected = folding.phrase(keyword["phrase"])
        for place in places:
            found = cut(place, "keyword")
            findings.require(
                "keywords", found == found.strip() and same_phrase(folding.phrase(found), expected), lambda: f"{where}: the words at {place['range']} are not those of the phrase")
    for chosen in record.get("summary", []):
        findings.require(
            "summaries", cut(chosen, "summary") == chosen["text"], lambda: f"{where}: summary text is not that of {chosen['range']}")
        findings.expect("summaries", chosen["range"], sentences[chosen["sentence"]]["range"], f"{where}: summary sentence")


def repack(content, lines=50):
    """Content as a shard is packed, several frames, without a seek table; for planted faults."""
    pieces = content.splitlines(keepends=True)
    packed, frames = io.BytesIO(), []
    for start in range(0, len(pieces), lines):
        piece = b"".join(pieces[start:start + lines])
        frame = zstandard.ZstdCompressor(level=3, write_checksum=True).compress(piece)
        packed.write(frame)
        frames.append([len(pieces[start:start + lines]), len(frame), len(piece)])
    return packed.getvalue(), frames
