"""Resolves "it", "the company" and "the Korean firm" by what was told before."""

from __future__ import annotations

from bot.admin.reading.context import NOBODY, TOTAL_MARKET, Context, Subject
from bot.admin.reading.mentions import Mention, is_vendor
from bot.admin.reading.names import Sort
from bot.admin.reading.sentence import Sentence
from bot.admin.reading.small_words import small_words

_CITIES = {
    "beijing": "CN",
    "shenzhen": "CN",
    "shanghai": "CN",
    "dongguan": "CN",
    "seoul": "KR",
    "suwon": "KR",
    "cupertino": "US",
    "california": "US",
    "gurgaon": "IN",
    "gurugram": "IN",
    "taipei": "TW",
    "espoo": "FI",
    "finnish": "FI",
    "london": "GB",
    "tokyo": "JP",
}


def pronoun_at(
    sentence: Sentence, context: Context, place: int, found: list[Mention], named: list[str]
) -> Mention | None:
    """The mention that a pronoun or a description begins at a place: "it", "the Korean firm", "we"."""
    if sentence.cues.begins(place, "ours") and context.own_word and sentence.lower(place) != "us":
        return _we(context.own_word, place, found)
    stop = sentence.cues.begins(place, "company")
    country: str | None = None
    if not stop:
        described = _described(sentence, context, place)
        if described:
            stop, country = described
    if stop:
        return _company(sentence, context, place, stop, country, found, named)
    if sentence.lower(place) == "they" and not found and context.subject is not None:
        one = context.subject.nobody or len(context.subject.vendors) == 1
        return Mention(place, place + 1, context.subject) if one else None
    if sentence.lower(place) in ("it", "its") and not sentence.name_at(place):
        return _it(sentence, context, place, found, named)
    return None


def _we(vendor: str, place: int, found: list[Mention]) -> Mention | None:
    """The vendor whose own words an article is in."""
    if found and not found[-1].subject.nobody:
        return None
    return Mention(place, place + 1, Subject((vendor,)), named=True)


def _company(
    sentence: Sentence,
    context: Context,
    place: int,
    stop: int,
    country: str | None,
    found: list[Mention],
    named: list[str],
) -> Mention | None:
    """ "The company", "the Korean firm": the vendor named last, of that country where one is said."""
    if sentence.lower(place - 1) == "to" and sentence.lower(place - 2) == "according":
        return None
    if context.analyst_spoke and not found and not country:
        return Mention(place, stop, NOBODY)
    own = [slug for slug in named if country is None or _country(context, slug) == country]
    vendor = own[-1] if own else context.last_vendor(country)
    if vendor:
        return Mention(place, stop, Subject((vendor,)), named=True)
    return Mention(place, stop, NOBODY) if country else None


def _it(sentence: Sentence, context: Context, place: int, found: list[Mention], named: list[str]) -> Mention | None:
    """ "It" and "its", where they begin a new subject; not "it is said that"."""
    current = found[-1] if found else None
    if current and not current.object and not current.subject.nobody:
        return None
    if any(one.subject.total for one in found) and not named:
        return None
    follows = (sentence.lower(place + 3), sentence.lower(place + 4))
    if sentence.lower(place) == "it" and sentence.lower(place + 1) in ("is", "was") and "that" in follows:
        return None
    if named:
        return Mention(place, place + 1, Subject((named[-1],)), named=True)
    market_told = sentence.lower(place) == "it" and not found and sentence.cues.any(0, place, "market")
    if market_told and sentence.cues.any(place + 1, place + 3, "up", "down"):
        return Mention(place, place + 1, TOTAL_MARKET)  # "the market as a whole, because it fell by 4.5 percent"
    analyst = any(name.sort is Sort.ANALYST and name.start < place for name in sentence.names)
    analysts = (analyst or context.analyst_spoke) and not found
    if analysts and (sentence.lower(place) == "its" or context.analyst_spoke):
        return None
    if current and current.subject.nobody and not context.vendors:
        return None
    if context.subject and not context.subject.nobody and len(context.subject.vendors) < 2:
        return Mention(place, place + 1, context.subject, named=True)
    vendor = context.last_vendor()
    return Mention(place, place + 1, Subject((vendor,)), named=True) if vendor else None


def _country(context: Context, vendor: str) -> str | None:
    known = context.lexicon.catalogue.vendors.get(vendor)
    return known.country if known else None


def _described(sentence: Sentence, context: Context, place: int) -> tuple[int, str | None] | None:
    """ "The Chinese smartphone maker", "the Cupertino-based company": where it ends, and the country."""
    if sentence.lower(place) not in ("the", "this"):
        return None
    at = place + 1
    country: str | None = None
    for _ in range(6):
        name = sentence.name_at(at)
        word = sentence.lower(at)
        if word == "," and at > place + 1 and sentence.name_at(at + 1):
            at += 1  # "the Seoul, South Korea-based firm"
            continue
        if name and name.sort is Sort.REGION and (country is None or sentence.lower(at - 1) == ","):
            known = context.lexicon.catalogue.regions.get(name.slug)
            country = known.iso if known else None
            if country is None:
                return None
            at = name.stop
            continue
        if word in _CITIES and country is None:
            country = _CITIES[word]
            at += 1
            continue
        if word in small_words("describes_company"):
            at += 1
            continue
        break
    stop = sentence.cues.begins(at, "maker")
    if not country or not (stop or sentence.cues.at(at - 1, "maker")):
        return None
    stop = stop or at
    if sentence.lower(stop) in ("market", "shipments", "sales") or is_vendor(sentence.name_at(stop)):
        return None
    return stop, country
