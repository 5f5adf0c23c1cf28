"""Slips of the finger, as people make them on a keyboard: for measuring how well mistyped questions are understood."""

from __future__ import annotations

import random
import re

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SHORTEST_WORD = 4


def _neighbours() -> dict[str, str]:
    """Each letter of a QWERTY keyboard, and the letters beside, above and below it (each row sits half a key right)."""
    at = {letter: (x, y) for y, row in enumerate(_ROWS) for x, letter in enumerate(row)}
    touching = {(-1, 0), (1, 0), (0, -1), (1, -1), (-1, 1), (0, 1)}
    return {
        letter: "".join(other for other, (ox, oy) in at.items() if (ox - x, oy - y) in touching)
        for letter, (x, y) in at.items()
    }


NEIGHBOURS = _neighbours()


def keyboard_typos(text: str, count: int, seed: int) -> str:
    """The text with `count` typos: a letter replaced by a QWERTY neighbour, dropped, doubled or swapped with the next.

    Only words of four or more letters are touched, each once before any is touched twice, and never a digit, a space or
    a sign. Words of scripts without capitals (Chinese, Devanagari) stay as they are; Cyrillic letters are dropped,
    doubled and swapped, not replaced. The same text, count and seed give the same result; a text with no such word
    comes back unchanged.
    """
    chance = random.Random(seed)
    pieces = re.split(r"([^\W\d_]+)", text)
    words = [at for at in range(1, len(pieces), 2) if _can_slip(pieces[at])]
    left: list[int] = []
    for _ in range(count if words else 0):
        left = left or chance.sample(words, len(words))
        at = left.pop()
        pieces[at] = _slip(pieces[at], chance)
    return "".join(pieces)


def _can_slip(word: str) -> bool:
    return len(word) >= _SHORTEST_WORD and all(letter.lower() != letter.upper() for letter in word)


def _slip(word: str, chance: random.Random) -> str:
    """One typo in the word; the result always differs from it."""
    at = chance.randrange(len(word))
    letter, before, after = word[at], word[:at], word[at + 1 :]
    ways = [before + after, before + letter * 2 + after]
    if letter.lower() in NEIGHBOURS:
        other = chance.choice(NEIGHBOURS[letter.lower()])
        ways.append(before + _cased(other, letter) + after)
    if after and after[0].lower() != letter.lower():
        ways.append(before + _cased(after[0], letter) + _cased(letter, after[0]) + after[1:])
    return chance.choice(ways)


def _cased(letter: str, model: str) -> str:
    """The letter as a capital where the model is one: a capital stays in its place when letters swap."""
    return letter.upper() if model.isupper() else letter.lower()
