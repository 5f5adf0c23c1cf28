"""Cuts a line into sentences, minding abbreviations ("No. 2", "Inc.", "Sept. 30") and decimals."""

from __future__ import annotations

import re

LONGEST_SENTENCE = 900  # characters; a longer one is cut

_END = re.compile(r"[.!?](?:[\"')\]]{0,2})(?:\s+|(?=[A-Z][a-z]))(?=[\"'(\[$€£₹#@]{0,2}[^\W_a-z])|[!?][\"')\]]*\s+")
_SHORTENED = re.compile(
    r"(?:^|[\s(\"'])(?:inc|co|corp|ltd|plc|mr|mrs|ms|dr|st|no|nos|rs|vs|approx|est|sr|jr|e\.g|i\.e|fig|dept|gen|calif|mass|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|[a-z])\.$",
    re.I,
)
_MAY_END = re.compile(r"(?:inc|co|corp|ltd|plc)\.$", re.I)
_OPENS = re.compile(
    r"[\"']?(?:The|In|It|Its|According|This|That|But|And|For|While|However|At|On|As|With|A|An|He|She|They|We)\b"
)


def split_sentences(line: str) -> list[str]:
    """The sentences of a line, in order, none longer than 900 characters."""
    sentences: list[str] = []
    start = 0
    for end in _END.finditer(line):
        before = line[start : end.start() + 1]
        if line[end.start()] == "." and before[:-1].strip().isdigit():
            continue  # "3. Xiaomi"
        if line[end.start()] == "." and _SHORTENED.search(before):
            ends_anyway = _MAY_END.search(before) and _OPENS.match(line, end.end())
            if not ends_anyway and not (_is_initials(before) and _OPENS.match(line, end.end())):
                continue
        sentences.append(line[start : end.end()])
        start = end.end()
    sentences.append(line[start:])
    pieces = [piece for sentence in sentences for piece in _shortened(sentence.strip())]
    return [piece for piece in pieces if piece]


def _is_initials(text: str) -> bool:
    return bool(re.search(r"(?:\b[A-Z]\.){2}$", text))


def _shortened(sentence: str) -> list[str]:
    pieces = []
    while len(sentence) > LONGEST_SENTENCE:
        cut = max(sentence.rfind("; ", 0, LONGEST_SENTENCE), sentence.rfind(", ", 0, LONGEST_SENTENCE))
        cut = cut if cut > LONGEST_SENTENCE // 3 else sentence.rfind(" ", 0, LONGEST_SENTENCE)
        cut = cut if cut > 0 else LONGEST_SENTENCE - 1
        pieces.append(sentence[: cut + 1].strip())
        sentence = sentence[cut + 1 :]
    return [*pieces, sentence.strip()]
