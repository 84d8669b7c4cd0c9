"""Runs of warraq, and the articles they read."""

import gzip
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SAMPLE = os.path.join(ROOT, "Pipelines", "sample")


class Run:
    """One run of warraq: its folder, its manifest, and its config's settings that matter here."""

    def __init__(self, name, folder, unit, source_text=False, one_file=False):
        self.name, self.folder, self.unit = name, folder, unit
        # Whether records carry the text as read where it differs from `text`.
        self.source_text = source_text
        # Whether there is but one input, whose record numbers must rise.
        self.one_file = one_file

    @property
    def manifest(self):
        with open(os.path.join(self.folder, "manifest.json"), "rb") as file:
            return json.load(file)

    def path(self, name):
        return os.path.join(self.folder, name)

    def shards(self):
        return [row["name"] for row in self.manifest["shards"]]

    def records(self):
        """All records, by the zstd command and Python's json."""
        for name in self.shards():
            for line in zstd(self.path(name)).splitlines():
                yield json.loads(line)


def zstd(*paths):
    """What the zstd command makes of files, one after another."""
    done = subprocess.run(["zstd", "-dcqq", "--", *paths], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    if done.returncode:
        raise ValueError("the zstd command refuses " + ", ".join(map(os.path.basename, paths)))
    return done.stdout


class Warraq:
    def __init__(self, program, scratch):
        self.program, self.scratch = program, scratch

    def config(self, name, text):
        path = os.path.join(self.scratch, name + ".yaml")
        with open(path, "w") as file:
            file.write(text)
        return path

    def articles(self, name, articles):
        """A file of JSON lines."""
        path = os.path.join(self.scratch, name + ".jsonl")
        with open(path, "w") as file:
            for article in articles:
                file.write(json.dumps(article, ensure_ascii=False) + "\n")
        return path

    def run(self, name, config, inputs, unit="codePoints", source_text=False, settings=()):
        folder = os.path.join(self.scratch, "runs", name)
        if not config.endswith(".yaml"):
            config = os.path.join(ROOT, "Pipelines", config + ".yaml")
        arguments = [self.program, "run", config, "--output", folder, "--quiet", "--overwrite", "--input", *inputs]
        settings = [f"output.offsets={unit}", f"output.sourceText={str(source_text).lower()}", *settings]
        for setting in settings:
            arguments += ["--set", setting]
        done = subprocess.run(arguments, stderr=subprocess.PIPE, text=True)
        # 3: more rejects than allowed, which some of these runs are made for.
        if done.returncode not in (0, 3):
            sys.exit(f"check-output: the run {name} ended with {done.returncode}: {done.stderr}")
        one_file = len(inputs) == 1 and os.path.isfile(inputs[0])
        return Run(name, folder, unit, source_text, one_file)

    def cat(self, folder):
        return subprocess.run([self.program, "cat", folder], check=True, stdout=subprocess.PIPE).stdout


def lines(path):
    """Lines of a file of JSON lines, compressed or not."""
    if path.endswith(".zst"):
        with subprocess.Popen(["zstd", "-dcq", "--", path], stdout=subprocess.PIPE) as process:
            yield from process.stdout
    else:
        with (gzip.open(path, "rb") if path.endswith(".gz") else open(path, "rb")) as file:
            yield from file


def first_articles(dump, count, path):
    """Writes the first lines of a dump to a file of their own, so many that `count` have a text; returns how many."""
    found = 0
    with open(path, "wb") as file:
        for line in lines(dump):
            file.write(line.rstrip(b"\n") + b"\n")
            found += bool((json.loads(line).get("text") or "").strip())
            if found == count:
                break
    return found


def generated_articles(megabytes, path):
    """Articles of the repository's generator."""
    command = ["swift", "run", "--quiet", "--package-path", os.path.join(ROOT, "Benchmarks"), "-c", "release"]
    with open(path, "wb") as file:
        subprocess.run([*command, "generate-corpus", "--megabytes", str(megabytes)], stdout=file, check=True)
    with open(path, "rb") as file:
        return sum(1 for _ in file)


def damaged_articles(path):
    """Lines of which some cannot become records."""
    good = [json.dumps({"id": f"sound-{n}", "text": f"وصل القطار رقم {n} إلى المحطة. نزل الركاب."}, ensure_ascii=False)
            for n in range(40)]
    bad = ["{", "[1, 2]", "null", '{"id": "a"}', '{"text": 7}', '{"text": ""}', '{"text": "\\ud800"}', '{"text": "ا}',
           '{"text": "نص"} x', "\u0000", "نص بلا أقواس"]
    with open(path, "wb") as file:
        for number, line in enumerate(good):
            file.write(line.encode() + b"\n")
            if number % 3 == 0:
                file.write(bad[number // 3 % len(bad)].encode() + b"\n")
        file.write(b'{"text": "\xff\xfe\xc3"}\n')
        file.write('{"text": "النهاية مقطوعة'.encode())
