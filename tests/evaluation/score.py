"""Scores what questions are understood as against their gold queries."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.understanding.query import Query

HERE = Path(__file__).parent
FREE_METRIC = {"leader", "ranking", "crossing", "source"}  # a default metric filled in here is no error


@dataclass(frozen=True)
class Gold:
    """A question and the query it should become; see README.md for the rules."""

    question: str
    now: date
    intent: str
    vendors: frozenset[str]
    metric: str
    regions: frozenset[str]
    period: str
    product: str
    previous: str
    tags: frozenset[str]


@dataclass(frozen=True)
class Score:
    """How one question fared. `wrong` names what differs; empty where the whole query is right."""

    gold: Gold
    query: Query
    answered: bool
    wrong: tuple[str, ...]

    @property
    def got(self) -> str:
        """The intent found; none also where the question was found to name somebody unknown."""
        return "none" if self.query.intent is None or self.query.unknown else self.query.intent.value


def read_gold(split: str) -> list[Gold]:
    """The questions of a split, train or test."""
    with (HERE / f"questions_{split}.tsv").open(encoding="utf-8", newline="") as file:
        return [_gold(row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def _gold(row: dict[str, str]) -> Gold:
    def names(column: str) -> frozenset[str]:
        return frozenset(part for part in row[column].split(",") if part)

    return Gold(
        row["question"],
        date.fromisoformat(row["now"]),
        row["intent"],
        names("vendors") - {"total"},
        row["metric"] or "",
        names("regions"),
        row["period"] or "",
        row["product"] or "",
        row["previous"] or "",
        names("tags"),
    )


Asked = Callable[
    [str, date, str], tuple[Query, bool]
]  # question, now, previous -> the query and whether it was answered


def score(questions: Iterable[Gold], ask: Asked) -> list[Score]:
    """Ask every question and compare."""
    scores = []
    for gold in questions:
        query, answered = ask(gold.question, gold.now, gold.previous)
        scores.append(Score(gold, query, answered, tuple(_wrong(gold, query))))
    return scores


def _wrong(gold: Gold, query: Query) -> Iterable[str]:
    intent = "none" if query.intent is None or query.unknown else query.intent.value
    if intent != gold.intent:
        yield "intent"
    if gold.intent == "none":
        return
    if frozenset(query.vendors) - {"total"} != gold.vendors:
        yield "vendors"
    metric = query.metric.value if query.metric else ""
    if metric != gold.metric and not (gold.intent in FREE_METRIC and not gold.metric):
        yield "metric"
    if not _same_regions(gold, query):
        yield "regions"
    if (str(query.period) if query.period else "") != gold.period:
        yield "period"
    if (query.product or "") != gold.product:
        yield "product"


def _same_regions(gold: Gold, query: Query) -> bool:
    """ "Worldwide" said and nothing said are the same question."""
    return frozenset(query.regions) - {"world"} == gold.regions - {"world"}


def rate(scores: Iterable[Score], slot: str | None = None) -> float:
    """The part of the questions that is right: wholly, or in one slot."""
    counted = list(scores)
    right = sum(not one.wrong if slot is None else slot not in one.wrong for one in counted)
    return right / len(counted) if counted else 1.0
