"""NFC, presentation forms, digits, marks and key foldings against Python's unicodedata."""

import json
import random
import re
import unicodedata

import icu

from .findings import Findings, code_points

ARABIC_BLOCKS = [(0x0600, 0x06FF), (0x0750, 0x077F), (0x0870, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF),
                 (0x10E60, 0x10E7F), (0x10EC0, 0x10EFF), (0x1EC70, 0x1ECBF), (0x1ED00, 0x1ED4F), (0x1EE00, 0x1EEFF)]

KEEP_ALL = """version: 1
stages: [normalize]
normalize:
  mojibake: keep
  htmlEntities: keep
  presentationForms: keep
  tatweel: keep
  diacritics: keep
  quranicMarks: keep
  invisibles: keep
  lookalikes: keep
  digits: keep
  punctuation: keep
  quotes: keep
  whitespace: keep
  elongation: keep
  emails: keep
  urls: keep
  phones: keep
rejects:
  limit: 0
"""

# Deliberate departures from Unicode, each documented in the source that makes it.
WORD_SIGNS = {0xFDF0: "صلى", 0xFDF1: "قلى", 0xFDFC: "ريال"}  # PresentationForms.swift: no Urdu, no Persian letters
# Signs that a reader sees, though Unicode counts them as formats or marks (NormalizationTable.swift).
VISIBLE_SIGNS = {0x06DD, 0x08E2, 0x0600, 0x0601, 0x0602, 0x0603, 0x0604, 0x0605, 0x0890, 0x0891}
# Small letters of Quran editions, letters (Lm) to Unicode and marks to readers.
SMALL_LETTERS = {0x06E5, 0x06E6, 0x08C9}
HIGH_HAMZA = "\u0674"


def assigned(value):
    """Whether a code point is assigned in Python's Unicode and in ICU's, and is no surrogate."""
    return unicodedata.category(chr(value)) not in ("Cn", "Cs") and icu.Char.isdefined(chr(value))


def arabic():
    """Code points of the Arabic blocks that both know."""
    return [value for first, last in ARABIC_BLOCKS for value in range(first, last + 1) if assigned(value)]


def is_form(value):
    return 0xFB50 <= value <= 0xFDFF or 0xFE70 <= value <= 0xFEFF


# Marks below 230 stand before U+0654 in canonical order and do not keep it from composing, as for any other letter.
NOT_BLOCKING = "".join(chr(value) for value in range(0x10000) if 0 < unicodedata.combining(chr(value)) < 230)
ALEF_MAKSURA_HAMZA = re.compile(f"\u0649([{re.escape(NOT_BLOCKING)}]*)\u0654")


def nfc(text):
    """NFC, and U+0649 with U+0654 as U+0626, which the normalizer does besides (CompositionPass.swift)."""
    composed = unicodedata.normalize("NFC", text)
    return ALEF_MAKSURA_HAMZA.sub("\u0626\\1", composed) if "\u0654" in composed else composed


class Sweep:
    """Many short strings through `normalize`, in articles of some hundred lines."""

    def __init__(self, name, expected, settings=()):
        # [(string, what it must become)]
        self.name, self.expected, self.settings = name, expected, settings

    def articles(self, size=400):
        return [{"id": str(start), "text": "\n".join(string for string, _ in self.expected[start:start + size])}
                for start in range(0, len(self.expected), size)]

    def run(self, warraq):
        """What became of the strings, in order."""
        config = warraq.config("keep-all", KEEP_ALL)
        path = warraq.articles(self.name, self.articles())
        run = warraq.run(self.name, config, [path], settings=self.settings)
        return [record["text"].split("\n") for record in run.records()]

    def check(self, found):
        findings = Findings()
        expected = self.articles()
        findings.expect(self.name, len(found), len(expected), "articles")
        at = 0
        for lines in found:
            pairs = self.expected[at:at + 400]
            at += 400
            if len(lines) != len(pairs):
                findings.fault(self.name, f"{len(lines)} lines of {len(pairs)}")
                continue
            for line, (string, wanted) in zip(lines, pairs):
                findings.require(
                    self.name, line == wanted,
                    lambda: f"{code_points(string)} became {code_points(line)}, expected {code_points(wanted)}")
        return findings


def sweeps():
    """All sweeps; the strings are the same every time."""
    chance = random.Random(6)
    # Line ends would cut the strings apart.
    line_ends = {0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029}
    every = [chr(value) for value in range(0x110000)
             if not 0xE000 <= value <= 0xF8FF and value < 0xF0000 and value not in line_ends and assigned(value)]
    composing = [c for c in every if unicodedata.combining(c) or unicodedata.decomposition(c)]
    marks = [chr(value) for value in arabic() if unicodedata.combining(chr(value))]
    letters = [chr(value) for value in arabic() if unicodedata.category(chr(value)) == "Lo" and not is_form(value)]
    strings = ["س" + c + "س" for c in every if c != "\u0654"]
    strings += ["س" + c + mark for c in letters for mark in ("\u0653", "\u0654", "\u0655", "\u0651", "\u0670")]
    strings += ["س" + letter + a + b for letter in "اويىهۀۂےە" for a in marks for b in marks]
    for _ in range(20000):
        pool = [composing, marks, letters, every]
        strings.append("س" + "".join(chance.choice(chance.choice(pool)) for _ in range(chance.randint(2, 8))))
    yield Sweep("NFC", [(string, nfc(string)) for string in strings])

    forms = []
    for value in arabic():
        if is_form(value):
            letters_of = WORD_SIGNS.get(value) or unicodedata.normalize("NFKC", chr(value))
            # A mark that stands alone is a blank and a mark to NFKC; here it is the mark.
            if value != 0xFEFF and letters_of != chr(value):
                letters_of = letters_of.removeprefix(" ")
            forms.append((f"س {chr(value)} س", nfc(f"س {letters_of} س")))
    yield Sweep("presentation forms", forms, ["normalize.presentationForms=map"])

    digits = [chr(value) for value in arabic() if unicodedata.category(chr(value)) == "Nd" and value < 0x10000]
    yield Sweep(
        "digits to ASCII", [(f"س {d} س", f"س {unicodedata.digit(d)} س") for d in digits], ["normalize.digits=ascii"])
    yield Sweep(
        "digits to Arabic-Indic", [(f"س {d} س", f"س {chr(0x660 + unicodedata.digit(d))} س") for d in digits + list("0123456789")],
        ["normalize.digits=arabicIndic"])

    strip = []
    for value in arabic():
        c = chr(value)
        if is_form(value) or value > 0xFFFF:
            continue
        is_mark = unicodedata.category(c) in ("Mn", "Me") or value in SMALL_LETTERS
        # Hamza and madda that compose with no letter before them go with the vowels.
        strip.append((f"س{c}س", "سس" if is_mark else f"س{c}س"))
    yield Sweep("marks stripped", strip, ["normalize.diacritics=strip", "normalize.quranicMarks=strip"])


def check_foldings(folding):
    """The folding of keys: every code point of the Arabic blocks below U+10000 that is no presentation form."""
    findings = Findings()
    for value in arabic():
        c = chr(value)
        category = unicodedata.category(c)
        if value > 0xFFFF or is_form(value):
            continue
        folded = folding(c)
        decomposed = unicodedata.normalize("NFD", c)
        # Canonically equivalent texts have one key.
        if decomposed != c:
            findings.expect("foldings, canonical", code_points(folded), code_points(folding(decomposed)), f"U+{value:04X}")
        # A letter with a high hamza beside it (compatibility) is folded as the letter alone, or stays.
        compatible = unicodedata.normalize("NFKD", c)
        if compatible != decomposed and folded != c:
            findings.expect(
                "foldings, compatible", code_points(folded), code_points(folding(compatible.replace(HIGH_HAMZA, ""))), f"U+{value:04X}")
        if category == "Mn":
            findings.expect("foldings, marks vanish", code_points(folded), "", f"U+{value:04X}")
        if category == "Nd":
            findings.expect("foldings, digits", folded, str(unicodedata.digit(c)), f"U+{value:04X}")
        # Letters and what is seen stay, as one character: a key is never longer than its word.
        if category in ("Lo", "So", "Sm", "Sc", "Po") and value != 0x066C:
            findings.expect("foldings, letters stay", len(folded), 1, f"U+{value:04X}")
        if category in ("Lo", "Lm") and folded and folded != c:
            findings.require(
                "foldings, letter to letter", unicodedata.category(folded) == "Lo" and folding(folded) == folded,
                f"U+{value:04X} becomes {code_points(folded)}, which is no letter or is folded itself")
        if category == "Cf":
            is_seen = value in VISIBLE_SIGNS
            findings.expect("foldings, invisible", folded, c if is_seen else "", f"U+{value:04X}")
    return findings


def check_source_slices(records):
    """In a run that only composes, every sentence is NFC of the stretch of the source that it names."""
    findings = Findings()
    for record in records:
        source = record.get("sourceText", record["text"])
        for sentence in record["sentences"]:
            found = record["text"][slice(*sentence["range"])]
            findings.require(
                "NFC of the source", nfc(source[slice(*sentence["source"])]) == found,
                lambda: f"record {record['id']}: sentence {sentence['range']} is not NFC of its source {sentence['source']}")
        findings.require("NFC of the source", nfc(source) == record["text"], f"record {record['id']}: text is not NFC of the source")
    return findings


def decomposed_articles(path, count):
    """Articles of a file with their texts decomposed, so that there is something to compose."""
    with open(path, "rb") as file:
        for line in file:
            if count == 0:
                return
            try:
                article = json.loads(line)
            except ValueError:
                continue
            if isinstance(article, dict) and isinstance(article.get("text"), str):
                count -= 1
                yield {"id": str(article.get("id", count)), "text": unicodedata.normalize("NFD", article["text"])}
