"""Every peer on the questions we are measured on, beside ours, in one run."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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
class Result:
    """How one program did: parts of 1, a count of off-topic questions, and seconds a question."""

    name: str
    whole: float | None
    intent: float
    whole_mistyped: float | None
    intent_mistyped: float
    off_topic: int
    median: float
    slowest: float  # 99th percentile


def compare(console: Console, ours: Vendorbot, off_topic: Sequence[str]) -> None:
    """Ask ours and every installed peer the test split, the test split mistyped, and what is off topic; print a table."""
    plain = read_gold("test")
    typed = figures.mistyped(plain, 0)
    other = [
        Gold(line, NOW, "none", frozenset(), "", frozenset(), "", "", "", frozenset()) for line in off_topic
    ]  # fmt: skip
    questions = [*plain, *typed, *other]
    results = [_result("Vendorbot", _ours(ours, questions), plain, typed, whole=True)]
    setup = setup_for_peers(ours.answering.catalogue)
    notes = []
    for peer in PEERS:
        if not peer.installed:
            notes.append(f"{peer.name} is not installed: `make peers` installs it where it can be.")
            continue
        try:
            run = ask_peer(peer, setup, questions)
        except PeerError as error:
            notes.append(str(error))
            continue
        results.append(_result(peer.name, run, plain, typed, peer.slots))
        notes.append(f"{peer.name}: {', '.join(peer.packages)}; learnt in {run.training:.1f} s.")
    _print(console, results, len(other))
    for note in notes:
        console.print(f"[dim]{note}[/]", highlight=False)


def _ours(ours: Vendorbot, questions: Sequence[Gold]) -> Run:
    """Our own run, timed as the peers time theirs."""
    asked = [timed(lambda gold: ours.understand(gold.question, gold.now, gold.previous), gold) for gold in questions]
    return Run([query for query, _ in asked], [seconds for _, seconds in asked], 0.0)


def _result(name: str, run: Run, plain: Sequence[Gold], typed: Sequence[Gold], whole: bool) -> Result:
    given = iter(run.queries)

    def next_query(question: str, now: date, previous: str) -> tuple[Query, bool]:
        return next(given), False

    right, mistyped = score(plain, next_query), score(typed, next_query)
    taken = sum(query.intent in FROM_FACTS and not query.unknown for query in given)
    seconds = run.seconds[: len(plain)]
    return Result(
        name,
        rate(right) if whole else None,
        rate(right, "intent"),
        rate(mistyped) if whole else None,
        rate(mistyped, "intent"),
        taken,
        statistics.median(seconds),
        statistics.quantiles(seconds, n=100)[98],
    )


def _print(console: Console, results: Sequence[Result], off_topic: int) -> None:
    table = Table(title="test: beside other programs, in the same run", title_justify="left", title_style="bold")
    table.add_column("program")
    for column in (
        "whole query", "intent", f"whole, {figures.TYPOS} typos", f"intent, {figures.TYPOS} typos",
        f"off topic taken for ours, of {off_topic:,}", "median ms", "99th percentile ms", "median against ours",
    ):  # fmt: skip
        table.add_column(column, justify="right")
    for one in results:
        table.add_row(
            one.name,
            *("-" if part is None else percent(part) for part in (one.whole, one.intent, one.whole_mistyped, one.intent_mistyped)),
            str(one.off_topic),
            f"{1000 * one.median:.2f}",
            f"{1000 * one.slowest:.2f}",
            f"{one.median / results[0].median:.1f} x",
        )  # fmt: skip
    console.print(table)
