"""Leaves out what people say around a question: "Writing a piece on prices. ...?", "...? It is for my thesis."""

from __future__ import annotations

import re
from functools import cache

from bot.understanding.lexicon import language_files
from bot.understanding.text import words

_END = re.compile(r"(?<=\D)[.!?:;](?=\s)|\n+|\s[-\u2013\u2014]\s")  # no decimal point, no "No. 2" without a space
_LEAST_WORDS = 3


def without_preface(text: str) -> str:
    """The text without a first or last sentence that tells only why somebody asks; the text itself where none does."""
    pieces = _pieces(text)
    if len(pieces) > 1 and _is_preface(pieces[0]) and len(words(pieces[1])) >= _LEAST_WORDS:
        pieces = pieces[1:]
    if len(pieces) > 1 and _is_preface(pieces[-1]) and len(words(pieces[0])) >= _LEAST_WORDS:
        pieces = pieces[:-1]
    return " ".join(pieces) if len(pieces) < len(_pieces(text)) else text


def _pieces(text: str) -> list[str]:
    pieces, start = [], 0
    for end in _END.finditer(text):
        pieces.append(text[start : end.end()].strip())
        start = end.end()
    pieces.append(text[start:].strip())
    return [piece for piece in pieces if piece]


def _is_preface(piece: str) -> bool:
    said = words(piece)
    return any(tuple(said[: len(opening)]) == opening for opening in _openers()) and "?" not in piece


@cache
def _openers() -> tuple[tuple[str, ...], ...]:
    """How sentences begin, in any language, that tell why somebody asks."""
    return tuple(
        tuple(words(str(one))) for lists in language_files("words").values() for one in lists.get("prefaces", ())
    )
