"""Faults planted on purpose: each check must see its own."""

import copy
import hashlib
import json
import os
import shutil

from . import boundaries, characters, folding
from .runs import Run, zstd
from .shards import check_run, repack


class Planted:
    """A copy of an output folder with a fault in it."""

    def __init__(self, run, scratch, name):
        self.folder = os.path.join(scratch, "planted", name.replace(" ", "-"))
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(run.folder, self.folder)
        self.run = Run(name, self.folder, run.unit, run.source_text, run.one_file)

    def change_bytes(self, file, change):
        path = self.run.path(file)
        with open(path, "rb") as opened:
            content = bytearray(opened.read())
        with open(path, "wb") as opened:
            opened.write(change(content))

    def change_lines(self, file, change, telling=("bytes", "uncompressed_bytes", "sha256", "frames")):
        """Changes a file's lines and packs it again; the manifest is told what `telling` lists."""
        path = self.run.path(file)
        lines = change(zstd(path).splitlines(keepends=True))
        content = b"".join(lines)
        packed, frames = repack(content)
        with open(path, "wb") as opened:
            opened.write(packed)
        manifest = self.run.manifest
        truth = {"bytes": len(packed), "uncompressed_bytes": len(content), "sha256": hashlib.sha256(packed).hexdigest(),
                 "frames": frames, "records": len(lines)}
        for row in [*manifest["shards"], *(row for row in manifest.values() if isinstance(row, dict))]:
            if row.get("name") == file:
                row.update({key: truth[key] for key in telling})
        with open(self.run.path("manifest.json"), "w") as opened:
            json.dump(manifest, opened)

    def change_record(self, file, change):
        """Changes one record for which `change` returns True."""
        def in_lines(lines):
            for index, line in enumerate(lines):
                record = json.loads(line)
                if change(record):
                    lines[index] = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
                    return lines
            raise AssertionError("no record to plant the fault in")
        self.change_lines(file, in_lines)


def flip(content):
    content[len(content) // 2] ^= 0x10
    return content


def swap(lines):
    middle = len(lines) // 2
    lines[middle], lines[middle + 1] = lines[middle + 1], lines[middle]
    return lines


def move(key, member, by=1):
    """Moves a range by some units."""
    def change(record):
        for item in record.get(key, []):
            for place in item.get("occurrences", [item]):
                place[member] = [place[member][0] + by, place[member][1] + by]
                return True
        return False
    return change


def change_summary(record):
    for item in record.get("summary", []):
        item["text"] = item["text"][:-1] + "ـ"
        return True
    return False


def far_source(record):
    for item in record.get("sentences", []):
        item["source"] = [item["source"][0], 10**9]
        return True
    return False


def shard_faults(run, rejects_run, scratch):
    """(what is planted, the check that must see it, its findings)"""
    shard = run.shards()[0]
    counted = ("bytes", "uncompressed_bytes", "sha256", "frames", "records")

    def planted(name, check, plant, of=run):
        fault = Planted(of, scratch, name)
        plant(fault)
        return name, check, check_run(fault.run)

    yield planted("a changed byte of a shard", "file hash", lambda f: f.change_bytes(shard, flip))
    yield planted("a shard cut at its end", "file size", lambda f: f.change_bytes(shard, lambda c: c[:len(c) * 2 // 3]))
    yield planted("a dropped line", "records", lambda f: f.change_lines(shard, lambda lines: lines[:3] + lines[4:]))
    yield planted("a line written twice", "records", lambda f: f.change_lines(shard, lambda lines: lines[:4] + lines[3:]))
    yield planted(
        "a dropped line that only the totals tell of", "totals",
        lambda f: f.change_lines(shard, lambda lines: lines[:3] + lines[4:], counted))
    yield planted("two lines that changed places", "order", lambda f: f.change_lines(shard, swap))
    yield planted("another first id", "first and last id", lambda f: f.change_lines(
        shard, lambda lines: [lines[0].replace(b'"id":"', b'"id":"x', 1)] + lines[1:]))
    yield planted("a line that is no JSON", "json", lambda f: f.change_lines(
        shard, lambda lines: lines[:2] + [lines[2][:-20] + b"\n"] + lines[3:]))
    yield planted("a moved sentence", "ranges", lambda f: f.change_record(shard, move("sentences", "range", 10**7)))
    yield planted("a sentence moved by one", "sentences", lambda f: f.change_record(shard, blank_edge))
    yield planted("a token moved by one", "tokens", lambda f: f.change_record(shard, blank_token))
    yield planted("a keyword moved by one", "keywords", lambda f: f.change_record(shard, move("keywords", "range")))
    yield planted("another summary", "summaries", lambda f: f.change_record(shard, change_summary))
    yield planted("a source out of reach", "sources", lambda f: f.change_record(shard, far_source))
    yield planted("a dropped reject", "reasons", lambda f: f.change_lines(
        "rejects.jsonl.zst", lambda lines: lines[1:], counted), of=rejects_run)
    if rejects_run.manifest.get("ledger"):
        yield planted("a ledger that says one more", "ledger", lambda f: f.change_record("ledger.jsonl.zst", one_more), of=rejects_run)
        yield planted("a reject moved to another input", "ledger", lambda f: f.change_record("rejects.jsonl.zst", elsewhere), of=rejects_run)
    yield planted("a file nobody knows", "files", lambda f: shutil.copy(
        f.run.path(shard), f.run.path("part-99999.jsonl.zst")))


def one_more(entry):
    entry["written"] += 1
    return True


def elsewhere(reject):
    if reject["input"] == "damaged.jsonl":
        reject["input"] = "cut.jsonl.gz"
        return True
    return False


def blank_edge(record):
    """The first sentence with the blank behind it."""
    for sentence in record.get("sentences", [])[:1]:
        if len(record["sentences"]) > 1 and record["text"][sentence["range"][1]:][:1] in (" ", "\n"):
            sentence["range"][1] += 1
            return True
    return False


def blank_token(record):
    for token in record.get("tokens", []):
        if record["text"][token["range"][1]:][:1] == " ":
            token["range"][1] += 1
            return True
    return False


def boundary_faults(plain, arabic, icu_boundaries):
    def altered(records, change):
        records = copy.deepcopy(records[:50])
        for record in records:
            if change(record):
                return records
        raise AssertionError("no record to plant the fault in")

    def later_end(record):
        if len(record["sentences"]) > 1:
            record["sentences"][0]["range"][1] -= 1
            return True
        return False

    def lose_token(record):
        return len(record["tokens"]) > 3 and record["tokens"].pop(2) is not None

    def cut_token(record):
        for index, token in enumerate(record["tokens"]):
            start, end = token["range"]
            if token["kind"] == "arabic" and end - start > 5:
                record["tokens"][index:index + 1] = [
                    {"range": [start, start + 2], "kind": "arabic"}, {"range": [start + 2, end], "kind": "arabic"}]
                return True
        return False

    def join_sentences(record):
        for index, sentence in enumerate(record["sentences"][:-1]):
            if sentence["range"][1] - sentence["range"][0] > 40:
                sentence["range"][1] -= 8
                return True
        return False

    check = boundaries.check_plain
    yield "a moved sentence end", "ICU sentences", check(altered(plain, later_end), icu_boundaries)
    yield "a lost word", "ICU words", check(altered(plain, lose_token), icu_boundaries)
    check = boundaries.check_arabic
    yield "a word cut in two", "words, unexplained", check(altered(arabic, cut_token), icu_boundaries)
    yield "a word of Arabic rules lost", "words, unexplained", check(altered(arabic, lose_token), icu_boundaries)
    yield "a sentence that ends anywhere", "sentence ends, ours alone, at a line end", check(
        altered(arabic, join_sentences), icu_boundaries)


def character_faults(sweep, found, composed):
    altered = [list(lines) for lines in found]
    altered[0][5] += "\u0654"
    yield f"a mark too many ({sweep.name})", sweep.name, sweep.check(altered)
    yield f"a lost article ({sweep.name})", sweep.name, sweep.check(found[:-1])
    records = copy.deepcopy(composed[:20])
    records[0]["sentences"][0]["source"][1] -= 1
    yield "a source too short", "NFC of the source", characters.check_source_slices(records)


def folding_faults():
    table = folding.rows()
    without = [row for row in table if 0x0623 not in row[0]]
    yield "no row for alef with hamza", "foldings, canonical", characters.check_foldings(folding.Folding(without))
    wrong = table + [([0x0665], 0x34, "digit")]
    fold = folding.Folding(wrong)
    yield "five folded to four", "foldings, digits", characters.check_foldings(fold)
    yield "a mark that stays", "foldings, marks vanish", characters.check_foldings(
        folding.Folding([row for row in table if 0x064B not in row[0]]))
    yield "a letter that vanishes", "foldings, letters stay", characters.check_foldings(
        folding.Folding(table + [([0x0628], None, "removed")]))
