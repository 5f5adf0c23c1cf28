"""Which source an answer leads with, where several speak of the same thing.

The rule, in this order: published by the day of asking; the surer; the vendor's own word, then the analysts in the
order of store/data/sources.csv, then the press; the newest. The others are named after it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

from store.facts import KnownFact, KnownSource
from store.words import Certainty

_TABLE = 5  # vendors: the usual press table; that a source counts more of them does not make it lead
_SURENESS = {certainty: place for place, certainty in enumerate(Certainty)}


class _Sourced(Protocol):
    @property
    def vendor(self) -> str: ...
    @property
    def certainty(self) -> Certainty: ...
    @property
    def source(self) -> KnownSource: ...


T = TypeVar("T", bound=_Sourced)


def by_precedence(said: Iterable[T], today: date) -> list[T]:
    """The statements, the one to lead with first."""
    return sorted(said, key=lambda one: (one.source.published > today, _SURENESS[one.certainty], *_rank(one)))


def _rank(one: _Sourced) -> tuple[int, int]:
    own = one.source.name.casefold().replace(" ", "-") == one.vendor
    return -1 if own else one.source.place, -one.source.published.toordinal()


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
    order: dict[str, int] = {}
    counted = [fact for fact in facts if fact.certainty.happened]
    for fact in known_on(counted, today):
        covered.setdefault(fact.source.name, set()).add(fact.vendor)
        order[fact.source.name] = fact.source.place
    ranked = sorted(covered, key=lambda name: (-min(len(covered[name]), _TABLE), order[name], name))
    return ranked[0] if ranked else None
