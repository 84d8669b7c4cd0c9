"""Runs whole programs and says what they cost."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


class Cost:
    """CPU and wall seconds and peak resident bytes of one finished process."""

    def __init__(self, command, accepted=(0,)):
        with tempfile.TemporaryFile() as noise:
            start = time.perf_counter()
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=noise, stderr=noise)
            _, status, usage = os.wait4(process.pid, 0)
            self.wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            noise.seek(0)
            self.output = noise.read().decode(errors="replace")
        if process.returncode not in accepted:
            sys.exit(f"compare: {' '.join(command)}: exit {process.returncode}\n{self.output[-2000:]}")
        self.cpu = usage.ru_utime + usage.ru_stime
        self.peak = usage.ru_maxrss * 1024


class Warraq:
    """The program under test."""

    def __init__(self, path, scratch):
        self.path, self.scratch = path, scratch

    def run(self, config, source, workers=1, *options):
        """One run into a fresh folder, which is removed again."""
        folder = tempfile.mkdtemp(dir=self.scratch)
        try:
            return Cost(
                [self.path, "run", config, "--input", source, "--output", os.path.join(folder, "out")]
                + ["--workers", str(workers), *options]
            )
        finally:
            shutil.rmtree(folder)

    def start_up(self):
        return Cost([self.path, "--version"])


class Peers:
    """The programs compared with; each prints one line of JSON."""

    def __init__(self, folder, scratch):
        self.folder, self.scratch = folder, scratch
        self.python = os.path.join(folder, ".venv", "bin", "python")

    def icu(self, source, *options):
        return self._measure([os.path.join(self.folder, ".build", "icu_reference"), source, *options])

    def python_stack(self, mode, source, *options):
        return self._script("python_stack.py", source, "--mode", mode, *options)

    def datatrove(self, source, *options):
        return self._script("datatrove_floor.py", source, *options)

    def _script(self, name, source, *options):
        output = tempfile.mkdtemp(dir=self.scratch)
        try:
            target = output if name.startswith("datatrove") else os.path.join(output, "out.zst")
            return self._measure(
                [self.python, os.path.join(self.folder, name), source, "--output", target, *options]
            )
        finally:
            shutil.rmtree(output)

    @staticmethod
    def _measure(command):
        found = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        lines = [line for line in found.stdout.splitlines() if line.startswith("{")]
        if found.returncode != 0 or not lines:
            sys.exit(f"compare: {' '.join(command)}: exit {found.returncode}\n{found.stderr[-2000:]}")
        return json.loads(lines[-1])


def speed(result):
    """MB of article text a CPU second, of a peer's report."""
    return result["bytes"] / 1e6 / result["cpuSeconds"]


class Spread:
    """Median, least and most of some figures."""

    def __init__(self, values):
        values = list(values)
        self.median, self.least, self.most = statistics.median(values), min(values), max(values)

    def text(self, digits=2, unit=""):
        return f"{self.median:.{digits}f}{unit} ({self.least:.{digits}f} to {self.most:.{digits}f})"
