"""Reads launches out of one sentence: a vendor or product enters a region, on a day where one is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.admin.reading.candidate import FoundLaunch
from bot.admin.reading.certainty import hedge_at
from bot.admin.reading.context import Context
from bot.admin.reading.moments import Moment
from bot.admin.reading.names import Name, Sort
from bot.admin.reading.sentence import Sentence
from bot.admin.reading.small_words import small_words
from bot.admin.reading.subjects import Mention
from store.period import Kind, Period
from store.words import WORLD, Certainty

_PLACED = small_words("launches", "placed")
_SPOKEN_OF = small_words("launches", "spoken_of")
_LOOKS_AHEAD = small_words("launches", "looks_ahead")
_DONE = small_words("launches", "launches_done")
_FIRM = small_words("launches", "firm")
_DOUBT = small_words("launches", "doubt")
_FARTHEST = 16  # words between a launch and its place


@dataclass(frozen=True)
class _Part:
    """One statement of a sentence: the tokens from `start` up to `stop`, and the place of its verb, -1 for none."""

    start: int
    stop: int
    verb: int


def read_launches(sentence: Sentence, mentions: Sequence[Mention], context: Context) -> list[FoundLaunch]:
    """The launches that a sentence tells, one for each region."""
    if sentence.is_question or not sentence.cues.any(0, len(sentence.tokens), "launches", "arrives"):
        return []
    found: list[FoundLaunch] = []
    for part in _parts(sentence):
        told = _told(sentence, mentions, context, part, found)
        found += told or _guessed(sentence, part, found)
    return list({one.identity: one for one in found}.values())


def _parts(sentence: Sentence) -> list[_Part]:
    """The statements of a sentence: what stands between its dashes, "while" and ", and"."""
    bounds = [0]
    for at in range(len(sentence.tokens)):
        joined = sentence.lower(at) == "and" and _opens_statement(sentence, at)
        following = sentence.name_at(at + 2)
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
        _Part(start, stop, _verb(sentence, start, stop))
        for start, stop in zip(bounds, bounds[1:], strict=False)
        if stop > start
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


def _told(
    sentence: Sentence, mentions: Sequence[Mention], context: Context, part: _Part, earlier: Sequence[FoundLaunch]
) -> list[FoundLaunch]:
    if part.verb < 0 or _is_denied(sentence, part) or _is_of_another_thing(sentence, part):
        return []
    regions = _regions(sentence, context, part, earlier)
    who = _who(sentence, mentions, context, part) if regions else None
    if who is None:
        return []
    moment = _when(sentence, part)
    if moment is None and not sentence.cues.begins(part.verb, "enters"):
        return []
    if any(one.percent for one in sentence.amounts if part.start <= one.start < part.stop) and not (
        moment and (moment.days or moment.event)
    ):
        return []
    if sentence.cues.any(part.verb, part.verb + 4, "year_before"):
        return []  # "which was launched a year ago"
    vendor, products = who
    certainty = _certainty(sentence, part)
    found = []
    for at, region in enumerate(regions):
        own = _between(sentence, region, part.stop) if len(regions) > 1 else None
        day = own or moment
        when = _written(day, sentence, part, context) if day else ""
        found += [
            FoundLaunch(vendor, product, region.slug, when, certainty, sentence.text) for product in products or ("",)
        ]
    return found


def _between(sentence: Sentence, region: Name, stop: int) -> Moment | None:
    """The day told right after one of several regions: "in France on May 22 and Italy on May 24"."""
    return next((one for one in sentence.moments if region.stop <= one.start < stop), None)


def _is_denied(sentence: Sentence, part: _Part) -> bool:
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


def _is_of_another_thing(sentence: Sentence, part: _Part) -> bool:
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


def _regions(sentence: Sentence, context: Context, part: _Part, earlier: Sequence[FoundLaunch]) -> list[Name]:
    """Where something comes to: named near the verb, or "there", or where the sentence spoke of before."""
    named = [
        name
        for name in sentence.names
        if name.sort in (Sort.REGION, Sort.CITY)
        and part.start <= name.start < part.stop
        and name.start - part.verb <= 3 * _FARTHEST
        and part.verb - name.start <= _FARTHEST
        and _is_destination(sentence, name, part)
    ]
    if named:
        around = context.lexicon.catalogue.around
        day = next((one.start for one in sentence.moments if one.start > named[0].start), part.stop)
        named = (
            [name for name in named if name.start < day]
            if len(named) > 1 and not any(name.start > day for name in _in_one_list(sentence, named))
            else named
        )
        inner = [name for name in named if not any(name.slug in around(other.slug) for other in named)]
        return list({name.slug: name for name in _in_one_list(sentence, inner)}.values())
    before = [
        name.slug for name in sentence.sorted_names(Sort.REGION) if name.start < part.start and name.slug != WORLD
    ]
    if sentence.cues.any(part.start, part.stop, "there"):
        place = before[-1] if before else context.region or context.home_region
        return [Name(Sort.REGION, part.verb, part.verb, place)] if place and place != WORLD else []
    products = any(name.sort is Sort.PRODUCT and part.start <= name.start < part.stop for name in sentence.names)
    if (
        before
        and sentence.cues.any(part.start, part.stop, "event")
        and any(part.start <= one.start < part.stop for one in sentence.moments)
    ):
        return [Name(Sort.REGION, part.verb, part.verb, before[-1])]
    return [Name(Sort.REGION, part.verb, part.verb, earlier[-1].region)] if earlier and products else []


def _in_one_list(sentence: Sentence, named: list[Name]) -> list[Name]:
    """The first region and those that follow it in a row: "in the UK, France, Germany and Spain"."""
    row = [named[0]]
    for name in named[1:]:
        between = [sentence.lower(at) for at in range(row[-1].stop, name.start)]
        if all(
            word in small_words("launches", "in_row_of_regions")
            or word[0].isdigit()
            or sentence.moment_at(row[-1].stop + at)
            for at, word in enumerate(between)
        ):
            row.append(name)
    return row


def _is_destination(sentence: Sentence, name: Name, part: _Part) -> bool:
    """True for a region that something comes to."""
    if name.slug == WORLD or sentence.cues.at(name.start - 1, "abroad"):
        return False
    if any(
        sentence.lower(at) in ("markets", "countries", "places") for at in range(part.verb, name.start)
    ) and sentence.lower(name.start - 1) not in ("including", "as", "like", ","):
        return False
    if any(part.verb < one.start < name.start and not one.percent and not one.money for one in sentence.amounts):
        return False  # so many sold there
    after = sentence.lower(name.stop)
    if after == "-" and sentence.lower(name.stop + 1) in ("based", "headquartered", "made"):
        return False
    if name.adjective:
        return bool(sentence.cues.begins(name.stop, "market")) or after in small_words(
            "launches", "after_adjective_destination"
        )
    following = sentence.name_at(name.stop + (after == "'s"))
    if following and following.sort is Sort.VENDOR:
        return False
    before = name.start - 1
    while before >= part.start and _belongs_to_list(sentence, before):
        before -= 1
    word = sentence.lower(before)
    if word in _PLACED or sentence.cues.at(before, "launches", "arrives"):
        return True
    opens = before < part.start or word == "with"
    return opens and (
        bool(sentence.cues.any(name.stop, name.stop + 3, "launches", "arrives", "expected"))
        or after in ("is", "being", "will", "next")
    )


def _belongs_to_list(sentence: Sentence, at: int) -> bool:
    name = sentence.name_at(at)
    if name:
        return name.sort is Sort.REGION
    return sentence.lower(at) in small_words("launches", "between_regions") or bool(sentence.moment_at(at))


def _who(
    sentence: Sentence, mentions: Sequence[Mention], context: Context, part: _Part
) -> tuple[str, tuple[str, ...]] | None:
    """The vendor, and the products that arrive, if any are named; None where nobody is."""
    products = [
        name
        for name in sentence.sorted_names(Sort.PRODUCT)
        if part.start <= name.start < part.stop
        and sentence.lower(name.start - 1) not in ("than", "unlike", "like", "after", "(")
    ]
    if products:
        maker = _maker_before(sentence, products[0]) or products[0].slug
        maker = context.renamed.get(maker, maker)
        return maker, tuple(dict.fromkeys(name.text for name in products if name.slug == products[0].slug))
    whole = _Part(0, part.stop, part.verb) if sentence.cues.any(part.start, part.stop, "event") else part
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
    models = () if sentence.cues.begins(part.verb, "enters") else _bare_models(sentence, part)
    if chosen:
        return chosen.subject.vendors[0], models
    maker = (
        context.subject.vendors[0] if context.subject and len(context.subject.vendors) == 1 else context.headline_vendor
    )
    if models and maker:
        return maker, models
    if context.headline_vendor and sentence.cues.any(part.start, part.stop, "event"):
        return context.headline_vendor, ()
    if maker and _speaks_of_phone(sentence, part):
        return maker, ()
    return None


def _bare_models(sentence: Sentence, part: _Part) -> tuple[str, ...]:
    """ "Launched the V10", "the flagship X51 5G goes on sale": models that are named without their maker."""
    found = []
    for at in range(max(part.start, part.verb - 8), min(part.stop, part.verb + 5)):
        token = sentence.tokens[at]
        led = sentence.lower(at - 1) in small_words("launches", "before_model") or (
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


def _speaks_of_phone(sentence: Sentence, part: _Part) -> bool:
    text = " ".join(sentence.lower(at) for at in range(part.start, part.stop))
    return any(phrase in text for phrase in _SPOKEN_OF)


def _when(sentence: Sentence, part: _Part) -> Moment | None:
    """The day or month of the launch: the first told after its verb, else before it."""
    moments = [
        one
        for one in sentence.moments
        if part.start <= one.start < part.stop
        and (not one.compared or one.event or sentence.lower(one.start - 1) in ("from", "before"))
        and -12 <= one.start - part.verb <= 2 * _FARTHEST
        and not one.fiscal
        and one.period.kind is not Kind.RANGE
        and not _is_day_of_saying(sentence, one)
    ]
    after = [one for one in moments if one.start >= part.verb]
    return after[0] if after else moments[-1] if moments else None


def _is_day_of_saying(sentence: Sentence, one: Moment) -> bool:
    """ "The company said on Thursday" dates the words, not the launch."""
    at = one.start - 1
    while sentence.lower(at) in small_words("launches", "before_day_of_saying"):
        at -= 1
    return bool(sentence.cues.at(at, "said")) and sentence.lower(at) not in ("officially", "official", "announced")


def _written(moment: Moment, sentence: Sentence, part: _Part, context: Context) -> str:
    """The moment as a launch's date; one without a year lies ahead where the sentence looks ahead."""
    years = 0
    words = {sentence.lower(at) for at in range(part.start, moment.start)}
    ahead = words & _LOOKS_AHEAD and not words & _DONE
    if (
        not moment.dated
        and ahead
        and moment.period.end < context.today
        and moment.period.kind in (Kind.MONTH, Kind.QUARTER, Kind.HALF)
    ):
        years = 1
    if moment.days and moment.days[0] == moment.days[1]:
        day = moment.days[0]
        if (
            ahead
            and not moment.dated
            and day < context.today
            and moment.stop - moment.start > 1
            and day.replace(day=1) < context.today.replace(day=1)
        ):
            years = 1
        return day.replace(
            year=day.year + years, day=min(day.day, 28) if (day.month, day.day) == (2, 29) else day.day
        ).isoformat()
    if moment.days:
        return f"{moment.days[0]:%Y-%m}" if moment.days[0].month == moment.days[1].month else ""
    period = moment.period
    if years:
        period = Period.containing(period.start.replace(year=period.start.year + 1), period.kind)
    return str(period)


def _certainty(sentence: Sentence, part: _Part) -> Certainty:
    """A date that the vendor has set is confirmed, though it is to come; a guess is not."""
    hedge = hedge_at(sentence, part.verb, part.verb + 1)
    if hedge is Certainty.RUMOURED:
        return hedge
    near = {sentence.lower(at) for at in range(max(part.start, part.verb - 8), min(part.verb + 3, part.stop))}
    if near & _DOUBT or (hedge is Certainty.EXPECTED and not near & _FIRM):
        return Certainty.EXPECTED
    return Certainty.CONFIRMED


def _guessed(sentence: Sentence, part: _Part, earlier: Sequence[FoundLaunch]) -> list[FoundLaunch]:
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
