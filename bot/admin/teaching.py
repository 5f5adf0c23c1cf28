"""A word that people use and the bot does not know, taught as another name of a vendor, a region or a metric."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.admin.names import find_name, near_names
from bot.answering import Answering
from bot.understanding.lexicon import LONGEST_NAME, Kind, Lexicon
from bot.understanding.text import words
from store.engine import writing
from store.taught import Means, TaughtWord, teach, withdraw
from store.words import Metric

LONGEST = 64
_MOST = 6
_KINDS = {Means.VENDOR: Kind.VENDOR, Means.REGION: Kind.REGION}
METRICS = {
    Metric.SHIPMENTS: "shipments",
    Metric.MARKET_SHARE: "market share",
    Metric.RANK: "rank",
    Metric.GROWTH: "growth",
}
NO_WORD = "Write the word in letters: /teach doogee = Xiaomi"
TOO_LONG = f"A name has at most {LONGEST_NAME} words and {LONGEST} letters."
A_WORD_ALREADY = "“{word}” has a meaning already, which questions need; it cannot be another name."
A_NAME_ALREADY = "“{word}” is a name of {name} already."


class TeachingError(Exception):
    """The word cannot be taught; the message says why."""


@dataclass(frozen=True)
class Meaning:
    """What a word may be taught as: a vendor's or region's slug, or a metric; and how that is written."""

    means: Means
    value: str
    name: str


def meanings(text: str, lexicon: Lexicon) -> list[Meaning]:
    """The vendors, regions and metrics that somebody may mean by a text, the likeliest first."""
    name = lexicon.catalogue.name
    exact, near = [], []
    for means, kind in _KINDS.items():
        found = find_name(text, kind, lexicon)
        if found.slug and found.slug in (lexicon.catalogue.vendors, lexicon.catalogue.regions)[means is Means.REGION]:
            exact.append(Meaning(means, found.slug, name(found.slug)))
        else:
            near += [Meaning(means, slug, name(slug)) for slug in near_names("".join(words(text)), kind, lexicon)]
    listed = {said: Meaning(Means.METRIC, metric.value, said) for metric, said in METRICS.items()}
    written = " ".join(words(text))
    alike = process.extract(written, list(listed), scorer=fuzz.ratio, score_cutoff=75)
    exact += [listed[said] for said, score, _ in alike if score > 95]
    near += [listed[said] for said, score, _ in alike if score <= 95]
    near.sort(key=lambda one: -fuzz.ratio(written, one.name.casefold()))
    return [*exact, *near][:_MOST]


def exactly(text: str, lexicon: Lexicon) -> Meaning | None:
    """The one vendor, region or metric of that name; None where it is written otherwise, or is two things."""
    found = []
    for means, kind in _KINDS.items():
        slug = find_name(text, kind, lexicon, exact=True).slug
        if slug in lexicon.catalogue.vendors or slug in lexicon.catalogue.regions:
            found.append(Meaning(means, slug or "", lexicon.catalogue.name(slug or "")))
    said = " ".join(words(text)).replace("_", " ")
    found += [Meaning(Means.METRIC, metric.value, name) for metric, name in METRICS.items() if said == name]
    return found[0] if len(found) == 1 else None


def meaning_of(means: Means, value: str, lexicon: Lexicon) -> Meaning | None:
    """What a button says; None where the store has no such vendor or region any more."""
    if means is Means.METRIC:
        return Meaning(means, value, METRICS[Metric(value)]) if value in list(Metric) else None
    known = lexicon.catalogue.vendors if means is Means.VENDOR else lexicon.catalogue.regions
    return Meaning(means, value, lexicon.catalogue.name(value)) if value in known else None


def checked(word: str, lexicon: Lexicon) -> str:
    """The word as it is taught. Raises TeachingError where it is none, or means something already."""
    typed = words(word)
    taught = " ".join(typed)
    if not any(letter.isalpha() for letter in taught):
        raise TeachingError(NO_WORD)
    if len(typed) > 2 * LONGEST_NAME or (taught < "\u2e80" and len(typed) > LONGEST_NAME) or len(taught) > LONGEST:
        raise TeachingError(TOO_LONG)
    named = lexicon.names.get("".join(typed))
    if named:
        raise TeachingError(A_NAME_ALREADY.format(word=taught, name=lexicon.catalogue.name(named[0].value)))
    if taught in lexicon.phrases or taught in lexicon.symbols or taught in lexicon.numbers or taught in lexicon.spelled:
        raise TeachingError(A_WORD_ALREADY.format(word=taught))
    return taught


def teach_word(answering: Answering, word: str, meaning: Meaning, actor: str) -> TaughtWord | None:
    """Teach it; the next question is read with it. None where it was known. Raises TeachingError and StoreError."""
    lexicon = answering.understanding.lexicon
    taught = checked(word, lexicon)
    with writing(answering.engine) as session:
        found = teach(session, taught, meaning.means, meaning.value, actor, ambiguous=taught in lexicon.ordinary)
    answering.reload()
    return found


def withdraw_word(answering: Answering, row_id: int, actor: str) -> TaughtWord | None:
    """Take a taught word back; None where that was done. Raises StoreError."""
    with writing(answering.engine) as session:
        found = withdraw(session, row_id, actor)
    answering.reload()
    return found
