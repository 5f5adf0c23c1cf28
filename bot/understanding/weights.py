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
    """What each clue says for and against each intent; None is "none of the bot's business".

    `phrasings` are the intents of each known phrasing by its key, as read when the weights were learnt."""

    learnt_from: str
    intents: tuple[Intent | None, ...]
    start: tuple[int, ...]
    of_clue: Mapping[str, Sequence[int]]
    phrasings: Mapping[str, tuple[Intent | None, ...]]

    def likely(self, clues: Collection[str]) -> list[tuple[Intent | None, float]]:
        """Every intent and its probability, the likeliest first."""
        known = [self.of_clue[clue] for clue in clues if clue in self.of_clue]
        sums = [sum(column) / SCALE for column in zip(self.start, *known, strict=True)]
        top = max(sums)
        raised = [exp(one - top) for one in sums]
        whole = sum(raised)
        pairs = zip(self.intents, (one / whole for one in raised), strict=True)
        return sorted(pairs, key=lambda pair: -pair[1])


def _intent(name: str) -> Intent | None:
    return None if name == "none" else Intent(name)


def weights_of(kept: Mapping[str, object]) -> Weights:
    """The weights from the values of the file."""
    names: Sequence[str] = kept["intents"]  # type: ignore[assignment]
    start: Sequence[int] = kept["start"]  # type: ignore[assignment]
    of_clue: Mapping[str, Sequence[int]] = kept["clues"]  # type: ignore[assignment]
    by_key: Mapping[str, str] = kept["phrasings"]  # type: ignore[assignment]
    groups = {group: tuple(_intent(name) for name in group.split()) for group in set(by_key.values())}
    return Weights(
        str(kept["learnt_from"]),
        tuple(_intent(name) for name in names),
        tuple(start),
        of_clue,
        {key: groups[group] for key, group in by_key.items()},
    )


@cache
def read_weights() -> Weights:
    """The weights shipped; `make weights` writes them anew from the phrasings and the training questions."""
    return weights_of(json.loads(PATH.read_text("utf-8")))
