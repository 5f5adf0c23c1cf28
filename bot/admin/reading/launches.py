"""Reads launches out of one sentence: a vendor or product enters a region, on a day where one is told."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from bot.admin.reading.candidate import FoundLaunch
from bot.admin.reading.context import Context
from bot.admin.reading.destinations import Part, regions_of
from bot.admin.reading.launch_dates import launch_certainty, moment_after, moment_of, written_date
from bot.admin.reading.mentions import Mention
from bot.admin.reading.names import Name, Sort
from bot.admin.reading.sentence import Sentence
from bot.admin.reading.small_words import small_words
from store.words import WORLD, Certainty

_SPOKEN_OF = small_words("spoken_of")


def read_launches(sentence: Sentence, mentions: Sequence[Mention], context: Context) -> list[FoundLaunch]:
    """The launches that a sentence tells, one for each region."""
    if sentence.is_question or not sentence.cues.any(0, len(sentence.tokens), "launches", "arrives"):
        return []
    found: list[FoundLaunch] = []
    for part in _parts(sentence):
        told = _told(sentence, mentions, context, part, found)
        found += told or _guessed(sentence, part, found)
    return list({one.identity: one for one in found}.values())


def _parts(sentence: Sentence) -> list[Part]:
    """The statements of a sentence: what stands between its dashes, "while" and ", and"."""
    bounds = [0]
    for at in range(len(sentence.tokens)):
        joined = sentence.lower(at) == "and" and _opens_statement(sentence, at)
        following = sentence.name_at(at + 2)
        joined = joined or (
            sentence.lower(at) in ("following", "after") and sentence.cues.any(at + 1, at + 4, "launches")
        )
        joined = joined or (
            sentence.lower(at) == ","
            and sentence.lower(at + 1) == "with"
            and following is not None
            and following.sort is Sort.REGION
        )
        if (sentence.cuts(at) and not _goes_on(sentence, at)) or joined:
            bounds.append(at + 1)
    bounds.append(len(sentence.tokens))
    return [
        Part(start, stop, _verb(sentence, start, stop)) for start, stop in itertools.pairwise(bounds) if stop > start
    ]


def _goes_on(sentence: Sentence, at: int) -> bool:
    """True for a semicolon between groups of regions: "France and UK on 21 June; Italy on 24 June"."""
    name = sentence.name_at(at + 1) or sentence.name_at(at + 2)
    return sentence.lower(at) == ";" and name is not None and name.sort is Sort.REGION


def _opens_statement(sentence: Sentence, at: int) -> bool:
    """True for an "and" that begins a new statement, not one between two names."""
    following = sentence.name_at(at + 1) or sentence.name_at(at + 2)
    if following and following.sort is Sort.REGION:
        return False
    if sentence.lower(at - 1) == ",":
        return True
    return sentence.cues.any(at + 1, at + 4, "launches") and not (following and following.sort is Sort.PRODUCT)


def _verb(sentence: Sentence, start: int, stop: int) -> int:
    """The place of the word that tells a launch; some tell one only right before a region ("hit India")."""
    strong = sentence.cues.first(start, stop, "launches")
    while strong >= 0 and _is_no_launch(sentence, strong):
        strong = sentence.cues.first(strong + 1, stop, "launches")
    if strong >= 0:
        return strong
    for at in range(start, stop):
        end = sentence.cues.begins(at, "arrives")
        if end:
            name = sentence.name_at(end) or sentence.name_at(end + 1)
            before = sentence.name_at(at - 1)
            if any(one and one.sort is Sort.REGION and one.slug != WORLD for one in (name, before)):
                return at
    return -1


def _is_no_launch(sentence: Sentence, at: int) -> bool:
    """ "Prior to the launch of", "its launch dates": words that only refer to a launch."""
    end = (sentence.cues.at(at, "launches") or (at, at + 1))[1]
    if sentence.lower(end) in ("date", "dates", "schedule", "timeline", "price", "event") and end == at + 1:
        return sentence.lower(end) != "event"
    if sentence.lower(at) == "event" and sentence.lower(at - 2) in ("at", "during"):
        return True
    before = at - 1 - (sentence.lower(at - 1) in ("the", "its"))
    return sentence.lower(before) in ("before", "ahead") or (
        sentence.lower(before) in ("to", "of") and sentence.lower(before - 1) in ("prior", "ahead")
    )


def _told(
    sentence: Sentence, mentions: Sequence[Mention], context: Context, part: Part, earlier: Sequence[FoundLaunch]
) -> list[FoundLaunch]:
    if sentence.cues.begins(part.verb, "enters") and sentence.cues.any(part.verb + 1, part.verb + 4, "groups", "place"):
        return []  # "entered the top five in Germany"
    if part.verb < 0 or _is_denied(sentence, part) or _is_of_another_thing(sentence, part):
        return []
    regions = regions_of(sentence, context, part, earlier)
    who = _who(sentence, mentions, context, part) if regions else None
    if who is None:
        return []
    moment = moment_of(sentence, part)
    if moment is None and not sentence.cues.begins(part.verb, "enters"):
        return []
    only_event = sentence.lower(part.verb) == "event"
    if only_event and (moment is None or moment.days is None):
        return []
    if any(one.percent for one in sentence.amounts if part.start <= one.start < part.stop) and not (
        moment and (moment.days or moment.event)
    ):
        return []
    if sentence.cues.any(part.verb, part.verb + 4, "year_before"):
        return []  # "which was launched a year ago"
    vendor, products = who
    certainty = launch_certainty(sentence, part)
    found = []
    for region in regions:
        own = moment_after(sentence, region, part.stop) if len(regions) > 1 else None
        day = own or moment
        when = written_date(day, sentence, part, context) if day else ""
        found += [
            FoundLaunch(vendor, product, region.slug, when, certainty, sentence.text) for product in products or ("",)
        ]
    return found


def _is_denied(sentence: Sentence, part: Part) -> bool:
    cues = sentence.cues
    for at in range(part.start, part.stop):
        only = sentence.lower(at) in ("not", "no") and sentence.lower(at + 1) in (
            "only",
            "just",
            ".",
            "later",
            "surprise",
            "longer",
        )
        if (cues.at(at, "denied") and not only) or cues.at(at, "past_plan", "withdrawn"):
            return True
    return cues.any(part.start, part.verb, "conditional")


def _is_of_another_thing(sentence: Sentence, part: Part) -> bool:
    """True where what is launched is no phone: a shop, an update, a watch."""
    product = next((name for name in sentence.sorted_names(Sort.PRODUCT) if name.start >= part.verb), None)
    end = (sentence.cues.at(part.verb, "launches", "arrives") or (0, part.verb + 1))[1]
    if sentence.cues.any(
        end, min(end + 5, product.start if product else end + 5), "other_things"
    ) and not _speaks_of_phone(sentence, part):
        return True
    if any(name.sort is Sort.PRODUCT and part.start <= name.start < part.stop for name in sentence.names):
        return False
    if _speaks_of_phone(sentence, part):
        return False
    return sentence.cues.any(max(part.start, part.verb - 5), min(part.stop, part.verb + 9), "other_things", "papers")


def _who(
    sentence: Sentence, mentions: Sequence[Mention], context: Context, part: Part
) -> tuple[str, tuple[str, ...]] | None:
    """The vendor, and the products that arrive, if any are named; None where nobody is."""
    products = [
        name
        for name in sentence.sorted_names(Sort.PRODUCT)
        if part.start <= name.start < part.stop
        and sentence.lower(name.start - 1) not in ("than", "unlike", "like", "after", "(")
    ]
    if products:
        named_as = _maker_before(sentence, products[0]) or products[0].slug
        return context.renamed.get(named_as, named_as), tuple(
            dict.fromkeys(name.text for name in products if name.slug == products[0].slug)
        )
    whole = Part(0, part.stop, part.verb) if sentence.cues.any(part.start, part.stop, "event") else part
    if _speaks_of_phone(sentence, whole) and context.product:
        return context.product[0], (context.product[1],)
    named = [one for one in mentions if one.named and len(one.subject.vendors) == 1 and not one.taken_over]
    inside = [
        one for one in named if part.start <= one.start < part.stop and not (one.object and one.start > part.verb)
    ]
    chosen = next((one for one in inside if not one.object), inside[0] if inside else None)
    if chosen is None:
        before = [one for one in named if one.start < part.start and not one.object]
        chosen = before[-1] if before else None
        earlier = [name for name in sentence.sorted_names(Sort.PRODUCT) if name.start < part.start]
        if (
            earlier
            and not sentence.cues.begins(part.verb, "enters")
            and (chosen is None or earlier[-1].slug == chosen.subject.vendors[0])
        ):
            return earlier[-1].slug, (earlier[-1].text,)
    several = any(
        one.named and len(one.subject.vendors) > 1 and part.start <= one.start < part.verb for one in mentions
    )
    if chosen is None and several:
        return None
    models = () if sentence.cues.begins(part.verb, "enters") else _bare_models(sentence, part)
    if chosen:
        return chosen.subject.vendors[0], models
    alone = context.subject and len(context.subject.vendors) == 1
    maker = context.subject.vendors[0] if context.subject and alone else context.headline_vendor
    if models and maker:
        return maker, models
    if context.headline_vendor and sentence.cues.any(part.start, part.stop, "event"):
        return context.headline_vendor, ()
    if maker and _speaks_of_phone(sentence, part):
        return maker, ()
    return None


def _bare_models(sentence: Sentence, part: Part) -> tuple[str, ...]:
    """ "Launched the V10", "the flagship X51 5G goes on sale": models that are named without their maker."""
    found: list[str] = []
    for at in range(max(part.start, part.verb - 8), min(part.stop, part.verb + 5)):
        token = sentence.tokens[at]
        led = sentence.lower(at - 1) in small_words("before_model") or (
            found and sentence.lower(at - 1) in ("and", ",")
        )
        if led and re.fullmatch(r"[A-PR-Z]{1,2}\d{1,3}[a-z]?", token.text) and not sentence.name_at(at):
            more = sentence.tokens[at + 1].text if at + 1 < part.stop else ""
            found.append(
                f"{token.text} {more}" if more in ("5G", "Pro", "Plus", "Lite", "Ultra", "Max") else token.text
            )
    return tuple(found)


def _maker_before(sentence: Sentence, product: Name) -> str | None:
    """The vendor right before a product, which may sell it under another's name."""
    for name in sentence.sorted_names(Sort.VENDOR):
        if name.stop == product.start or (sentence.lower(name.stop) == "'s" and name.stop + 1 == product.start):
            return name.slug
    return None


def _speaks_of_phone(sentence: Sentence, part: Part) -> bool:
    text = " ".join(sentence.lower(at) for at in range(part.start, part.stop))
    return any(phrase in text for phrase in _SPOKEN_OF)


def _guessed(sentence: Sentence, part: Part, earlier: Sequence[FoundLaunch]) -> list[FoundLaunch]:
    """ "... and we'd expect the Mi A1": the product that is guessed for the launch told just before."""
    if not earlier or earlier[-1].product:
        return []
    hedged = sentence.cues.any(part.start, part.stop, "expected")
    products = [name for name in sentence.sorted_names(Sort.PRODUCT) if part.start <= name.start < part.stop]
    last = earlier[-1]
    return [
        FoundLaunch(last.vendor, name.text, last.region, last.date, Certainty.EXPECTED, sentence.text)
        for name in products
        if hedged and name.slug == last.vendor
    ]
