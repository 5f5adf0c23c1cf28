"""`make eval`: how well questions are understood, and how other programs do on the same questions.

`--show` prints the train questions that go wrong (of one intent: `--show growth`; `!` marks those answered from
facts); the test split's questions are never printed. `--no-peers` leaves the other programs out."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console

from bot.understanding.query import Query
from tests.evaluation import figures, report
from tests.evaluation.articles_score import LEAST_PRECISION, LEAST_RECALL, rates, score_articles, shipped_lexicon
from tests.evaluation.ours import Vendorbot, vendorbot
from tests.evaluation.peers.compare import compare
from tests.evaluation.report import Measured
from tests.evaluation.score import Score, rate, read_gold, score

OFF_TOPIC = Path(__file__).with_name("off_topic.txt")
NOW = date(2017, 11, 1)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation", description=__doc__)
    parser.add_argument("--show", nargs="?", const="all", metavar="INTENT", help="print wrong train questions")
    parser.add_argument("--no-peers", action="store_true", help="leave the other programs out")
    options = parser.parse_args()
    console = Console(width=None if Console().is_terminal else 120)
    with vendorbot() as ours:
        train, test = _Split.ask(ours, "train"), _Split.ask(ours, "test")
        if options.show:
            wanted = [one for one in train.scores if options.show in ("all", one.gold.intent, one.got)]
            report.questions(console, wanted)
        for split in (train, test):
            split.print(console)
        _goals(console, ours, test, bool(options.show))
        _articles(console)
        report.crashed(console, ours.crashes)
        if not options.no_peers:
            compare(console, ours, _off_topic())


@dataclass(frozen=True)
class _Split:
    """One split, asked as it stands and mistyped."""

    name: str
    scores: Sequence[Score]
    mistyped: Sequence[Score]

    @classmethod
    def ask(cls, ours: Vendorbot, name: str) -> _Split:
        questions = read_gold(name)
        typed = [gold for draw in range(figures.DRAWS) for gold in figures.mistyped(questions, draw)]

        def understand(question: str, now: date, previous: str) -> tuple[Query, bool]:
            return ours.understand(question, now, ours.before(previous, now)), False

        return cls(name, score(questions, ours.ask), score(typed, understand))

    def print(self, console: Console) -> None:
        groups = [figures.group("all", self.scores), *figures.kinds(self.scores)]
        groups.append(figures.group(f"all, {figures.TYPOS} random typos each", self.mistyped))
        report.rates(console, f"{self.name}: by kind of question", groups)
        report.rates(console, f"{self.name}: by intent", figures.intents(self.scores))
        report.confused(console, f"{self.name}: intents taken for others", figures.confusions(self.scores))


def _goals(console: Console, ours: Vendorbot, test: _Split, show: bool) -> None:
    whole, typed = rate(test.scores), rate(test.mistyped)
    count, misled = len(test.scores), len(figures.misled(test.scores))
    asked = [(line, *ours.ask(line, NOW)) for line in _off_topic()]
    told = [(line, query) for line, query, answered in asked if answered]
    taken = sum(query.intent is not None and not query.unknown for _, query, _ in asked)
    if show:
        for line, query in told:
            console.print(f"off topic, answered from facts: {line} | read: {query.intent} {query.confidence}")
    slips = f"test, {figures.TYPOS} random typos each: whole query right"
    report.goals(
        console,
        [
            Measured("test: whole query right", report.percent(whole), "97%", whole >= 0.97),
            Measured(slips, report.percent(typed), "93%", typed >= 0.93),
            Measured(
                f"test: a wrong fact given ({misled} of {count})",
                f"{misled / count:.1%}",
                "<0.5%",
                misled / count < 0.005,
            ),
            Measured("off topic answered with a fact", f"{len(told)} of {len(asked):,}", "0", not told),
        ],
    )
    console.print(f"Off-topic questions read as one of our intents, answered or not: {taken} of {len(asked):,}.")


def _articles(console: Console) -> None:
    """How well facts are read out of articles; of the kept-out half it tells counts only."""
    scores = score_articles(shipped_lexicon())
    measured = []
    for split, name in (("tuning", "tuned half"), ("kept-out", "kept-out half")):
        half = [one for one in scores if one.split == split]
        told, kept = rates(half), f"articles, {name} ({len(half)})"
        precise, complete = told.precision >= LEAST_PRECISION, told.recall >= LEAST_RECALL
        measured += [
            Measured(f"{kept}: precision", report.percent(told.precision), f"{LEAST_PRECISION:.0%}", precise),
            Measured(f"{kept}: recall", report.percent(told.recall), f"{LEAST_RECALL:.0%}", complete),
        ]
    report.goals(console, measured, "Reading articles")


def _off_topic() -> list[str]:
    return OFF_TOPIC.read_text("utf-8").splitlines()


if __name__ == "__main__":
    main()
