"""All words and names that questions are read by, indexed for exact and fuzzy look-up. Built once, then only read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.understanding.bigrams import Bigrams, read_bigrams
from bot.understanding.text import plain, words
from bot.understanding.typos import FuzzyIndex
from store.catalogue import Catalogue
from store.period import Period
from store.words import TOTAL, Metric

FOLDER = Path(__file__).parent
LONGEST_NAME = 4  # words


class Kind(StrEnum):
    """What a word or name stands for."""

    VENDOR = "vendor"
    REGION = "region"
    PRODUCT = "product"
    ANALYST = "analyst"
    CONCEPT = "concept"
    QUESTION = "question"
    FILLER = "filler"
    PERIOD = "period"
    WORD = "word"  # a word of a headline, with no meaning of its own


NAMES = (Kind.VENDOR, Kind.REGION, Kind.PRODUCT)


@dataclass(frozen=True)
class Entry:
    """What one word or name means. `value` is a slug, a concept or, for a period word, a symbol such as <quarter>."""

    kind: Kind
    value: str
    ambiguous: bool = False
    plural: bool = False


@dataclass(frozen=True)
class Story:
    """A headline as the set of its words, for matching; `own` are those that stand in few other headlines."""

    kind: str
    row_id: int
    vendor: str
    product: str | None
    region: str
    words: frozenset[str]
    period: Period | None = None


@dataclass(frozen=True)
class Lexicon:
    """What understanding is handed: words of the language files, names of the catalogue, and the catalogue itself."""

    catalogue: Catalogue
    phrases: Mapping[str, Entry]  # by words joined with spaces
    names: Mapping[str, tuple[Entry, ...]]  # by letters joined without spaces
    symbols: Mapping[str, str]  # words of time, by word
    numbers: Mapping[str, int]  # "third" and "3rd" are 3
    scales: Mapping[str, float]  # "crore" is 10 million
    spelled: Mapping[str, str]  # "wen" and "whens" are ways to write "when"
    ordinary: frozenset[str]
    fuzzy: FuzzyIndex
    parts: frozenset[str]  # words of names, which are nobody's typo
    phrase_words: frozenset[str]  # nor are words of phrases, in any language
    places: FuzzyIndex  # names of regions alone
    bigrams: Bigrams
    stories: tuple[Story, ...] = ()
    story_weight: Mapping[str, float] = field(default_factory=dict)
    told: frozenset[str] = frozenset()  # every word of a headline
    proper: frozenset[str] = frozenset()  # headline words that no dictionary has: names of people and things

    def meanings(self, key: str) -> tuple[Entry, ...]:
        """Every meaning of a key that the fuzzy index gave."""
        phrase = self.phrases.get(key)
        symbol = self.symbols.get(key)
        found = self.names.get(key, ())
        if phrase:
            found = (*found, phrase)
        elif symbol:
            found = (*found, Entry(Kind.PERIOD, symbol))
        return found or (Entry(Kind.WORD, key),)


_SINGULAR = {"vendors": "vendor", "launches": "launch"}  # "who are the leaders" is not "who is the leader"
_LETTERS_OF_QUARTERS = {"<q1>", "<q2>", "<q3>", "<q4>"}  # "ond" is nobody's typo
_FILLER = Entry(Kind.FILLER, "")
_CONCEPT_OF = {Metric.SHIPMENTS: "ship", Metric.MARKET_SHARE: "share", Metric.RANK: "rank", Metric.GROWTH: "grow"}
_MILLIONS = {"million": 1.0, "billion": 1000.0, "thousand": 0.001, "crore": 10.0, "lakh": 0.1}


@cache
def language_files(folder: str) -> Mapping[str, Mapping[str, Any]]:
    """The YAML files of a folder by language; English first, so that of two meanings a word has the English one."""
    paths = sorted((FOLDER / folder).glob("*.yaml"), key=lambda path: (path.stem != "en", path.stem))
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every word is text: "on" and "no" are no booleans
    return {path.stem: yaml.load(path.read_text("utf-8"), Loader=loader) for path in paths}  # noqa: S506


@cache
def words_under(section: str) -> frozenset[str]:
    """The words or phrases of a list that each language has under one name, such as its pronouns."""
    return frozenset(_cut(str(one)) for lists in language_files("words").values() for one in lists.get(section, ()))


@cache
def ordinary_words() -> frozenset[str]:
    """Correctly spelled English words, which are nobody's typo."""
    return frozenset((FOLDER / "words" / "ordinary.txt").read_text("utf-8").split())


def build_lexicon(catalogue: Catalogue, bigrams: Bigrams | None = None) -> Lexicon:
    """Index the words of every language and the names of a catalogue; the bigrams are those shipped, if not given."""
    phrases: dict[str, Entry] = {}
    symbols: dict[str, str] = {}
    numbers: dict[str, int] = {}
    scales: dict[str, float] = {}
    spelled: dict[str, str] = {}
    for lists in language_files("words").values():
        for section, kind in (
            ("concepts", Kind.CONCEPT),
            ("questions", Kind.QUESTION),
            ("analysts", Kind.ANALYST),
            ("fillers", Kind.FILLER),
        ):
            for value, spelling in _spellings(lists, section):
                if kind is Kind.QUESTION and " " not in spelling and " " not in value:
                    spelled.setdefault(spelling, " ".join(words(lists[section][value][0])))
                phrases.setdefault(spelling, Entry(kind, _SINGULAR.get(value, value), plural=value in _SINGULAR))
        for value, spelling in _spellings(lists, "periods"):
            symbols.setdefault(spelling, "<month>" if value == "monthunit" else f"<{value}>")
        for value, spelling in _spellings(lists, "ordinals"):
            numbers.setdefault(spelling, int(value))
        for value, spelling in _spellings(lists, "scales"):
            scales.setdefault(spelling, _MILLIONS[value])
    for word, metric in catalogue.metric_words:
        phrases[" ".join(words(word))] = Entry(Kind.CONCEPT, _CONCEPT_OF[metric])
    names = _index_names(catalogue)
    stories, weights, told = _index_stories(catalogue, phrases, symbols, numbers)
    fuzzy = FuzzyIndex()
    single = _single_words(language_files("words")["en"])
    owners = (catalogue.vendors, catalogue.regions, catalogue.products)
    parts = {word for kind in owners for owner in kind.values() for name in owner.names for word in words(name.text)}
    phrase_words = {
        key for lists in language_files("words").values() for key in _single_words(lists) - single if len(key) > 3
    }
    ordinary, bigrams = ordinary_words(), bigrams or read_bigrams()
    asked = {word for word, times in bigrams.seen.items() if times > 1 and word in ordinary}
    for key in {*names, *single, *told, *asked, *parts, *phrase_words}:
        if symbols.get(key) in _LETTERS_OF_QUARTERS:
            continue
        whole = key in phrases or key in symbols or key in numbers or key in scales
        ours = key in single and whole and phrases.get(key, _FILLER).value != "elsewhere"
        fuzzy.add(key, name=key in names and key not in single, minor=key not in names and not ours)
        plural = key in names and key not in single and key.isalpha() and len(key) > 3 and key[-1] != "s"
        if plural and f"{key}s" not in ordinary:
            fuzzy.add(f"{key[:-1]}ies" if key[-1] == "y" else f"{key}s", name=True)
    places = FuzzyIndex()
    for key, entries in names.items():
        if any(entry.kind is Kind.REGION for entry in entries):
            places.add(key, name=True)
    proper = frozenset(word_feature(word, phrases) for word in told - ordinary_words() if not word.isdigit())
    return Lexicon(
        catalogue,
        phrases,
        names,
        symbols,
        numbers,
        scales,
        spelled,
        ordinary_words(),
        fuzzy,
        frozenset(parts),
        frozenset(phrase_words | single),
        places,
        bigrams,
        tuple(stories),
        weights,
        frozenset(told),
        proper,
    )


_SECTIONS = ("concepts", "questions", "analysts", "fillers", "periods", "ordinals", "scales")


def _single_words(lists: Mapping[str, Any]) -> set[str]:
    """Every word of a language file, those of phrases too."""
    return {word for section in _SECTIONS for _, spelling in _spellings(lists, section) for word in spelling.split()}


def words_alone(lists: Mapping[str, Any]) -> set[str]:
    """The words of a language file that mean something by themselves."""
    return {spelling for section in _SECTIONS for _, spelling in _spellings(lists, section) if " " not in spelling}


def _spellings(lists: Mapping[str, Any], section: str) -> Iterable[tuple[str, str]]:
    """Each word or phrase of a section, after what it stands for; words that stand for nothing come with ""."""
    given = lists.get(section) or {}
    for value, spellings in given.items() if isinstance(given, dict) else [("", given)]:
        for spelling in spellings:
            yield str(value), _cut(str(spelling))


@cache  # the files stay as they are when the names are read again
def _cut(spelling: str) -> str:
    return " ".join(words(spelling))


def _index_names(catalogue: Catalogue) -> dict[str, tuple[Entry, ...]]:
    names: dict[str, tuple[Entry, ...]] = {}
    owners: Iterable[tuple[Kind, Mapping[str, Any]]] = (
        (Kind.VENDOR, catalogue.vendors),
        (Kind.REGION, catalogue.regions),
        (Kind.PRODUCT, catalogue.products),
    )
    for kind, owned in owners:
        for slug, owner in owned.items():
            if slug == TOTAL:
                continue  # "all vendors" is a way to ask, not a name
            for name in owner.names:
                key = "".join(words(name.text))
                entry = Entry(kind, slug, name.ambiguous)
                if key and not any(known.kind is kind and known.value == slug for known in names.get(key, ())):
                    names[key] = (*names.get(key, ()), entry)
    return names


def stem(word: str) -> str:
    """A word without its English ending, so that "licences" meets "licence"."""
    for ending in ("ies", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word.removesuffix("e") if len(word) > 4 else word


def _index_stories(
    catalogue: Catalogue, phrases: Mapping[str, Entry], symbols: Mapping[str, str], numbers: Mapping[str, int]
) -> tuple[list[Story], dict[str, float], set[str]]:
    """Headlines as word sets; how telling each word is, 1 where one headline in all has it; and all their spellings."""
    stories = []
    seen: dict[str, int] = {}
    spellings: set[str] = set()
    for headline in catalogue.headlines:
        typed = words(f"{headline.title} {headline.keywords}")
        own = {
            word
            for word in typed
            if not ((entry := phrases.get(word)) and entry.kind in (Kind.FILLER, Kind.QUESTION)) and not word.isdigit()
        }
        meaning = frozenset(
            [
                *(word_feature(word, phrases) for word in own),
                *(symbols[word] for word in own if symbols.get(word, "").startswith("<m")),
                *(f"<{numbers[word]}>" for word in own if word in numbers),
            ]
        )
        for feature in meaning:
            seen[feature] = seen.get(feature, 0) + 1
        spellings |= own
        period = Period.parse(headline.period) if headline.period else None
        stories.append(
            Story(headline.kind, headline.row_id, headline.vendor, headline.product, headline.region, meaning, period)
        )
    weights = {feature: 1.0 / count for feature, count in seen.items() if feature.startswith("w:")}
    return stories, weights, spellings


def word_feature(word: str, phrases: Mapping[str, Entry]) -> str:
    """What a word is matched by: its concept, or itself without its ending."""
    entry = phrases.get(word)
    if entry and entry.kind in (Kind.CONCEPT, Kind.QUESTION) and entry.value != "elsewhere":
        return entry.value
    return f"w:{stem(plain(word))}"
