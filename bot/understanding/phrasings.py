"""The phrasings of each intent, and which of them a question is most like."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from bot.understanding.lexicon import Entry, Kind, Lexicon, language_files, stem
from bot.understanding.query import Intent
from bot.understanding.spans import UNIT_OF_SYMBOL, Reading
from bot.understanding.text import words

_ALWAYS_TAKEN = frozenset({"{analyst}", "{unit}", "ever", "past"})  # said besides in a question of any kind
_SLOT = re.compile(r"\{(vendor2|vendor|region|period|product|number|position|analyst)\}")
_WEIGHT = {
    "{vendor}": 1.0, "{vendor2}": 1.0, "{product}": 1.0, "{region}": 0.7, "{period}": 0.5, "{number}": 0.7,
    "{position}": 1.0,
    "doing": 0.3, "phone": 0.7, "first": 0.7, "market": 0.7, "elsewhere": 2.5, "vendor": 0.7, "sure": 0.7, "kind": 0.6,
    "{unit}": 0.4, "{analyst}": 0.6, "future": 0.1, "past": 0.1, "plural": 0.4, "ever": 0.4, "bot": 0.5,
}  # fmt: skip
_QUESTION_WEIGHT = 0.6
_WORD_WEIGHT = 1.2  # a word that nothing here knows
_NO_WORD_WEIGHT = 0.6
_QUESTIONS = {"who", "what", "which", "when", "where", "why", "how", "howmany"}


@dataclass(frozen=True)
class Phrasing:
    """One way to ask, as a set of features. `intent` None is a question that only looks like ours."""

    intent: Intent | None
    text: str
    features: frozenset[str]
    weight: float
    takes: frozenset[str]


@dataclass(frozen=True)
class Candidate:
    """A phrasing that a question may be, and how well it fits: 1 is all words of both explained."""

    phrasing: Phrasing
    score: float


@dataclass
class Phrasings:
    """All phrasings, found by the features they share with a question."""

    _of_feature: dict[str, list[Phrasing]] = field(default_factory=dict)

    def add(self, phrasing: Phrasing) -> None:
        for feature in phrasing.features:
            self._of_feature.setdefault(feature, []).append(phrasing)

    def best(self, features: Collection[str], most: int = 5) -> list[Candidate]:
        """The phrasings most like a question, one an intent, the best first."""
        shared: dict[int, float] = {}
        seen: dict[int, Phrasing] = {}
        for feature in features:
            for phrasing in self._of_feature.get(feature, ()):
                shared[id(phrasing)] = shared.get(id(phrasing), 0.0) + weigh(feature)
                seen[id(phrasing)] = phrasing
        top: dict[Intent | None, Candidate] = {}
        for key, weight in shared.items():
            phrasing = seen[key]
            asked = sum(weigh(one) for one in features if one in phrasing.features or one not in phrasing.takes)
            if not asked:
                continue
            score = 0.65 * weight / asked + 0.35 * weight / phrasing.weight
            known = top.get(phrasing.intent)
            if known is None or (score, phrasing.weight) > (known.score, known.phrasing.weight):
                top[phrasing.intent] = Candidate(phrasing, score)
        return sorted(top.values(), key=lambda one: (-one.score, -one.phrasing.weight))[:most]


def weigh(feature: str) -> float:
    """How much a feature counts in the comparison; a word that is no word (~) is likely a typo, and counts less."""
    if feature.startswith("w:~"):
        return _NO_WORD_WEIGHT
    if feature in _QUESTIONS:
        return _QUESTION_WEIGHT
    return _WEIGHT.get(feature, _WORD_WEIGHT if feature.startswith("w:") else 1.0)


def features_of(reading: Reading, ordinary: Collection[str]) -> frozenset[str]:
    """A question as features: slots, concepts, question words, and the words that nothing knows."""
    features = set()
    for span in reading.spans:
        if span.entry is None:
            known = span.typed in ordinary or span.typed.isdigit()
            features.add(f"w:{stem(span.typed)}" if known else f"w:~{stem(span.typed)}")
        elif span.entry.kind in (Kind.CONCEPT, Kind.QUESTION):
            features.add(span.entry.value)
            if span.entry.plural:
                features.add("plural")
    features |= {f"{{{kind}}}" for kind in (Kind.VENDOR, Kind.REGION, Kind.PRODUCT) if reading.slugs(kind)}
    if len(reading.slugs(Kind.VENDOR)) > 1:
        features.add("{vendor2}")
    if reading.found:
        features.add("{period}")
    if reading.amounts:
        features.add("{number}")
    if any(position > 1 for position in reading.positions):
        features.add("{position}")
    if reading.units:
        features.add("{unit}")
    if reading.said_by:
        features.add("{analyst}")
    return frozenset(features)


def build_phrasings(lexicon: Lexicon) -> Phrasings:
    """Read every phrasing of every language into features; what an intent takes is said in the English file."""
    phrasings = Phrasings()
    files = language_files("phrasings")
    sections = [(name, section) for file in files.values() for name, section in file.items()]
    takes_of = {
        name: _ALWAYS_TAKEN | {f"{{{slot}}}" for slot in section["takes"]} for name, section in files["en"].items()
    }
    for name, section in sections:
        intent, takes = None if name == "none" else Intent(name), takes_of[name]
        for text in section["phrasings"]:
            features = _phrasing_features(str(text), lexicon)
            extra = takes | ({"{vendor}"} if "{product}" in features else set())
            weight = sum(weigh(feature) for feature in features)
            phrasings.add(Phrasing(intent, text, features, weight, frozenset(extra)))
    return phrasings


def _phrasing_features(text: str, lexicon: Lexicon) -> frozenset[str]:
    features = {found[0] for found in _SLOT.finditer(text)}
    for piece in _SLOT.split(text)[::2]:
        typed, place = words(piece), 0
        while place < len(typed):
            for length in range(8 if typed[place] >= "\u2e80" else 4, 0, -1):
                entry: Entry | None = lexicon.phrases.get(" ".join(typed[place : place + length]))
                if entry and place + length <= len(typed):
                    break
            if entry is None:
                if lexicon.symbols.get(typed[place]) in UNIT_OF_SYMBOL:
                    features.add("{unit}")
                elif typed[place] not in lexicon.symbols:
                    features.add(f"w:{stem(typed[place])}")
                length = 1
            elif entry.value:
                features.add(entry.value)
                if entry.plural:
                    features.add("plural")
            place += length
    return frozenset(features)
