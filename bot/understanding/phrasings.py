"""The phrasings of each intent (phrasings/*.yaml), as questions with names left open."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.understanding.clues import key_of, tokens_of
from bot.understanding.lexicon import FOLDER, Lexicon, language_files
from bot.understanding.query import Intent
from bot.understanding.spans import read
from bot.understanding.text import words
from bot.understanding.weights import Weights

TODAY = date(2017, 11, 1)
NAMES = {
    "vendor": ("xiaomi", "samsung", "vivo", "lenovo", "huawei"),
    "vendor2": ("oppo", "apple", "lg"),
    "region": ("india", "spain", "europe", "china"),
    "period": ("Q3 2017", "2016", "last month", "the first half of 2016"),
    "product": ("mi a1", "iphone x", "mate 30 pro"),
    "number": ("10 million", "25%", "3 million"),
    "position": ("second", "third"),
    "analyst": ("idc", "canalys"),
}  # fmt: skip
FOLLOWS = "follows "  # before the key of a phrasing that is asked only after another question


class PhrasingError(Exception):
    """A phrasing file that cannot be read, and what to do about it."""


@dataclass(frozen=True)
class Phrasing:
    """One way to ask. `intent` is a name, "none" for a question that only looks like ours."""

    language: str
    intent: str
    text: str
    follows: bool = False


def phrasings() -> Iterator[Phrasing]:
    """Every phrasing of every language, English first."""
    for language, file in language_files("phrasings").items():
        for intent, section in file.items():
            for text in section["phrasings"]:
                yield Phrasing(language, intent, str(text))
            for text in section.get("follow_ups") or ():
                yield Phrasing(language, intent, str(text), follows=True)


def fingerprint() -> str:
    """Changes when a phrasing or a word does."""
    kept = hashlib.sha256()
    for folder in ("phrasings", "words"):
        for path in sorted((FOLDER / folder).glob("*.yaml")):
            kept.update(path.read_bytes())
    return kept.hexdigest()[:16]


def with_names(phrasing: str, turn: int = 0) -> str:
    """A phrasing as a question: its slots filled with names, other ones each turn. Raises PhrasingError."""
    try:
        return re.sub(r"\{(\w+)\}", lambda slot: NAMES[slot[1]][turn % len(NAMES[slot[1]])], phrasing)
    except KeyError as error:
        slots = ", ".join(f"{{{slot}}}" for slot in NAMES)
        raise PhrasingError(f"{phrasing!r} names {{{error.args[0]}}}; the slots there are: {slots}") from None


def key_of_phrasing(phrasing: Phrasing, lexicon: Lexicon) -> str:
    """What a question must read as to be this phrasing."""
    reading = read(words(with_names(phrasing.text)), lexicon, TODAY)
    return (FOLLOWS if phrasing.follows else "") + key_of(tokens_of(reading, lexicon))


def known_phrasings(lexicon: Lexicon, weights: Weights) -> Mapping[str, tuple[Intent | None, ...]]:
    """The intents of each phrasing by its key. Read from the weights; where a file was changed since, read anew."""
    if weights.learnt_from == fingerprint():
        return weights.phrasings
    found: dict[str, tuple[Intent | None, ...]] = {}
    for phrasing in phrasings():
        key = key_of_phrasing(phrasing, lexicon)
        intent = None if phrasing.intent == "none" else Intent(phrasing.intent)
        found[key] = tuple(dict.fromkeys((*found.get(key, ()), intent)))
    return found
