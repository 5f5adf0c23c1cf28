"""How likely each intent is by a question's clues: a linear model, whose weights are data (weights.json)."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

from bot.understanding.query import Intent

PATH = Path(__file__).parent / "weights.json"
SCALE = 100  # weights are kept as whole hundredths


@dataclass(frozen=True)
class Weights:
    """What each clue says for and against each intent; None is "none of the bot's business"."""

    intents: tuple[Intent | None, ...]
    start: tuple[int, ...]
    of_clue: Mapping[str, Sequence[int]]

    def likely(self, clues: Collection[str]) -> list[tuple[Intent | None, float]]:
        """Every intent and its probability, the likeliest first."""
        known = [self.of_clue[clue] for clue in clues if clue in self.of_clue]
        sums = [sum(column) / SCALE for column in zip(self.start, *known, strict=True)]
        top = max(sums)
        raised = [exp(one - top) for one in sums]
        whole = sum(raised)
        pairs = zip(self.intents, (one / whole for one in raised), strict=True)
        return sorted(pairs, key=lambda pair: -pair[1])


@cache
def read_weights() -> Weights:
    """The weights shipped; `make weights` writes them anew from the phrasings and the training questions."""
    kept = json.loads(PATH.read_text("utf-8"))
    intents = tuple(None if name == "none" else Intent(name) for name in kept["intents"])
    return Weights(intents, tuple(kept["start"]), kept["clues"])
