#!/usr/bin/env python3
"""What people glue together in Python today, doing what `Pipelines/news.yaml` does.

  --mode yake    as it is run: PyICU, pyarabic, YAKE, sumy's LexRank, zstandard
  --mode fair    the same outputs by cheaper means, written with care: term counts, TextRank
  --mode floor   without keywords and summary: the same ICU and the same zstd on both sides

Prints one line of JSON. Imports, and opening ICU's services, are not timed.
"""

import functools
import hashlib
import html
import json
import os
import re
import unicodedata
from collections import Counter

import icu
import Stemmer
import zstandard
from pyarabic import araby

from articles import arguments, sample, text_bytes, timed

STOP_WORDS = frozenset(
    "من في على إلى الى عن مع حتى منذ خلال عبر ضد بين عند لدى حول نحو قبل بعد كما كذلك بل لكن ثم أو أم إما أن إن ان إذا لو لم "
    "لن لا ما قد سوف هل حيث كل بعض غير هو هي هم هذا هذه ذلك تلك التي الذي الذين كان كانت يكون تكون ليس قال وقال أضاف وأضاف "
    "أكد وأكد أوضح وأوضح أشار وأشار وقد وفي ومن وهو وهي وكان كانوا أنه أنها إنه انه فيه فيها منه منها عليه عليها به بها له لها".split()
)


class Segmenter:
    """ICU's words and sentences, with offsets in code points."""

    def __init__(self):
        self.words = icu.BreakIterator.createWordInstance(icu.Locale("ar"))
        self.sentences = icu.BreakIterator.createSentenceInstance(icu.Locale("ar"))

    def segment(self, text):
        """Sentence ranges, and the words of each as (start, end); offsets are UTF-16, as ICU's are."""
        unicode_text = icu.UnicodeString(text)
        self.words.setText(unicode_text)
        words, start = [], 0
        for end in self.words:
            if self.words.getRuleStatus() > 0:
                words.append((start, end))
            start = end
        self.sentences.setText(unicode_text)
        sentences, start, at = [], 0, 0
        for end in self.sentences:
            first = at
            while at < len(words) and words[at][1] <= end:
                at += 1
            if at > first:
                sentences.append(((start, end), words[first:at]))
            start = end
        return sentences


LOOKALIKES = str.maketrans({"ی": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه", "ە": "ه"})
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0e-\x1f]")
PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
ELONGATED = re.compile(r"([\u0621-\u064a])\1{2,}")
BLANKS = re.compile(r"[^\S\n]+")
LINE_ENDS = re.compile(r"\s*\n\s*\n\s*|[^\S\n]*\n[^\S\n]*")


def normalize(text):
    """What `normalize` does by default: entities, composition, forms, lookalikes, tatweel, elongation, blanks."""
    if "&" in text:
        text = html.unescape(text)
    text = unicodedata.normalize("NFC", INVISIBLE.sub("", text))
    text = PRESENTATION.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = araby.strip_tatweel(text.translate(LOOKALIKES))
    text = BLANKS.sub(" ", ELONGATED.sub(r"\1", text))
    return LINE_ENDS.sub(lambda found: "\n\n" if found[0].count("\n") > 1 else "\n", text).strip()


def source_ranges(source, text, sentences):
    """Where each sentence stands in the source: looked for as it is, then by its ends."""
    ranges, at = [], 0
    for (start, end), _ in sentences:
        sentence = text[start:end].strip()
        found = source.find(sentence, at)
        if found < 0:
            found = max(source.find(sentence[:8], at), at)
            last = source.find(sentence[-8:], found)
            stop = last + 8 if last >= 0 else found + len(sentence)
        else:
            stop = found + len(sentence)
        ranges.append([found, stop])
        at = found
    return ranges


@functools.cache
def fold(word):
    """The key a word is compared by, worked out once for each form."""
    return araby.normalize_hamza(araby.strip_tashkeel(word)).replace("ة", "ه").replace("ى", "ي")


PROCLITICS = re.compile("(?:[وف]?(?:[بك]?ال|لل)|[وف](?=...))(?=..)")


@functools.cache
def base(word):
    """The key without conjunction, preposition and article: variants of a word count as one."""
    return PROCLITICS.sub("", fold(word), count=1)


STEMMER = Stemmer.Stemmer("arabic")


@functools.cache
def stem(word):
    """The stem a word links sentences by."""
    return STEMMER.stemWord(base(word))


def in_source(source, text, span, sentence, origin):
    """Where a stretch of a sentence stands in the source: as far into it as in the text, or looked for near there."""
    start, end = span
    at = origin[0] + start - sentence[0]
    phrase = text[start:end]
    if source.startswith(phrase, at):
        return [at, at + end - start]
    found = source.find(phrase, max(origin[0], at - 8), origin[1] + 8)
    return [at, at + end - start] if found < 0 else [found, found + end - start]


def keywords_by_count(source, text, sentences, origins, count=10, longest=4):
    """N-grams by count that neither begin nor end in a stop word, with all their occurrences in text and source."""
    shown = {}
    for number, (_, words) in enumerate(sentences):
        forms = [text[start:end] for start, end in words]
        keys = [base(form) for form in forms]
        content = [form not in STOP_WORDS and not form.isdigit() and len(form) > 1 for form in forms]
        for i, is_content in enumerate(content):
            if not is_content:
                continue
            for j in range(i, min(i + longest, len(keys))):
                if content[j]:
                    shown.setdefault(tuple(keys[i : j + 1]), []).append((words[i][0], words[j][1], number))
    best = sorted(shown.values(), key=lambda found: -len(found))[:count]
    keywords = []
    for found in best:
        form = Counter(text[start:end] for start, end, _ in found).most_common(1)[0][0]
        keywords.append({
            "phrase": form, "score": float(len(found)), "count": len(found), "first": found[0][0],
            "occurrences": [
                {
                    "range": [start, end],
                    "source": in_source(source, text, (start, end), sentences[number][0], origins[number]),
                }
                for start, end, number in found
            ],
        })
    return keywords


def summary_by_textrank(text, sentences, origins, count=3, damping=0.85, rounds=30):
    """TextRank over shared stems (Mihalcea and Tarau 2004), on an inverted index."""
    rows = [Counter(stem(text[s:e]) for s, e in words if text[s:e] not in STOP_WORDS) for _, words in sentences]
    postings = {}
    for i, row in enumerate(rows):
        for word in row:
            postings.setdefault(word, []).append(i)
    weights = [Counter() for _ in rows]
    for found in postings.values():
        for i in found:
            row = weights[i]
            for j in found:
                if i != j:
                    row[j] += 1
    totals = [sum(row.values()) for row in weights]
    scores = [1.0] * len(rows)
    for _ in range(rounds):
        before = scores
        scores = [
            (1 - damping) + damping * sum(w * before[j] / totals[j] for j, w in row.items()) for row in weights
        ]
        if max((abs(a - b) for a, b in zip(scores, before)), default=0) < 1e-4:
            break
    best = sorted(sorted(range(len(rows)), key=lambda i: -scores[i])[:count])
    return [
        {
            "text": text[slice(*sentences[i][0])].strip(), "sentence": i, "score": round(scores[i], 4),
            "range": list(sentences[i][0]), "source": origins[i],
        }
        for i in best
    ]


class Yake:
    """YAKE's Arabic extractor."""

    def __init__(self):
        import yake

        self.extractor = yake.KeywordExtractor(lan="ar", n=3, top=10)

    def keywords(self, text):
        return [{"phrase": p, "score": round(float(s), 4)} for p, s in self.extractor.extract_keywords(text)]


class LexRank:
    """sumy's LexRank, with ICU's sentences and words as its tokenizer."""

    def __init__(self, segmenter):
        from sumy.parsers.plaintext import PlaintextParser
        from sumy.summarizers.lex_rank import LexRankSummarizer

        self.parser, self.segmenter = PlaintextParser, segmenter
        self.summarizer = LexRankSummarizer()
        self.summarizer.stop_words = STOP_WORDS

    def to_sentences(self, paragraph):
        return [paragraph[start:end].strip() for (start, end), _ in self.segmenter.segment(paragraph)]

    def to_words(self, sentence):
        return [sentence[s:e] for _, words in self.segmenter.segment(sentence) for s, e in words]

    def summary(self, text):
        document = self.parser.from_string(text, self).document
        return [{"text": str(sentence)} for sentence in self.summarizer(document, 3)]


def main():
    options = arguments(
        "The Python stack.", (["--mode"], {"choices": ["yake", "fair", "floor"], "required": True})
    )
    raw_lines = sample(options.input, options.articles)
    segmenter = Segmenter()
    latin = icu.Transliterator.createInstance("Arabic-Latin")
    yake = Yake() if options.mode == "yake" else None
    lexrank = LexRank(segmenter) if options.mode == "yake" else None
    known = {}

    def to_latin(text):
        if text not in known:
            known[text] = latin.transliterate(text)
        return known[text]

    result = {"peer": f"python {options.mode}", "bytes": text_bytes(raw_lines), "articles": len(raw_lines)}
    with timed(result):
        digest = hashlib.sha256()
        compressor = zstandard.ZstdCompressor(level=3, write_checksum=True)
        with open(options.output, "wb") as file, compressor.stream_writer(file, closefd=False) as shard:
            offset = 0
            for number, line in enumerate(raw_lines, 1):
                article = json.loads(line)
                source = article.get("text") or ""
                text = normalize(source)
                title = normalize(article.get("title") or "")
                sentences = segmenter.segment(text)
                record = {"id": article["id"], "title": title, "text": text}
                origins = source_ranges(source, text, sentences)
                record["sentences"] = [
                    {"range": list(span), "source": origin} for (span, _), origin in zip(sentences, origins)
                ]
                record["offsets"] = "codePoints"
                record["origin"] = {"input": os.path.basename(options.input), "record": number, "byteOffset": offset}
                record["encoding"] = {"name": "utf-8", "how": "validated"}
                offset += len(line)
                record["meta"] = {k: v for k, v in article.items() if k not in ("id", "title", "text")}
                record["latin"] = {"scheme": "icu", "title": to_latin(title)}
                if options.mode == "yake":
                    record["keywords"] = yake.keywords(text)
                    record["summary"] = lexrank.summary(text)
                elif options.mode == "fair":
                    record["keywords"] = keywords_by_count(source, text, sentences, origins)
                    record["summary"] = summary_by_textrank(text, sentences, origins)
                if "keywords" in record:
                    record["latin"]["keywords"] = [to_latin(k["phrase"]) for k in record["keywords"]]
                shard.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        with open(options.output, "rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
                result["outputBytes"] = result.get("outputBytes", 0) + len(block)
    result["sha256"] = digest.hexdigest()
    result["versions"] = {"icu": icu.ICU_VERSION, "pyicu": icu.VERSION, "zstandard": zstandard.__version__}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
