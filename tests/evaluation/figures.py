"""What the scores of many questions come to: rates by group, wrong answers, confusions. Pure counting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from tests.evaluation.score import Gold, Score, rate
from tests.evaluation.typos import keyboard_typos

SLOTS = ("intent", "vendors", "metric", "regions", "period", "product")
MISLEADING = {"intent", "vendors", "metric", "regions", "period"}  # a slot read wrong, and the fact is another one
DRAWS = 3  # each question is mistyped this many times
TYPOS = 2  # slips a question
LANGUAGES = {"es": "Spanish", "hi": "Hindi", "zh": "Chinese", "pt": "Portuguese", "ru": "Russian"}


@dataclass(frozen=True)
class Group:
    """Some of the questions: how many, the part that is wholly right, and the part with each slot right (0 to 1)."""

    name: str
    count: int
    whole: float
    slots: tuple[float, ...]


def group(name: str, scores: Sequence[Score]) -> Group:
    """The rates of one group of questions."""
    return Group(name, len(scores), rate(scores), tuple(rate(scores, slot) for slot in SLOTS))


def kinds(scores: Sequence[Score]) -> list[Group]:
    """The groups by language and by how a question is asked; a question stands in every group that it belongs to."""
    asked: list[tuple[str, Callable[[frozenset[str]], bool]]] = [("English", _english)]
    asked += [(name, lambda tags, code=code: f"language:{code}" in tags) for code, name in LANGUAGES.items()]  # type: ignore[misc]
    asked += [
        ("English, no typo", lambda tags: _english(tags) and "typo" not in tags),
        ("English with typos", lambda tags: _english(tags) and "typo" in tags),
        ("follow-ups", lambda tags: "follow-up" in tags),
        ("relative periods", lambda tags: "relative-period" in tags),
        ("yes or no", lambda tags: "yes-no" in tags),
        ("unknown vendors", lambda tags: "unknown-vendor" in tags),
    ]
    return [group(name, [one for one in scores if belongs(one.gold.tags)]) for name, belongs in asked]


def intents(scores: Sequence[Score]) -> list[Group]:
    """The groups by the intent that a question has."""
    names = sorted({one.gold.intent for one in scores})
    return [group(name, [one for one in scores if one.gold.intent == name]) for name in names]


def _english(tags: frozenset[str]) -> bool:
    return not any(tag.startswith("language:") for tag in tags)


def mistyped(questions: Sequence[Gold], draw: int) -> list[Gold]:
    """The questions with random keyboard typos; the same draw gives the same ones."""
    return [
        replace(gold, question=keyboard_typos(gold.question, TYPOS, draw * 100_000 + at))
        for at, gold in enumerate(questions)
    ]


def misled(scores: Iterable[Score]) -> list[Score]:
    """The questions answered from facts that were not asked for."""
    return [one for one in scores if one.answered and MISLEADING & set(one.wrong)]


def confusions(scores: Iterable[Score]) -> list[tuple[str, str, int]]:
    """Right intent, found intent and how often, the most frequent first; a word taken for a name is told apart."""
    counted = Counter((one.gold.intent, _found(one)) for one in scores if "intent" in one.wrong)
    return [(gold, got, count) for (gold, got), count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))]


def _found(one: Score) -> str:
    return "none: unknown name" if one.query.unknown else one.got
