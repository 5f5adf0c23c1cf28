"""What an answer is made of, before anyone decides how it looks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from bot.understanding.query import Query
from store.catalogue import Catalogue
from store.facts import Facts, KnownFact, KnownLaunch, KnownSource
from store.period import Period
from store.words import TOTAL, Bound, Certainty, Metric


class NoFacts(Exception):
    """The store holds nothing that answers the query; `lines` say what is missing and what there is instead."""

    def __init__(self, *lines: Line, query: Query | None = None, suggestions: tuple[Line, ...] = ()) -> None:
        super().__init__(lines[0].message if lines else "")
        self.lines, self.query, self.suggestions = lines, query, suggestions


@dataclass(frozen=True)
class Amount:
    """A number with what it counts: `unit` is million, percent, rank, points (of share), change (signed percent), or
    any other word."""

    value: float
    unit: str
    bound: Bound = Bound.EXACT


@dataclass(frozen=True)
class Days:
    """A date as exact as it is known: `2017-11-07`, `2017-11`, `2017`, or empty."""

    text: str


@dataclass(frozen=True)
class Where:
    """A region as the place where something is; the world is "worldwide", not "in World". `name` is the English one,
    `iso` the code of a country."""

    slug: str
    name: str
    iso: str | None = None


@dataclass(frozen=True)
class Named:
    """A region by its name alone."""

    slug: str
    name: str
    iso: str | None = None


class Joined(StrEnum):
    """How names are put together: "A, B, C", "A and B and C", "A vs B", "A, B and C"."""

    COMMA = ", "
    AND = " and "
    VERSUS = " vs "
    SEMICOLON = "; "
    LIST = "list"


@dataclass(frozen=True)
class Several:
    """Things named together."""

    parts: tuple[Argument, ...]
    joined: Joined = Joined.COMMA


class Style(StrEnum):
    """How much weight a line has."""

    LEAD = "lead"
    DETAIL = "detail"
    NOTE = "note"


@dataclass(frozen=True)
class Line:
    """A sentence with places for arguments, such as "{vendor} shipped {amount}"; views format and translate it.

    A message is written out where it stands, or marked as `translatable`, so that it is found for the catalogues."""

    message: str
    arguments: Mapping[str, Argument] = field(default_factory=lambda: MappingProxyType({}))
    style: Style = Style.DETAIL
    source: KnownSource | None = None


Argument = str | int | Amount | Period | Days | Where | Named | Several | date | Certainty | Metric | Line


def words(message: str, /, **arguments: Argument) -> Line:
    """A few words inside a line, or a question to ask next."""
    return Line(message, arguments)


def lead(message: str, source: KnownSource | None = None, /, **arguments: Argument) -> Line:
    return Line(message, arguments, Style.LEAD, source)


def detail(message: str, source: KnownSource | None = None, /, **arguments: Argument) -> Line:
    return Line(message, arguments, Style.DETAIL, source)


def note(message: str, source: KnownSource | None = None, /, **arguments: Argument) -> Line:
    return Line(message, arguments, Style.NOTE, source)


@dataclass(frozen=True)
class Row:
    """One row of a table: a label and its cells; None is a gap."""

    label: str | Period | Named
    cells: tuple[Amount | None, ...]
    place: int | None = None


@dataclass(frozen=True)
class Table:
    """Rows under columns, each a metric or a name."""

    columns: tuple[Metric | str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Answer:
    """All that a person is told. `query` is the question as answered, defaults filled in; `heading` shows how it was
    read; `choices` are other readings as questions, which an answer by a guess offers and a question not understood
    asks; `values` are the facts behind the numbers, `launches` those told of; `sources` everything that was relied on;
    `pages` is how many a long list has, of which `query.page` is shown."""

    query: Query
    answered: bool
    heading: tuple[Argument, ...] = ()
    lines: tuple[Line, ...] = ()
    table: Table | None = None
    values: tuple[KnownFact, ...] = ()
    sources: tuple[KnownSource, ...] = ()
    suggestions: tuple[Line, ...] = ()
    launches: tuple[KnownLaunch, ...] = ()
    pages: int = 1
    choices: tuple[str, ...] = ()

    def with_query(self, query: Query) -> Answer:
        return replace(self, query=query)


def amount_of(fact: KnownFact) -> Amount:
    """A fact's number."""
    return Amount(fact.value, fact.unit, fact.bound)


def where(region: str, facts: Facts) -> Where:
    """A region's slug as a place."""
    return place_of(region, facts.catalogue)


def place_of(region: str, catalogue: Catalogue) -> Where:
    """A region's slug as a place, for those who have only the names."""
    known = catalogue.regions.get(region)
    return Where(region, catalogue.name(region), known.iso if known else None)


def named(slug: str, facts: Facts) -> Argument:
    """The name of a vendor, a product or a region."""
    return named_in(slug, facts.catalogue)


def named_in(slug: str, catalogue: Catalogue) -> Argument:
    """The same for those who have only the names."""
    if slug == TOTAL:
        return words("All vendors")
    region = catalogue.regions.get(slug)
    return Named(slug, region.name, region.iso) if region else catalogue.name(slug)


def several(slugs: Iterable[str], facts: Facts, joined: Joined = Joined.COMMA) -> Several:
    """Vendors or regions named together."""
    return Several(tuple(named(slug, facts) for slug in slugs), joined)


def sources_of(*groups: object) -> tuple[KnownSource, ...]:
    """The sources of facts, launches and the like, each once, in order."""
    found: dict[tuple[str, str], KnownSource] = {}
    for group in groups:
        for one in group if isinstance(group, list | tuple) else [group]:
            source = one if isinstance(one, KnownSource) else getattr(one, "source", None)
            if isinstance(source, KnownSource):
                found.setdefault((source.name, source.url), source)
    return tuple(found.values())
