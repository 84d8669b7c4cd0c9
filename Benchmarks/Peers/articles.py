"""Reads the articles that every peer works on, and times the work."""

import argparse
import contextlib
import io
import json
import resource
import time

import zstandard


def arguments(description, *extra):
    """The options that all peers share: INPUT, --articles N spread over the file, --output."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("input", help="JSON Lines with id, title and text, plain or .zst")
    parser.add_argument("--articles", type=int, help="work on so many articles, spread evenly over the file")
    parser.add_argument("--output", required=True, help="file or folder to write")
    for names, options in extra:
        parser.add_argument(*names, **options)
    return parser.parse_args()


def lines(path):
    """The lines of a file as bytes; all zstd frames are read, not only the first."""
    with open(path, "rb") as file:
        if path.endswith(".zst"):
            reader = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
            yield from io.BufferedReader(reader, 1 << 20)
        else:
            yield from file


def sample(path, count):
    """The raw lines to work on. With a count, every n-th, so that the sample is like the whole."""
    everything = list(lines(path))
    if count is None or count >= len(everything):
        return everything
    step = len(everything) / count
    return [everything[int(i * step)] for i in range(count)]


@contextlib.contextmanager
def timed(result):
    """Adds CPU and wall seconds of the block, children included, to a result."""

    def cpu():
        spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(s.ru_utime + s.ru_stime for s in spent)

    cpu_start, wall_start = cpu(), time.perf_counter()
    yield
    result["cpuSeconds"] = round(cpu() - cpu_start, 4)
    result["wallSeconds"] = round(time.perf_counter() - wall_start, 4)


def text_bytes(raw_lines):
    """UTF-8 bytes of article text."""
    return sum(len((json.loads(line).get("text") or "").encode()) for line in raw_lines)
