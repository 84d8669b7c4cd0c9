"""The rows of Sources/ArabicText/Folding/FoldingTable.swift, and folding by them."""

import os
import re

from .runs import ROOT

TABLE = os.path.join(ROOT, "Sources", "ArabicText", "Folding", "FoldingTable.swift")

# What KeyFolding.swift adds to the table: digits, the decimal separator, the dagger alef.
EXTRA = {0x066B: 0x2E, 0x0670: None}
EXTRA.update({zero + digit: 0x30 + digit for zero in (0x0660, 0x06F0) for digit in range(10)})


def rows(source=None):
    """The table as a list of (code points, target or None, group)."""
    if source is None:
        with open(TABLE, encoding="utf-8") as file:
            source = file.read()
    body = source[source.index("static let rows"):]
    found = []
    for characters, target, group in re.findall(
            r"Row\(\s*\[(.*?)\],\s*(nil|0x[0-9A-F]+),\s*\.(\w+),", body, re.S):
        points = []
        for first, last, one in re.findall(r"0x([0-9A-F]+)\.\.\.0x([0-9A-F]+)|one\(0x([0-9A-F]+)\)", characters):
            points += [int(one, 16)] if one else range(int(first, 16), int(last, 16) + 1)
        found.append((points, None if target == "nil" else int(target, 16), group))
    if len(found) != len(re.findall(r"\bRow\(", body)) or not all(points for points, _, _ in found):
        raise SystemExit(f"check-output: {TABLE} is written in a way this check does not read")
    return found


class Folding:
    def __init__(self, table):
        self.map = dict(EXTRA)
        for points, target, _ in table:
            self.map.update(dict.fromkeys(points, target))

    def __call__(self, text):
        return text.translate(self.map)

    def phrase(self, text):
        """What the words of a phrase may be read as: folded, small, with and without what is written onto them."""
        return [readings(word) for word in self(text).lower().replace("_", " ").split()]


# Conjunctions, prepositions, the particle of the future, the article, and the article behind ل.
PROCLITICS = ("و", "ف", "ب", "ك", "ل", "س", "ال", "لل")


def readings(word):
    """A word and what is left of it without proclitics."""
    found = {word}
    for clitic in PROCLITICS:
        if word.startswith(clitic) and len(word) >= len(clitic) + 2:
            found |= readings(word[len(clitic):])
    return found


def same_phrase(one, other):
    """Whether two phrases have the same words, read as one may."""
    return len(one) == len(other) and all(a & b for a, b in zip(one, other))
