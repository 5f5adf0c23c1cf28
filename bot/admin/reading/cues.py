"""The words that tell what a number, a name or a date in a sentence is for; see words/en.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.admin.reading.tokens import Token, tokenize

_FILE = Path(__file__).parent / "words" / "en.yaml"
_LONGEST = 6  # tokens


@cache
def _phrases() -> dict[tuple[str, ...], frozenset[str]]:
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every word is text: "on" and "no" are no booleans
    lists: dict[str, list[str]] = yaml.load(_FILE.read_text("utf-8"), Loader=loader)  # noqa: S506
    found: dict[tuple[str, ...], set[str]] = {}
    for cue, spellings in lists.items():
        for spelling in spellings:
            found.setdefault(_key(tokenize(spelling)), set()).add(cue)
    return {key: frozenset(names) for key, names in found.items()}


def _key(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(token.lower for token in tokens if token.text != "-")


class Cues:
    """The cues of a sentence by place; each cue is known at every token of its words."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._at: list[dict[str, tuple[int, int]]] = [{} for _ in tokens]
        phrases: Any = _phrases()
        places = [place for place, token in enumerate(tokens) if token.text != "-"]
        words = [tokens[place].lower for place in places]
        for first in range(len(places)):
            for length in range(min(_LONGEST, len(places) - first), 0, -1):
                names = phrases.get(tuple(words[first : first + length]))
                if names:
                    start, stop = places[first], places[first + length - 1] + 1
                    for name in names:
                        if name in self._at[start] and self._at[start][name][1] > stop:
                            continue  # a longer phrase of that cue stands here
                        for place in range(start, stop):
                            self._at[place].setdefault(name, (start, stop))
        for place, token in enumerate(tokens):
            if token.lower.endswith("n't"):
                self._at[place].setdefault("denied", (place, place + 1))
        self._places: dict[str, list[int]] = {}
        for place, known in enumerate(self._at):
            for name in known:
                self._places.setdefault(name, []).append(place)

    def at(self, place: int, *names: str) -> tuple[int, int] | None:
        """The places of a cue of one of these names that covers this token."""
        if 0 <= place < len(self._at):
            for name in names:
                if name in self._at[place]:
                    return self._at[place][name]
        return None

    def begins(self, place: int, *names: str) -> int:
        """Where the cue that begins at this token ends; 0 where none of these names begins here."""
        if 0 <= place < len(self._at) and self._at[place]:
            for name in names:
                span = self._at[place].get(name)
                if span and span[0] == place:
                    return span[1]
        return 0

    def any(self, start: int, stop: int, *names: str) -> bool:
        """True where a cue of one of these names touches the places from `start` up to `stop`."""
        for name in names:
            for place in self._places.get(name, ()):
                if start <= place < stop:
                    return True
        return False

    def first(self, start: int, stop: int, *names: str) -> int:
        """The first place in the range with one of these cues; -1 where there is none."""
        found = (place for name in names for place in self._places.get(name, ()) if start <= place < stop)
        return min(found, default=-1)

    def last(self, start: int, stop: int, *names: str) -> int:
        """The last place in the range with one of these cues; -1 where there is none."""
        found = (place for name in names for place in self._places.get(name, ()) if start <= place < stop)
        return max(found, default=-1)
