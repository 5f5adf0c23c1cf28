"""Which source an answer leads with, where several speak of the same thing.

The rule, in this order: published by the day of asking; the surer; the vendor's own word, then the analysts in the order
below; the newest. The others are named after it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

from store.facts import KnownFact, KnownSource
from store.words import Certainty

ANALYSTS = ("IDC", "Counterpoint", "Canalys", "Strategy Analytics", "Gartner", "TrendForce")
_SURENESS = {certainty: place for place, certainty in enumerate(Certainty)}


class _Sourced(Protocol):
    @property
    def certainty(self) -> Certainty: ...
    @property
    def source(self) -> KnownSource: ...


T = TypeVar("T", bound=_Sourced)


def by_precedence(said: Iterable[T], today: date) -> list[T]:
    """The statements, the one to lead with first."""
    return sorted(said, key=lambda one: (one.source.published > today, _SURENESS[one.certainty], *_rank(one.source)))


def _rank(source: KnownSource) -> tuple[int, int]:
    place = ANALYSTS.index(source.name) if source.name in ANALYSTS else -1 if source.name else 99
    return place, -source.published.toordinal()


def known_on(said: Iterable[T], today: date) -> list[T]:
    """What was published by that day; where nothing was, all of it."""
    everything = list(said)
    return [one for one in everything if one.source.published <= today] or everything


def published_by(said: Iterable[T], today: date) -> list[T]:
    """Only what was published by that day: on 1 November nobody knows of a launch announced on the 8th."""
    return [one for one in said if one.source.published <= today]


def leading_source(facts: Iterable[KnownFact], today: date) -> str | None:
    """The source whose facts make up a ranking: counted, not expected; published by the day; covering most vendors."""
    covered: dict[str, set[str]] = {}
    counted = [fact for fact in facts if fact.certainty.happened]
    for fact in known_on(counted, today):
        covered.setdefault(fact.source.name, set()).add(fact.vendor)
    ranked = sorted(
        covered, key=lambda name: (-len(covered[name]), ANALYSTS.index(name) if name in ANALYSTS else 99, name)
    )
    return ranked[0] if ranked else None
