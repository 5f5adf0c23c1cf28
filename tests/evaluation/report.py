"""The evaluation's figures as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tests.evaluation.figures import SLOTS, Group
from tests.evaluation.score import Score

MOST_CONFUSIONS = 15


class Measured(NamedTuple):
    """What was measured, the figure and its goal as text, and whether the goal is met."""

    what: str
    figure: str
    goal: str
    met: bool


def percent(part: float) -> str:
    return f"{100 * part:.1f}%"


def rates(console: Console, title: str, groups: Iterable[Group]) -> None:
    """Print one line a group: the whole query and each slot."""
    table = Table(title=title, title_justify="left", title_style="bold")
    table.add_column("questions")
    for name in ("count", "whole query", *SLOTS):
        table.add_column(name, justify="right")
    for one in groups:
        if one.count:
            table.add_row(one.name, str(one.count), percent(one.whole), *map(percent, one.slots))
    console.print(table)


def goals(console: Console, rows: Sequence[Measured], title: str = "Goals") -> None:
    """Print what is measured, the figure, the goal and whether it is met."""
    table = Table(title=title, title_justify="left", title_style="bold")
    table.add_column("measured")
    for name in ("figure", "goal", ""):
        table.add_column(name, justify="right")
    for what, figure, goal, met in rows:
        table.add_row(what, figure, goal, Text("met", "green") if met else Text("missed", "bold red"))
    console.print(table)


def confused(console: Console, title: str, found: Sequence[tuple[str, str, int]]) -> None:
    """Print which intents are taken for which others, the most frequent first."""
    table = Table(title=title, title_justify="left", title_style="bold")
    table.add_column("right intent")
    table.add_column("taken for")
    table.add_column("questions", justify="right")
    for gold, got, count in found[:MOST_CONFUSIONS]:
        table.add_row(gold, got, str(count))
    left = found[MOST_CONFUSIONS:]
    if left:
        table.add_row(f"{len(left)} other pairs", "", str(sum(count for *_, count in left)))
    console.print(table)


def crashed(console: Console, crashes: Counter[str]) -> None:
    """Print where answering raised an error, if anywhere."""
    for place, count in crashes.most_common():
        console.print(f"[bold red]Answering raised {place}: {count} times[/]")


def questions(console: Console, scores: Iterable[Score]) -> None:
    """Print every question that is not wholly right, with what was read instead. Never for the test split."""
    for one in scores:
        if not one.wrong:
            continue
        gold, query = one.gold, one.query
        before = f"<{gold.previous}> " if gold.previous else ""
        due = (gold.intent, *gold.vendors, gold.metric, *gold.regions, gold.period, gold.product)
        right = " ".join(filter(None, due))
        parts = (one.got, *query.vendors, query.metric, *query.regions, query.period, query.product, *query.unknown)
        got = " ".join(str(part) for part in parts if part)
        sign = "!" if one.answered else " "
        line = f"{sign} {','.join(one.wrong)} | {before}{gold.question} | {gold.now} | right: {right}"
        console.print(Text(f"{line} | read: {got} ({query.confidence})"), soft_wrap=True)
