"""Makes the inputs of the comparison from one file of articles."""

import itertools
import json
import os
import subprocess


def lines(path):
    """Lines of a JSON Lines file, through the zstd command when it ends in .zst."""
    if path.endswith(".zst"):
        with subprocess.Popen(["zstd", "-dcq", "--", path], stdout=subprocess.PIPE) as process:
            yield from process.stdout
    else:
        with open(path, "rb") as file:
            yield from file


class Inputs:
    """The input itself, parts of it, and inputs of other shapes made of its texts."""

    def __init__(self, path, scratch, quick):
        self.scratch = scratch
        self.quick = quick
        self.path = path
        if quick:
            self.path = self._write("articles.jsonl", itertools.islice(lines(path), 3000))
        self.bytes, self.texts = 0, []
        for line in lines(self.path):
            text = json.loads(line).get("text") or ""
            self.bytes += len(text.encode())
            if len(self.texts) < 8000:
                self.texts.append(text)

    def _write(self, name, rows):
        path = os.path.join(self.scratch, name)
        with open(path, "wb") as file:
            for row in rows:
                file.write(row if isinstance(row, bytes) else json.dumps(row, ensure_ascii=False).encode() + b"\n")
        return path

    def large(self):
        """About 2 GB of article text (200 MB in a quick run): the input again and again, as zstd frames."""
        goal = 200e6 if self.quick else 2e9
        path = os.path.join(self.scratch, "large.jsonl.zst")
        source = self.path
        if not source.endswith(".zst"):
            subprocess.run(["zstd", "-qf", "--", source], check=True)
            source += ".zst"
        copies = max(2, round(goal / self.bytes))
        with open(source, "rb") as file, open(path, "wb") as target:
            frame = file.read()
            for _ in range(copies):
                target.write(frame)
        return path, copies * self.bytes

    def one_article(self, goal=20_000_000):
        """One article of 20 MB."""
        parts, size = [], 0
        for text in itertools.cycle(self.texts):
            if size >= goal:
                break
            parts.append(text)
            size += len(text.encode()) + 1
        text = "\n".join(parts)
        return self._write("one.jsonl", [{"id": "one", "title": "", "text": text}]), len(text.encode())

    def one_liners(self):
        """Two million articles of one line (200,000 in a quick run)."""
        count = 200_000 if self.quick else 2_000_000
        first = [line for text in self.texts for line in [text.strip().split("\n")[0][:120]] if len(line) > 20]
        sizes = [len(line.encode()) for line in first]

        def rows():
            for i in range(count):
                yield {"id": f"line-{i}", "text": first[i % len(first)]}

        size = sum(sizes[i % len(sizes)] for i in range(count))
        return self._write("lines.jsonl", rows()), size
