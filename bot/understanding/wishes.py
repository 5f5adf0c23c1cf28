"""What a request for alerts asks for besides whom and where: of which kinds, how sure, or of everything. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from rapidfuzz import fuzz

from bot.understanding.text import words
from store.words import Certainty

_FILE = Path(__file__).with_name("wishes.yaml")
_KINDS = ("launch", "milestone", "correction", "fact")
_CERTAINTIES = {"confirmed": Certainty.CONFIRMED, "estimate": Certainty.ESTIMATE, "expected": Certainty.EXPECTED}
_LONG, _ALIKE = 7, 85  # letters from which a word may be mistyped, and how alike it must be, of 100


@dataclass(frozen=True)
class Wanted:
    """`kinds`: of launch, milestone, correction, fact; empty where none is named. `rest`: not to end, only to pause."""

    kinds: frozenset[str] = frozenset()
    least: Certainty | None = None
    everything: bool = False
    rest: bool = False

    @property
    def says_what(self) -> bool:
        """True where it needs no vendor or place to say what is wanted."""
        return bool(self.kinds or self.least or self.everything)


def wanted(text: str) -> Wanted:
    """What a text says of it, in any language, typos and all."""
    said = words(text)
    named = {name for name, phrases in _phrases().items() if any(_holds(said, phrase) for phrase in phrases)}
    least = next((certainty for name, certainty in _CERTAINTIES.items() if name in named), None)
    return Wanted(frozenset(named & set(_KINDS)), least, "everything" in named, "rest" in named)


def _holds(said: list[str], phrase: tuple[str, ...]) -> bool:
    if len(phrase) == 1 and len(phrase[0]) >= _LONG:
        return any(fuzz.ratio(word, phrase[0]) >= _ALIKE for word in said)
    return any(tuple(said[at : at + len(phrase)]) == phrase for at in range(len(said) - len(phrase) + 1))


@cache
def _phrases() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """The phrases of all languages by what they say, cut into words."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    found: dict[str, list[tuple[str, ...]]] = {}
    for lists in yaml.load(_FILE.read_text("utf-8"), Loader=loader).values():  # noqa: S506 - every word is text
        for name, phrases in lists.items():
            found.setdefault(name, []).extend(tuple(words(phrase)) for phrase in phrases)
    return {name: tuple(phrases) for name, phrases in found.items()}
