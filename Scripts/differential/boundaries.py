"""Sentence and word boundaries against ICU's own, as PyICU gives them."""

import icu

from .findings import Findings

LOCALE = "ar"
# Characters after which ICU ends a sentence in Arabic and Latin text, and those that may stand between and the end.
STOPS = set(".!?؟۔…؞؝‼‽⁇⁈⁉！．？。।")
CLOSERS = set("\"'»«”“’‘›)]}”»¹²³⁰⁴⁵⁶⁷⁸⁹ـ٪%*")


class Boundaries:
    """ICU's break iterators."""

    def __init__(self):
        locale = icu.Locale(LOCALE)
        self.words = icu.BreakIterator.createWordInstance(locale)
        self.sentences = icu.BreakIterator.createSentenceInstance(locale)

    def pieces_of_words(self, text):
        """Pieces between word boundaries, [start, end, rule status], in UTF-16 units."""
        self.words.setText(icu.UnicodeString(text))
        start, found = 0, []
        for end in self.words:
            found.append((start, end, self.words.getRuleStatus()))
            start = end
        return found

    def pieces_of_sentences(self, text):
        self.sentences.setText(icu.UnicodeString(text))
        start, found = 0, []
        for end in self.sentences:
            found.append((start, end))
            start = end
        return found

    def plain(self, text):
        """Words, and sentences that hold one, without the blanks around them: what `boundaries: unicode` means."""
        words = [(start, end) for start, end, status in self.pieces_of_words(text) if status >= 100]
        units = text.encode("utf-16-le")
        sentences, word = [], 0
        for start, end in self.pieces_of_sentences(text):
            first = word
            while word < len(words) and words[word][0] < end:
                word += 1
            if word == first:
                continue
            piece = units[2 * start:2 * end].decode("utf-16-le")
            sentences.append((start + width(piece) - width(piece.lstrip(BLANKS)), end - width(piece) + width(piece.rstrip(BLANKS))))
        return words, sentences


# Blanks and line ends of UAX #44; Python's strip() also takes U+001C to U+001F.
BLANKS = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))


def width(text):
    """UTF-16 units of a text."""
    return len(text) + sum(1 for c in text if ord(c) > 0xFFFF)


def spans(items):
    return [tuple(item["range"]) for item in items]


def check_plain(records, icu_boundaries):
    """Records of a run with `segment.boundaries: unicode` against ICU itself."""
    findings = Findings()
    for record in records:
        words, sentences = icu_boundaries.plain(record["text"])
        for what, found, expected in (("words", spans(record["tokens"]), words), ("sentences", spans(record["sentences"]), sentences)):
            findings.count(f"ICU {what}", len(expected))
            if found != expected:
                differing = sorted(set(found) ^ set(expected))
                findings.fault(f"ICU {what}", f"record {record['id']}: {len(differing)} differ, the first is {differing[:1]}")
    return findings


def check_arabic(records, icu_boundaries):
    """Records of a run with the Arabic rules: whatever differs from ICU must be one of the documented kinds."""
    findings = Findings()
    for record in records:
        text = record["text"]
        where = f"record {record['id']}"
        units = text.encode("utf-16-le")

        def cut(start, end):
            return units[2 * start:2 * end].decode("utf-16-le", "replace")

        pieces = icu_boundaries.pieces_of_words(text)
        words = {(start, end) for start, end, status in pieces if status >= 100}
        tokens = {tuple(token["range"]): token["kind"] for token in record["tokens"]}
        findings.count("words as ICU's", len(words & tokens.keys()))
        # Words of ICU that are none of ours.
        covering = sorted(tokens)
        at = 0
        for start, end in sorted(words - tokens.keys()):
            while at < len(covering) and covering[at][1] <= start:
                at += 1
            ours = covering[at] if at < len(covering) else None
            kind = explain_missing(cut, start, end, ours, tokens)
            findings.require(f"words, {kind or 'unexplained'}", kind, f"{where}: ICU's word {start}..{end} is not among ours")
        # Words of ours that are none of ICU's.
        edges = {edge for start, end, _ in pieces for edge in (start, end)}
        for start, end in sorted(tokens.keys() - words):
            kind = explain_extra(cut, start, end, tokens[start, end], edges)
            findings.require(f"words, {kind or 'unexplained'}", kind, f"{where}: our word {start}..{end} is not among ICU's")
        check_sentence_ends(record, text, icu_boundaries, cut, findings, where)
    return findings


def content(text):
    """Which kinds of characters a word holds."""
    found = set()
    for c in text:
        category = icu.Char.charType(c)
        if category == icu.UCharCategory.DECIMAL_DIGIT_NUMBER:
            found.add("digit")
        elif icu.Char.isUAlphabetic(c) and category not in MARKS:
            found.add("arabic" if icu.Script.getScript(c).getShortName() == "Arab" else "letter")
        elif category not in MARKS and c != "ـ":
            found.add("sign")
    return found


MARKS = (icu.UCharCategory.NON_SPACING_MARK, icu.UCharCategory.ENCLOSING_MARK, icu.UCharCategory.COMBINING_SPACING_MARK,
         icu.UCharCategory.FORMAT_CHAR)


def explain_missing(cut, start, end, ours, tokens):
    """The documented rule by which a word of ICU's is not a word of ours; None if there is none."""
    if ours and ours[0] <= start and end <= ours[1]:
        whole = cut(*ours)
        if tokens[ours] == "url":
            return "part of an address"
        if tokens[ours] == "number" and any(c in whole for c in "/-"):
            return "part of a date"
        if "\u200b" in whole:
            return "part of a word with a zero-width space"
        return None
    held = content(cut(start, end))
    if not held & {"arabic", "letter", "digit"}:
        return "no letter and no digit"
    if "sign" in held or len(held) > 1:
        return "cut: letters with signs or digits"
    return None


def explain_extra(cut, start, end, kind, edges):
    """The documented rule by which a word of ours is not a word of ICU's; None if there is none."""
    text = cut(start, end)
    if kind == "url":
        return "an address"
    if kind == "number" and any(c in text for c in "/-"):
        return "a date"
    if "\u200b" in text:
        return "a word with a zero-width space"
    if kind == "other" and start in edges and end in edges:
        return "an emoji"
    # A part of a word of ICU's: at least one end of it is no boundary of ICU's.
    if start not in edges or end not in edges:
        return "cut: letters with signs or digits"
    return None


def check_sentence_ends(record, text, icu_boundaries, cut, findings, where):
    """Ends that ICU has and we have not, and the other way round, stand at stops and line ends only."""
    words, plain = icu_boundaries.plain(text)
    ours = {end for _, end in spans(record["sentences"])}
    theirs = {end for _, end in plain}
    findings.count("sentence ends as ICU's", len(ours & theirs))
    for ends, kind in ((ours - theirs, "ours alone"), (theirs - ours, "ICU's alone")):
        for end in sorted(ends):
            before = cut(max(0, end - 12), end)
            while before and (before[-1] in CLOSERS or before[-1] in BLANKS or icu.Char.charType(before[-1]) in MARKS):
                before = before[:-1]
            after = cut(end, end + 1)
            is_note = before.endswith("]") or (before[-1:].isdigit() and cut(end - 1, end) == "]")
            is_line = not after or after in "\n\r\v\f\x85\u2028\u2029"
            is_stop = bool(before) and (before[-1] in STOPS or is_note)
            findings.require(
                f"sentence ends, {kind}, at a {'stop' if is_stop else 'line end'}", is_stop or is_line,
                f"{where}: a sentence ends at {end}, {kind}, where there is neither a stop nor a line end")
