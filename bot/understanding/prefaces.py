"""Tells what people say around a question from the question: "My boss loves Huawei. Did they pass Apple in 2018?"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bot.understanding.lexicon import language_files
from bot.understanding.text import words

_END = re.compile(r"(?<=\D)[.!?:;](?=\s)|\n+|\s[-\u2013\u2014]\s")  # no decimal point, no "No. 2" without a space
_SHORT_FOR = {
    "vs",
    "inc",
    "no",
    "co",
    "st",
    "approx",
    "ltd",
    "corp",
    "mr",
    "mrs",
    "dr",
    "etc",
    "u.s",
    "u.k",
    "e.g",
    "i.e",
}
_LEAST_WORDS = 3
_MOST_PIECES = 4


@dataclass(frozen=True)
class Asked:
    """The sentence of a message that asks, and the sentences before it."""

    question: str
    before: tuple[str, ...]


def without_preface(text: str) -> str:
    """The text without a first or last sentence that tells only why somebody asks; the text itself where none does."""
    pieces = _pieces(text)
    if len(pieces) > 1 and _is_preface(pieces[0]) and len(words(pieces[1])) >= _LEAST_WORDS:
        pieces = pieces[1:]
    if len(pieces) > 1 and _is_preface(pieces[-1]) and len(words(pieces[0])) >= _LEAST_WORDS:
        pieces = pieces[:-1]
    return " ".join(pieces) if len(pieces) < len(_pieces(text)) else text


def asked_last(text: str) -> Asked | None:
    """The last sentence of a message that has some, and the others; None where it is but one."""
    pieces = _sentences(text)
    if not 1 < len(pieces) <= _MOST_PIECES or len(words(pieces[-1])) < 2:
        return None
    return Asked(pieces[-1], tuple(pieces[:-1]))


def _sentences(text: str) -> list[str]:
    """The pieces that end with a full stop, a question mark or a line."""
    found: list[str] = []
    for piece in _pieces(text):
        if found and found[-1][-1] not in ".!?\n":
            found[-1] += f" {piece}"
        else:
            found.append(piece)
    return found


def _pieces(text: str) -> list[str]:
    pieces, start = [], 0
    for end in _END.finditer(text):
        piece = text[start : end.end()].strip()
        if piece.rstrip(".").rpartition(" ")[2].casefold() in _SHORT_FOR:
            continue
        pieces.append(piece + "\n" if "\n" in end[0] else piece)
        start = end.end()
    pieces.append(text[start:].strip())
    return [piece for piece in pieces if piece.strip()]


def _is_preface(piece: str) -> bool:
    said = words(piece)
    return any(tuple(said[: len(opening)]) == opening for opening in _openers()) and "?" not in piece


@cache
def _openers() -> tuple[tuple[str, ...], ...]:
    """How sentences begin, in any language, that tell why somebody asks."""
    return tuple(
        tuple(words(str(one))) for lists in language_files("words").values() for one in lists.get("prefaces", ())
    )
