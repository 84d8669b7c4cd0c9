"""Scripts/check-output."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata

import duckdb
import icu
import zstandard

from . import boundaries, characters, folding, planted, runs, shards
from .findings import Findings

SEGMENTED = """version: 1
stages: [normalize, segment]
segment:
  tokens: true
"""


class Checks:
    def __init__(self, options, scratch):
        self.options, self.scratch = options, scratch
        self.warraq = runs.Warraq(options.warraq, scratch)
        self.icu = boundaries.Boundaries()
        self.all = Findings()
        self.seen = self.missed = 0

    def section(self, title, findings, started):
        """Prints what a check compared and what it found."""
        print(f"\n{title}  ({time.monotonic() - started:.0f} s)")
        for what, number in sorted(findings.compared.items()):
            print(f"  {number:>10,}  {what}")
        for check, message in findings.faults[:10]:
            print(f"  FAULT  {check}: {message}")
        if len(findings.faults) > 10:
            print(f"  and {len(findings.faults) - 10} more faults")
        self.all.merge(findings)

    def plant(self, faults):
        for name, check, findings in faults:
            is_seen = any(found == check for found, _ in findings.faults)
            self.seen += is_seen
            self.missed += not is_seen
            others = sorted({found for found, _ in findings.faults})
            print(f"  {'seen  ' if is_seen else 'MISSED'}  {name}" + ("" if is_seen else f": wanted {check}, found {others}"))

    def run(self):
        articles = self.articles()
        started = time.monotonic()
        outputs = self.outputs(articles)
        findings = Findings()
        for output in outputs:
            findings.merge(shards.check_run(output, self.warraq))
        files = sum(len(output.shards()) for output in outputs)
        self.section(f"Read back by zstd, DuckDB and Python: {len(outputs)} runs, {files} shards", findings, started)
        if self.options.self_test:
            self.plant(planted.shard_faults(outputs[0], outputs[-1], self.scratch))

        started = time.monotonic()
        config = self.warraq.config("segmented", SEGMENTED)
        plain = list(self.warraq.run(
            "unicode", config, [articles], unit="utf16", settings=["segment.boundaries=unicode"]).records())
        findings = boundaries.check_plain(plain, self.icu)
        self.section(f"ICU's boundaries (segment.boundaries: unicode) by PyICU: {len(plain)} articles", findings, started)
        started = time.monotonic()
        arabic = list(self.warraq.run("arabic", config, [articles], unit="utf16").records())
        findings = boundaries.check_arabic(arabic, self.icu)
        self.section(f"Arabic boundaries (the default): what differs from ICU's, by rule: {len(arabic)} articles", findings, started)
        if self.options.self_test:
            self.plant(planted.boundary_faults(plain, arabic, self.icu))

        started = time.monotonic()
        findings, results = Findings(), []
        for sweep in characters.sweeps():
            found = sweep.run(self.warraq)
            results.append((sweep, found))
            findings.merge(sweep.check(found))
        composed = self.composed(articles)
        findings.merge(characters.check_source_slices(composed))
        findings.merge(characters.check_foldings(folding.Folding(folding.rows())))
        self.section("Characters by unicodedata", findings, started)
        if self.options.self_test:
            for sweep, found in results:
                self.plant(planted.character_faults(sweep, found, composed))
            self.plant(planted.folding_faults())

    def articles(self):
        """The file of articles that most checks read."""
        path = os.path.join(self.scratch, "articles.jsonl")
        if self.options.dump:
            count = runs.first_articles(self.options.dump, self.options.articles, path)
            print(f"check-output: {count} articles of {os.path.basename(self.options.dump)}")
        else:
            count = runs.generated_articles(1, path)
            with open(path, "ab") as file:
                for line in runs.lines(os.path.join(runs.SAMPLE, "articles.jsonl")):
                    file.write(line)
                    count += 1
            print(f"check-output: {count} articles of the generator and the sample")
        return path

    def outputs(self, articles):
        """Runs of every shape: one shard and many, one frame and many, all units, rejects, filtered, duplicates."""
        small = ["output.shardBytes=64KiB", "input.batchBytes=16KiB"]
        sample = os.path.join(runs.SAMPLE, "articles.jsonl")
        damaged = os.path.join(self.scratch, "damaged.jsonl")
        runs.damaged_articles(damaged)
        cut = os.path.join(self.scratch, "cut.jsonl.gz")
        with open(sample, "rb") as file:
            packed = subprocess.run(["gzip", "-c"], input=file.read(), stdout=subprocess.PIPE, check=True).stdout
        with open(cut, "wb") as file:
            file.write(packed[:len(packed) // 2])
        run = self.warraq.run
        tokens = ["segment.tokens=true"]
        return [
            run("news", "news", [articles], source_text=True, settings=tokens),
            run("news-utf16", "news", [articles], unit="utf16", source_text=True, settings=[*tokens, *small]),
            run("news-utf8", "news", [articles], unit="utf8", source_text=True, settings=[*tokens, "input.batchBytes=16KiB"]),
            run("minimal", "minimal", [articles]),
            run("minimal-sample", "minimal", [sample], source_text=True, settings=small),
            run("web", "web", [runs.SAMPLE], source_text=True, settings=["input.batchBytes=16KiB"]),
            run("wikipedia", "wikipedia", [os.path.join(runs.SAMPLE, "wiki.xml.bz2")], source_text=True),
            run("damaged", "minimal", [damaged, cut], source_text=True),
        ]

    def composed(self, articles):
        """Articles decomposed by Python and composed by warraq, cut into sentences."""
        config = self.warraq.config("composed", characters.KEEP_ALL.replace("[normalize]", "[normalize, segment]"))
        path = self.warraq.articles("decomposed", characters.decomposed_articles(articles, 500))
        return list(self.warraq.run("composed", config, [path], source_text=True).records())


def versions():
    tool = subprocess.run(["zstd", "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip(" *\n")
    return "\n".join([
        f"zstd command: {tool}",
        f"Python {sys.version.split()[0]} with zstandard {zstandard.__version__}, DuckDB {duckdb.__version__}",
        f"PyICU {icu.VERSION} with ICU {icu.ICU_VERSION}, Unicode {icu.UNICODE_VERSION}",
        f"unicodedata: Unicode {unicodedata.unidata_version}; code points assigned in both are compared",
    ])


def check_icu(program):
    """PyICU must run on the ICU that warraq runs on, or differences mean nothing."""
    linked = subprocess.run(["ldd", program], stdout=subprocess.PIPE, text=True, check=True).stdout
    major = icu.ICU_VERSION.split(".")[0]
    if f"libicuuc.so.{major}" not in linked:
        sys.exit(f"check-output: PyICU has ICU {icu.ICU_VERSION}, and {program} another: remove .build/check-output and run again")
    print(f"warraq is linked with libicuuc.so.{major} as PyICU is")


def main():
    parser = argparse.ArgumentParser(prog="check-output", description="Compares warraq's output with other parties' reading.")
    parser.add_argument("dump", nargs="?", help="articles as JSON lines, plain, .zst or .gz")
    parser.add_argument("--warraq", help="the program; the release build when not given")
    parser.add_argument("--articles", type=int, default=1000, help="how many articles of the dump (1000)")
    parser.add_argument("--self-test", action="store_true", help="also plant faults, which the checks must see")
    options = parser.parse_args()
    if not options.warraq:
        bin_path = subprocess.run(
            ["swift", "build", "-c", "release", "--static-swift-stdlib", "--show-bin-path", "--package-path", runs.ROOT],
            stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
        options.warraq = os.path.join(bin_path, "warraq")
    if not os.path.exists(options.warraq):
        sys.exit(f"check-output: there is no {options.warraq}: swift build -c release --static-swift-stdlib, or --warraq PATH")
    print(versions())
    check_icu(options.warraq)
    scratch = tempfile.mkdtemp(prefix="warraq-check-")
    try:
        checks = Checks(options, scratch)
        checks.run()
    finally:
        shutil.rmtree(scratch)
    print(f"\ncheck-output: {sum(checks.all.compared.values()):,} comparisons, {len(checks.all.faults)} faults")
    if options.self_test:
        print(f"check-output: {checks.seen} planted faults seen, {checks.missed} missed")
    if checks.all.faults or checks.missed:
        sys.exit(1)


if __name__ == "__main__":
    main()
