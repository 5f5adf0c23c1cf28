"""How a peer is asked: JSON lines in and out. Runs in the peer's own environment, so it imports nothing but Python.

The first line in is the Setup; every other one a question with `question`, `previous` and `now`. The first line out is
{"ready": seconds of training}; every other one the intent, the slots the peer has, and `seconds` for that question."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

ROUNDS = 5  # a question is asked this often and the quickest counts: what is slower is other processes
SLOW = 0.02  # seconds; whoever takes longer is asked once


@dataclass(frozen=True)
class Setup:
    """What a peer may learn from: questions with their gold queries, phrasings by intent, words by concept, names.

    `names` are (kind, slug, text) of vendors, regions and products; `fillers` the words that mean nothing."""

    train: list[dict[str, Any]]
    phrasings: dict[str, list[str]]
    concepts: dict[str, list[str]]
    fillers: list[str]
    names: list[tuple[str, str, str]]


Asked = dict[str, str]  # question, previous, now
Answered = dict[str, Any]  # intent, and those of vendors, regions, products, metric, period that the peer has
Ask = Callable[[Asked], Answered]


def serve(learn: Callable[[Setup], Ask]) -> None:
    """Learn from the setup, then answer the questions of standard input."""
    lines = iter(sys.stdin)
    setup = Setup(**json.loads(next(lines)))
    out, sys.stdout = sys.stdout, sys.stderr  # whatever a library prints is not an answer
    began = time.perf_counter()
    ask = learn(setup)
    print(json.dumps({"ready": time.perf_counter() - began}), file=out, flush=True)
    for line in lines:
        answered, seconds = timed(ask, json.loads(line))
        print(json.dumps(answered | {"seconds": seconds}), file=out, flush=True)


def timed(ask: Callable[[Any], Any], asked: Any) -> tuple[Any, float]:
    """An answer and the seconds it took: the quickest of a few rounds, or the only one where that is slow."""
    took: list[float] = []
    while len(took) < ROUNDS and not (took and took[0] > SLOW):
        began = time.perf_counter()
        answered = ask(asked)
        took.append(time.perf_counter() - began)
    return answered, min(took)
