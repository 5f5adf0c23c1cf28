"""`make eval`: how well questions are understood, and how other programs do on the same questions.

`--show` prints the train questions that go wrong (of one intent: `--show growth`; `!` marks those answered from
facts); the test split's questions are never printed. `--no-peers` leaves the other programs out."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rich.console import Console

from tests.evaluation import figures, report
from tests.evaluation.ours import Vendorbot, vendorbot
from tests.evaluation.peers.compare import compare
from tests.evaluation.score import Score, rate, read_gold, score

OFF_TOPIC = Path(__file__).with_name("off_topic.txt")
NOW = date(2017, 11, 1)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation", description=__doc__)
    parser.add_argument("--show", nargs="?", const="all", metavar="INTENT", help="print the train questions that go wrong")
    parser.add_argument("--no-peers", action="store_true", help="leave the other programs out")
    options = parser.parse_args()
    console = Console(width=None if Console().is_terminal else 120)
    with vendorbot() as ours:
        train = score(read_gold("train"), ours.ask)
        test = score(read_gold("test"), ours.ask)
        if options.show:
            wanted = [one for one in train if options.show in ("all", one.gold.intent, one.got)]
            report.questions(console, wanted)
        for name, scores in (("train", train), ("test", test)):
            _split(console, ours, name, scores)
        _goals(console, ours, test, bool(options.show))
        report.crashed(console, ours.crashes)
        if not options.no_peers:
            compare(console, ours, OFF_TOPIC.read_text("utf-8").splitlines())


def _split(console: Console, ours: Vendorbot, name: str, scores: Sequence[Score]) -> None:
    """Print the tables of one split."""
    groups = [figures.group("all", scores), *figures.kinds(scores)]
    groups.append(figures.group(f"all, {figures.TYPOS} random typos each", _mistyped(ours, name)))
    report.rates(console, f"{name}: by kind of question", groups)
    report.rates(console, f"{name}: by intent", figures.intents(scores))
    report.confused(console, f"{name}: intents taken for others", figures.confusions(scores))


def _mistyped(ours: Vendorbot, split: str) -> list[Score]:
    """Every question of a split with random typos, several times over."""
    questions = read_gold(split)
    asked = [gold for draw in range(figures.DRAWS) for gold in figures.mistyped(questions, draw)]
    return score(asked, lambda question, now, previous: (ours.understand(question, now, previous), False))


def _goals(console: Console, ours: Vendorbot, test: Sequence[Score], show: bool) -> None:
    whole, typed = rate(test), rate(_mistyped(ours, "test"))
    misled = figures.misled(test)
    asked = [(line, ours.ask(line, NOW)) for line in OFF_TOPIC.read_text("utf-8").splitlines()]
    told = [(line, query) for line, (query, answered) in asked if answered]
    taken = sum(query.intent is not None and not query.unknown for _, (query, _) in asked)
    if show:
        for line, query in told:
            console.print(f"off topic, answered from facts: {line} | read: {query.intent} {query.confidence}")
    report.goals(
        console,
        [
            ("test: whole query right", report.percent(whole), "97%", whole >= 0.97),
            (f"test, {figures.TYPOS} random typos each: whole query right", report.percent(typed), "93%", typed >= 0.93),
            (
                f"test: a wrong fact given ({len(misled)} of {len(test)})",
                report.percent(len(misled) / len(test)),
                "under 0.5%",
                len(misled) / len(test) < 0.005,
            ),
            ("off topic answered with a fact", f"{len(told)} of {len(asked):,}", "0", not told),
        ],
    )
    console.print(f"Off-topic questions read as one of our intents, answered or not: {taken} of {len(asked):,}.")


if __name__ == "__main__":
    main()
