"""How likely one word is after another, counted in the questions we learn from (bigrams.json); a name counts as any
name of its kind.

A bigram model with absolute discounting (Ney, Essen and Kneser, 1994)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import log
from pathlib import Path

PATH = Path(__file__).parent / "bigrams.json"
START, END, UNKNOWN = "^", "$", "?"
_DISCOUNT = 0.7
_RARELY = 0.3  # times that a name nobody asked for yet counts as seen
_NAMES = 1500  # about so many names a kind has


@dataclass(frozen=True)
class Bigrams:
    """Counts: `after[one][other]` how often the other word came right after the one, `names` how often each name."""

    after: Mapping[str, Mapping[str, int]]
    names: Mapping[str, Mapping[str, int]]
    seen: Mapping[str, int]
    whole: int

    @classmethod
    def of(cls, after: Mapping[str, Mapping[str, int]], names: Mapping[str, Mapping[str, int]]) -> Bigrams:
        seen: dict[str, int] = {}
        for following in after.values():
            for word, count in following.items():
                seen[word] = seen.get(word, 0) + count
        return cls(after, names, seen, sum(seen.values()))

    def cost(self, before: str, word: str) -> float:
        """How unlikely a word (or kind of name) is after another, as minus the logarithm of its probability.

        The word must be one that was seen."""
        alone = self.seen[word] / self.whole
        following = self.after.get(before)
        if not following:
            return -log(alone)
        times = sum(following.values())
        together = max(following.get(word, 0) - _DISCOUNT, 0.0)
        return -log((together + _DISCOUNT * len(following) * alone) / times)

    def cost_of_name(self, kind: str, name: str) -> float:
        """How unlikely a name is among those of its kind."""
        known = self.names.get(kind, {})
        return -log((known.get(name, 0) + _RARELY) / (sum(known.values()) + _RARELY * _NAMES))


def count(questions: Iterable[Sequence[tuple[str, str]]]) -> Bigrams:
    """Count words of questions; each is given as its class (itself, or the kind of a name) and as it is written."""
    after: dict[str, dict[str, int]] = {}
    names: dict[str, dict[str, int]] = {}
    for question in questions:
        for kind, written in question:
            if kind[0] == "{":
                of_kind = names.setdefault(kind, {})
                of_kind[written] = of_kind.get(written, 0) + 1
        for one, other in pairwise([START, *(kind for kind, _ in question), END]):
            following = after.setdefault(one, {})
            following[other] = following.get(other, 0) + 1
    return Bigrams.of(after, names)


def write(bigrams: Bigrams, path: Path = PATH) -> None:
    """One word a line, so that a change can be read."""

    def lines(counts: Mapping[str, Mapping[str, int]]) -> str:
        rows = (
            f"{_short(word)}:{_short(dict(sorted(counts[word].items(), key=lambda one: (-one[1], one[0]))))}"
            for word in sorted(counts)
        )
        return "{\n" + ",\n".join(rows) + "}"

    path.write_text(f'{{"after":{lines(bigrams.after)},\n"names":{lines(bigrams.names)}}}\n', "utf-8")


def _short(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@cache
def read_bigrams() -> Bigrams:
    """The counts shipped; `make weights` writes them anew."""
    kept = json.loads(PATH.read_text("utf-8"))
    return Bigrams.of(kept["after"], kept["names"])
