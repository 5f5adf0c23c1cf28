"""The words that somebody wrote as names, with a capital: what is not known of them is no slip of an ordinary word."""

from __future__ import annotations

import re

from bot.understanding.text import LONGEST, plain

_WORD = re.compile(r"[^\W\d_]+")
_START = re.compile(r"(?:^|[.!?:;\n\"'(\u00ab\u201c\u2018\u00bf\u00a1-])\s*$")
_SHORTEST = 4


def written_as_names(text: str) -> frozenset[str]:
    """The words with a capital inside ("QMobile"), or at their start where the sentence does not begin and most words
    have none; in lower case."""
    text = text[:LONGEST]
    if text.islower() or text.isupper():
        return frozenset()
    found = [match for match in _WORD.finditer(text) if len(match[0]) >= _SHORTEST]
    capital = [match for match in found if match[0][0].isupper()]
    sparing = 2 * len(capital) <= len(found) + 1  # a headline has a capital at every word
    return frozenset(
        plain(match[0])
        for match in found
        if (match[0][1:] != match[0][1:].lower() and not match[0].isupper())
        or (sparing and match[0][0].isupper() and not _START.search(text[: match.start()]))
    )
