"""Every peer on the questions we are measured on, beside ours, in one run."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from rich.console import Console
from rich.table import Table

from bot.understanding.query import Query
from tests.evaluation import figures
from tests.evaluation.ours import FROM_FACTS, Vendorbot
from tests.evaluation.peers.protocol import timed
from tests.evaluation.peers.registry import PEERS
from tests.evaluation.peers.run import PeerError, Run, ask_peer, setup_for_peers
from tests.evaluation.report import percent
from tests.evaluation.score import Gold, rate, read_gold, score

NOW = date(2017, 11, 1)


@dataclass(frozen=True)
class Questions:
    """What a program is asked: the test split, the same mistyped, and what is off topic."""

    plain: Sequence[Gold]
    typed: Sequence[Gold]
    other: Sequence[Gold]

    @property
    def all(self) -> list[Gold]:
        return [*self.plain, *self.typed, *self.other]

    def every(self, nth: int) -> Questions:
        """Every n-th of each."""
        return Questions(self.plain[::nth], self.typed[::nth], self.other[::nth])


@dataclass(frozen=True)
class Result:
    """How one program did: parts of 1, and seconds a question. `whole` is None where it finds no slots."""

    name: str
    whole: float | None
    intent: float
    whole_mistyped: float | None
    intent_mistyped: float
    off_topic: float
    median: float
    slowest: float  # 99th percentile


def compare(console: Console, ours: Vendorbot, off_topic: Sequence[str]) -> None:
    """Ask ours and every installed peer the same questions; print a table."""
    plain = read_gold("test")
    nothing: frozenset[str] = frozenset()
    other = [Gold(line, NOW, "none", nothing, "", nothing, "", "", "", nothing) for line in off_topic]
    questions = Questions(plain, figures.mistyped(plain, 0), other)
    results = [result("Vendorbot", ask_ours(ours, questions.all), questions, whole=True)]
    setup = setup_for_peers(ours.answering.catalogue)
    notes = []
    for peer in PEERS:
        if not peer.installed:
            notes.append(f"{peer.name} is not installed: `make peers` installs it where it can be.")
            continue
        asked = questions.every(peer.every)
        try:
            run = ask_peer(peer, setup, asked.all)
        except PeerError as error:
            notes.append(str(error))
            continue
        results.append(result(peer.name, run, asked, peer.slots))
        part = f"; asked every {peer.every}th question, being slow" if peer.every > 1 else ""
        notes.append(f"{peer.name}: {', '.join(peer.packages)}; learnt in {run.training:.1f} s{part}.")
    _print(console, results)
    for note in notes:
        console.print(f"[dim]{note}[/]", highlight=False)


def ask_ours(ours: Vendorbot, questions: Sequence[Gold]) -> Run:
    """Our own run, timed as the peers time theirs."""
    run = Run([], [], 0.0)
    for gold in questions:
        understand = partial(ours.understand, now=gold.now, before=ours.before(gold.previous, gold.now))
        query, seconds = timed(understand, gold.question)
        run.queries.append(query)
        run.seconds.append(seconds)
    return run


def result(name: str, run: Run, questions: Questions, whole: bool) -> Result:
    """The figures of one run."""
    given = iter(run.queries)

    def next_query(question: str, now: date, previous: str) -> tuple[Query, bool]:
        return next(given), False

    right, mistyped = score(questions.plain, next_query), score(questions.typed, next_query)
    taken = [query.intent in FROM_FACTS and not query.unknown for query in given]
    seconds = run.seconds[: len(questions.plain)]
    return Result(
        name,
        rate(right) if whole else None,
        rate(right, "intent"),
        rate(mistyped) if whole else None,
        rate(mistyped, "intent"),
        sum(taken) / len(taken),
        statistics.median(seconds),
        statistics.quantiles(seconds, n=100)[98],
    )


def _print(console: Console, results: Sequence[Result]) -> None:
    table = Table(title="test: beside other programs, in the same run", title_justify="left", title_style="bold")
    table.add_column("program")
    for column in (
        "whole query", "intent", f"whole, {figures.TYPOS} typos", f"intent, {figures.TYPOS} typos",
        "off topic taken for ours", "median ms", "99th percentile ms", "median against ours",
    ):  # fmt: skip
        table.add_column(column, justify="right")
    for one in results:
        parts = (one.whole, one.intent, one.whole_mistyped, one.intent_mistyped, one.off_topic)
        table.add_row(
            one.name,
            *("-" if part is None else percent(part) for part in parts),
            f"{1000 * one.median:.2f}",
            f"{1000 * one.slowest:.2f}",
            f"{one.median / results[0].median:.1f} x",
        )
    console.print(table)
