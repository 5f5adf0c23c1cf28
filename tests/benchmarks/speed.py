"""`python -m tests.benchmarks.speed`: how fast questions are understood and answered, and what grows with what."""

from __future__ import annotations

from rich.console import Console

from tests.benchmarks import hostile, lexicon_size, memory, store_size, understanding
from tests.evaluation import report

PARTS = (understanding, lexicon_size, store_size, hostile, memory)


def run(console: Console) -> None:
    """Print every part's tables, then all figures beside their goals."""
    measured = [one for part in PARTS for one in part.run(console)]
    report.goals(console, measured)


if __name__ == "__main__":
    run(Console(width=None if Console().is_terminal else 120))
