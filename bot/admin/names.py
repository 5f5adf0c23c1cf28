"""The vendor, region or product that an admin means, by the names and typing errors that questions are read with."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.understanding.lexicon import Kind, Lexicon
from bot.understanding.text import words
from store.words import TOTAL

_ALL_VENDORS = {"total", "market", "allvendors", "all", "everyone", "wholemarket", "totalmarket"}
_LEAST_LIKE = 60
_MOST_NEAR = 4


@dataclass(frozen=True)
class Named:
    """`slug` where the name is known; `mended` where it was written otherwise; else those that look like it."""

    slug: str | None
    mended: bool = False
    near: tuple[str, ...] = ()


def find_name(text: str, kind: Kind, lexicon: Lexicon, *, exact: bool = False) -> Named:
    """What a name stands for; `exact`, without typing errors."""
    key = "".join(words(text))
    if kind is Kind.VENDOR and key in _ALL_VENDORS:
        return Named(TOTAL)
    slug = _of_kind(key, kind, lexicon)
    if slug or not key or exact:
        return Named(slug)
    indexes = (lexicon.places, lexicon.fuzzy) if kind is Kind.REGION else (lexicon.fuzzy,)
    for index in indexes:
        for match in index.nearest(key, most=5):
            slug = _of_kind(match.key, kind, lexicon)
            if slug:
                return Named(slug, mended=True)
    return Named(None, near=near_names(key, kind, lexicon))


def near_names(key: str, kind: Kind, lexicon: Lexicon) -> tuple[str, ...]:
    """The slugs of that kind that are written most like it."""
    written = {name: entry.value for name, entries in lexicon.names.items() for entry in entries if entry.kind is kind}
    found = process.extract(key, list(written), scorer=fuzz.ratio, limit=12, score_cutoff=_LEAST_LIKE)
    return tuple(dict.fromkeys(written[name] for name, _, _ in found))[:_MOST_NEAR]


def _of_kind(key: str, kind: Kind, lexicon: Lexicon) -> str | None:
    return next((entry.value for entry in lexicon.names.get(key, ()) if entry.kind is kind), None)
