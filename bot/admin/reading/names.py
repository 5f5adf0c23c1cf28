"""Finds vendors, regions, analysts and products in a sentence, by the names that questions use too."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.admin.reading.name_index import name_index, plain
from bot.admin.reading.small_words import small_words
from bot.admin.reading.tokens import Token
from bot.understanding.lexicon import Entry, Lexicon
from bot.understanding.lexicon import Kind as Means
from store.words import WORLD

_PRODUCTS = Path(__file__).parent / "words" / "products.yaml"
_WORDS_FIRST = small_words("words_first")
_MODEL = re.compile(r"(?:[A-Z]{0,3}\d{1,4}[A-Za-z]{0,2}\+?|[XVI]{1,3}[SRs]?)")
_TYPO_COST = 0.8
_LEAST_TYPO = 6  # letters
_WORLD_WORDS = {"worldwide", "global", "globally", "world", "theworld", "aroundtheworld"}
_MANY = small_words("many")


class Sort(StrEnum):
    """What a name in an article is."""

    VENDOR = "vendor"
    REGION = "region"
    CITY = "city"
    ANALYST = "analyst"
    PRODUCT = "product"


@dataclass(frozen=True)
class Name:
    """A name at the tokens from `start` up to `stop`: `slug` is a vendor's, a region's, or an analyst's name.

    A product is written in `text`, without its maker; `slug` is then the maker. `adjective` is "Indian" for India."""

    sort: Sort
    start: int
    stop: int
    slug: str
    text: str = ""
    adjective: bool = False


def find_names(tokens: Sequence[Token], lexicon: Lexicon) -> list[Name]:
    """Every name in the sentence in order, the longest where they overlap; a maker before a product is part of it."""
    found: list[Name] = []
    place = 0
    while place < len(tokens):
        name = (
            _wider_region(tokens, place)
            or _product(tokens, place, lexicon)
            or _known(tokens, place, lexicon)
            or _city(tokens, place)
            or _mistyped(tokens, place, lexicon)
        )
        if name:
            found.append(name)
            place = name.stop
        else:
            place += 1
    return found


def _known(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> Name | None:
    for length in range(name_index(lexicon).longest(tokens, place), 0, -1):
        window = tokens[place : place + length]
        if not _is_words(window):
            continue
        key = "".join(plain(token.lower) for token in window if token.text not in ("-", "/"))
        phrase = lexicon.phrases.get(" ".join(token.lower for token in window if token.text != "-"))
        if phrase and phrase.kind is Means.ANALYST and window[0].capital:
            return Name(Sort.ANALYST, place, place + length, phrase.value)
        for entry in lexicon.names.get(key, ()):
            if entry.kind is Means.VENDOR and _is_vendor(entry, tokens, place, length, key, lexicon):
                return Name(Sort.VENDOR, place, place + length, entry.value)
            money = tokens[place + length].text if place + length < len(tokens) else ""
            titled = key == "world" and place > 0 and window[0].capital and tokens[place - 1].lower != "the"
            if titled and tokens[place - 1].capital:
                continue  # "Mobile World Live"
            if entry.kind is Means.REGION and money != "$" and _is_region(entry, window, key):
                return Name(Sort.REGION, place, place + length, entry.value, "", _is_adjective(key, entry, lexicon))
    return None


@cache
def _first_words(of: str) -> frozenset[str]:
    return frozenset(name.split()[0] for names in _lists()[of].values() for name in names)


@cache
def _wider_regions() -> dict[tuple[str, ...], str]:
    return {tuple(name.split()): region for region, names in _lists()["regions"].items() for name in names}


def _wider_region(tokens: Sequence[Token], place: int) -> Name | None:
    """ "Southeast Asian", "EMEA": regions that the store names otherwise, or not at all; the latter's slug is empty."""
    if not tokens[place].capital or tokens[place].lower not in _first_words("regions"):
        return None
    for length in (7, 6, 5, 4, 3, 2, 1):
        key = tuple(token.lower for token in tokens[place : place + length])
        region = _wider_regions().get(key)
        if region is not None:
            adjective = key[-1].endswith(("ian", "ean", "ern"))
            return Name(Sort.REGION, place, place + length, "" if region == "nowhere" else region, "", adjective)
    return None


@cache
def _cities() -> dict[tuple[str, ...], str]:
    return {tuple(name.split()): region for region, names in _lists()["cities"].items() for name in names}


def _city(tokens: Sequence[Token], place: int) -> Name | None:
    if tokens[place].text not in _first_words("cities"):
        return None
    for length in (4, 3, 2, 1):
        region = _cities().get(tuple(token.text for token in tokens[place : place + length]))
        if region:
            return Name(Sort.CITY, place, place + length, region)
    return None


def _is_words(window: Sequence[Token]) -> bool:
    inner = window[1:-1]
    ends = (window[0], window[-1])
    return all(token.text[0].isalnum() and not token.number for token in ends) and all(
        token.text in ("-", "/") or token.text[0].isalnum() for token in inner
    )


def _is_vendor(entry: Entry, tokens: Sequence[Token], place: int, length: int, key: str, lexicon: Lexicon) -> bool:
    first = tokens[place]
    after = tokens[place + length] if place + length < len(tokens) else None
    if key == "yu" and first.text != "YU":
        return False  # a person's name
    if first.text.isascii() and (entry.ambiguous or length > 1 or len(key) < 4 or key in lexicon.ordinary):
        if not any(token.text != token.lower for token in tokens[place : place + length]):
            return False
        if key == "mi" and after and after.lower in small_words("after_mi"):
            return True
        if place == 0 and key in _WORDS_FIRST:
            return after is not None and (after.lower in small_words("after_first_name") or after.number)
    return not (key == "us" or (after is not None and after.text == "@"))


def _is_region(entry: Entry, window: Sequence[Token], key: str) -> bool:
    first = window[0]
    if entry.value == WORLD:
        return key in _WORLD_WORDS
    if not first.text.isascii():
        return True
    if key in small_words("short_regions"):
        return first.text.isupper() and key not in ("sea", "meta", "hk", "gulf")
    return first.capital or (
        not entry.ambiguous
        and len(key) > 5
        and first.lower == first.text
        and key not in ("turkey", "jordan", "guinea", "american", "western")
    )


def _is_adjective(key: str, entry: Entry, lexicon: Lexicon) -> bool:
    own = plain(lexicon.catalogue.regions[entry.value].name).replace(" ", "")
    return key != own and (
        key.endswith(("an", "ese", "ish", "ch", "i", "ic", "ss", "ek", "ean", "czech", "dutch", "british"))
        and key not in ("japan", "sudan", "iran", "oman", "dubai", "bhutan")
    )


def _mistyped(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> Name | None:
    """A capitalised word that is no word, one slip of the finger away from a vendor."""
    token = tokens[place]
    word = plain(token.lower)
    if not token.capital or len(word) < _LEAST_TYPO or not word.isalpha() or word in lexicon.ordinary or len(word) > 20:
        return None
    for match in lexicon.fuzzy.nearest(word, most=1, cost_at_most=_TYPO_COST):
        for entry in lexicon.names.get(match.key, ()):
            if entry.kind is Means.VENDOR and not entry.ambiguous and match.key[0] == word[0] and len(match.key) >= 5:
                return Name(Sort.VENDOR, place, place + 1, entry.value)
    return None


@cache
def _lists() -> dict[str, Any]:
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    lists: dict[str, Any] = yaml.load(_PRODUCTS.read_text("utf-8"), Loader=loader)  # noqa: S506
    return lists


@cache
def _families() -> tuple[dict[tuple[str, ...], str], frozenset[str], frozenset[str]]:
    lists = _lists()
    families = {tuple(name.split()): vendor for vendor, names in lists["families"].items() for name in names}
    return families, frozenset(lists["suffixes"]), frozenset(lists["starts"])


def _product(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> Name | None:
    """A model at this place: one that the store knows, or a family's name with a model's after it."""
    families, suffixes, starts = _families()
    if not tokens[place].text[0].isalnum() or tokens[place].number:
        return None
    known = _known_product(tokens, place, lexicon)
    own = _family(tokens, place, families, starts)
    if known and own and own[1] > known[1]:
        known = None  # "Redmi 5A" is not the first "Redmi"
    vendor, at = known or ("", place)
    if not known:
        maker = _known(tokens, place, lexicon)
        if maker and maker.sort is Sort.VENDOR:
            # "Samsung Galaxy" is a name of the vendor, and "Galaxy" a family.
            inner = _family(tokens, maker.stop, families, starts) or _family(tokens, place + 1, families, starts)
            if inner:
                vendor, at = maker.slug, inner[1]
        if at == place:
            if not own:
                return None
            vendor, at = own[0], own[1]
    at = _end_of_model(tokens, at, suffixes)
    text = _written(tokens[place:at])
    return Name(Sort.PRODUCT, place, at, vendor, _without_maker(text, vendor, lexicon))


def _family(
    tokens: Sequence[Token], place: int, families: dict[tuple[str, ...], str], starts: frozenset[str]
) -> tuple[str, int, tuple[str, ...]] | None:
    for length in (2, 1):
        name = tuple(token.text for token in tokens[place : place + length])
        if name not in families and all(part.isupper() for part in name):
            name = tuple(part.title() for part in name)
        if name not in families or place + length >= len(tokens):
            continue
        model = tokens[place + length]
        if model.text == "-" and place + length + 1 < len(tokens):
            continue
        if _is_model(tokens, place + length, families[name]) or (model.text in starts and name[0] in _LINES):
            return families[name], place + length + 1, name
    return None


_LINES = small_words("lines")
_NUMBERED = small_words("numbered")


def _is_model(tokens: Sequence[Token], place: int, vendor: str) -> bool:
    token = tokens[place]
    if token.number:
        after = tokens[place + 1].lower if place + 1 < len(tokens) else ""
        if after == "-" and place + 2 < len(tokens):
            after = tokens[place + 2].lower
        plain_number = token.text.isdigit() and len(token.text) <= 4 and not re.fullmatch(r"(?:19|20)\d\d", token.text)
        return plain_number and vendor in _NUMBERED and after not in _MANY and (len(token.text) < 3 or vendor == "hmd")
    return bool(_MODEL.fullmatch(token.text)) and not re.fullmatch(
        r"[1-4][QqHh]\d\d|[QHF]Y?[1-4]?\d{0,4}|I|V", token.text
    )


def _known_product(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> tuple[str, int] | None:
    for length in range(name_index(lexicon).longest(tokens, place), 0, -1):
        window = tokens[place : place + length]
        if not all(token.text[0].isalnum() for token in window) or not window[0].text.isascii():
            continue
        key = "".join(plain(token.lower) for token in window)
        if len(key) < 5 or not any(token.text != token.lower for token in window) or key in lexicon.ordinary:
            continue
        if key in ("iphone", "iphones", "galaxy"):
            continue
        for entry in lexicon.names.get(key, ()):
            if entry.kind is Means.PRODUCT and not entry.ambiguous:
                return lexicon.catalogue.products[entry.value].vendor, place + length
    return None


def _end_of_model(tokens: Sequence[Token], at: int, suffixes: frozenset[str]) -> int:
    taken = 0
    while at < len(tokens) and taken < 3:
        token, after = tokens[at], tokens[at + 1].lower if at + 1 < len(tokens) else ""
        glued = tokens[at - 1].stop == token.start
        if (
            (token.text in suffixes and (len(token.text) > 1 or glued))
            or (
                not token.number
                and re.fullmatch(r"[A-Z]{0,2}\d{1,3}[a-z]?", token.text)
                and not re.fullmatch(r"[QH][1-4]", token.text)
            )
            or (
                token.number
                and re.fullmatch(r"\d{1,2}", token.text)
                and after not in _MANY
                and tokens[at - 1].text in suffixes
            )
        ):
            at, taken = at + 1, taken + 1
        else:
            break
    return at


def _written(tokens: Sequence[Token]) -> str:
    text = tokens[0].text
    for before, token in itertools.pairwise(tokens):
        text += ("" if before.stop == token.start else " ") + token.text
    return text


_KEPT = small_words("kept")


def _without_maker(text: str, vendor: str, lexicon: Lexicon) -> str:
    """A model's name as shops write it: "Galaxy S9", not "Samsung Galaxy S9"; but "OnePlus 6T" and "Nokia 6"."""
    names = (
        [name.text for name in lexicon.catalogue.vendors[vendor].names] if vendor in lexicon.catalogue.vendors else []
    )
    first, _, rest = text.partition(" ")
    if (
        rest
        and first.casefold() in {name.casefold() for name in names}
        and first.casefold() not in (*_KEPT, "moto", "pixel", "iphone", "galaxy", "mi", "xperia", "zenfone")
    ):
        return rest
    return text
