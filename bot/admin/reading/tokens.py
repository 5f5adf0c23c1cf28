"""Cuts a sentence into tokens: words, numbers and single marks, with their places."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_TOKENS = 260  # a longer sentence is read as far as this

_TOKEN = re.compile(
    r"(?P<number>\d{1,3},\d{1,2}(?=\s?%|\s(?:million|billion|percent)\b)"  # a decimal comma, as in Spain: 18,2%
    r"|\d{4}-\d\d(?:-\d\d)?(?!\w)"
    r"|\d{1,3}(?:,\d{2,3})+(?:\.\d+)?(?!\d)"
    r"|\d+\.\d+(?=(?:mn|mil|mln|bn|m|b|k|cr|pc|pct|pp)?(?![^\W_]))"
    r"|\d+(?=(?:mn|mil|mln|bn|m|b|k|cr|pc|pct|pp)?(?![^\W_])))"
    r"|(?P<word>(?:[A-Z]\.){2,}"
    r"|'s(?![^\W_])"
    r"|[^\W_]+(?:'(?!s(?![^\W_]))[^\W\d_]+)*)"
    r"|(?P<mark>[^\w\s])",
    re.I,
)


@dataclass(frozen=True)
class Token:
    """A word, number or mark as written, in lower case, and where it stands in the sentence."""

    text: str
    lower: str
    start: int
    stop: int
    number: bool = False

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def tokenize(sentence: str) -> list[Token]:
    """The tokens of a sentence in order, at most 260."""
    tokens = []
    for found in _TOKEN.finditer(sentence):
        text = found[0]
        lower = text.lower().replace(".", "") if found["word"] and "." in text else text.lower()
        tokens.append(Token(text, lower or text, found.start(), found.end(), found["number"] is not None))
        if len(tokens) == MOST_TOKENS:
            break
    return tokens
