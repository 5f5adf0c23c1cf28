"""Tells quickly that no name begins at a word, so that most words of an article cost next to nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.admin.reading.tokens import Token
from bot.understanding import text
from bot.understanding.lexicon import LONGEST_NAME, Entry, Kind, Lexicon


@dataclass(frozen=True)
class NameIndex:
    """How names may begin: the openings of all keys, and the first words of what analysts are called."""

    names: Mapping[str, tuple[Entry, ...]]
    openings: frozenset[str]
    analysts: frozenset[str]

    def longest(self, tokens: Sequence[Token], place: int) -> int:
        """How many tokens from a place may at most be a name; 0 where none begins there."""
        if tokens[place].lower in self.analysts:
            return min(LONGEST_NAME, len(tokens) - place)
        joined, longest = "", 0
        for length in range(1, min(LONGEST_NAME, len(tokens) - place) + 1):
            token = tokens[place + length - 1]
            if token.text in ("-", "/"):
                continue
            joined += plain(token.lower)
            if joined not in self.openings:
                break
            longest = length
        return longest


@lru_cache(maxsize=20_000)
def plain(word: str) -> str:
    """A word as the keys of names have it, without accents."""
    return text.plain(word)


_last: list[NameIndex] = []  # that of the lexicon used last; lexicons are long-lived and few


def name_index(lexicon: Lexicon) -> NameIndex:
    """The index of a lexicon's names, made once."""
    if not _last or _last[0].names is not lexicon.names:
        openings = {key[:length] for key in lexicon.names for length in range(1, len(key) + 1)}
        analysts = {key.split()[0] for key, entry in lexicon.phrases.items() if entry.kind is Kind.ANALYST}
        _last[:] = [NameIndex(lexicon.names, frozenset(openings), frozenset(analysts))]
    return _last[0]
