"""Reads places in a ranking out of one sentence: "fifth", "No. 2", "second-largest vendor", "led the market"."""

from __future__ import annotations

from collections.abc import Iterator

from bot.admin.reading.candidate import FoundFact
from bot.admin.reading.certainty import certainty_at
from bot.admin.reading.context import Context, Subject
from bot.admin.reading.exclusions import is_part_of_market, within_part
from bot.admin.reading.mentions import Mention
from bot.admin.reading.names import Sort
from bot.admin.reading.places import Place, find_places
from bot.admin.reading.sentence import Sentence
from bot.admin.reading.small_words import small_words
from bot.admin.reading.when_told import period_at
from bot.admin.reading.where_told import is_market, region_at, sells
from store.period import Kind
from store.words import WORLD, Metric

_LOSING = small_words("losing")


def read_ranks(sentence: Sentence, mentions: list[Mention], context: Context) -> list[FoundFact]:
    """The places in rankings that a sentence tells."""
    if sentence.is_question or (sentence.lower(0) in ("comparing", "compared") and len(sentence.moments) > 1):
        return []
    places = find_places(sentence)
    shared = _shared_out(sentence, mentions, places)
    found: list[FoundFact] = []
    for at, place in enumerate(places):
        subjects = [shared[at]] if at in shared else _subjects(sentence, mentions, place, context)
        if _is_excluded(sentence, place, context.feature_phones):
            continue
        for vendor in subjects:
            found += _fact(sentence, place, vendor, context)
    return found


def _fact(sentence: Sentence, place: Place, vendor: str, context: Context) -> Iterator[FoundFact]:
    subject = Subject((vendor,))
    period = period_at(sentence, place.start, place.stop, False, subject, context)
    region = (
        _region_inside(sentence, place)
        or _region_before(sentence, place)
        or region_at(sentence, place.start, place.stop, context, subject)
    )
    if period is None or region is None:
        return
    certainty = certainty_at(sentence, place.start, place.stop, subject, Metric.RANK, context)
    if not certainty.happened and not any(one.days is None for one in sentence.moments):
        return
    if certainty.happened and period.start > context.today:
        return
    if period.kind is Kind.RANGE and not any(one.period == period for one in sentence.moments):
        return
    if (context.today - period.end).days > 430 and not any(one.period == period for one in sentence.moments):
        return  # "is now second" in an article that last spoke of years ago
    placed = any(name.slug == region for name in sentence.sorted_names(Sort.REGION))
    yield FoundFact(vendor, Metric.RANK, float(place.value), region, period, certainty, sentence.text, placed)


def _region_inside(sentence: Sentence, place: Place) -> str | None:
    """ "Led the African smartphone market", "the top spot in India"."""
    named = [name for name in sentence.sorted_names(Sort.REGION) if place.start <= name.start < place.stop]
    return named[0].slug if named and is_market(sentence, named[0]) else None


def _region_before(sentence: Sentence, place: Place) -> str | None:
    """ "The world's fifth", "India's largest": the region right before a place."""
    at = place.start - 1 - (sentence.lower(place.start - 1) == "'s")
    name = sentence.name_at(at)
    if name and name.sort is Sort.REGION and not name.adjective:
        return name.slug
    return WORLD if sentence.lower(place.start - 1) == "'s" and sentence.lower(at) == "world" else None


def _is_excluded(sentence: Sentence, place: Place, any_phones: bool) -> bool:
    """A place in another ranking, one that was lost, denied, or held by nobody named."""
    cues = sentence.cues
    start, stop = sentence.clause(place.start)
    comma = next(
        (at for at in range(place.stop, min(stop, place.stop + 8)) if sentence.lower(at) in (",", "(", ".")),
        min(stop, place.stop + 8),
    )
    near = max(
        (at + 1 for at in range(max(start, place.start - 3), place.start) if sentence.lower(at) == ","),
        default=max(start, place.start - 3),
    )
    if is_part_of_market(sentence, near, comma) or within_part(sentence, place.start):
        return True
    earlier_money = cues.last(start, place.start, "money")
    if earlier_money >= 0 and not cues.any(start, stop, "ship_nouns", "shipped", "share", "market", "maker", "phones"):
        return True  # "its R&D costs reached 77 billion, the world's No. 9"
    if cues.any(place.start, comma, "money") or cues.any(start, stop, "value_share"):
        return True
    if (
        sentence.cues.any(place.start, place.stop, "any_phones")
        and not sentence.cues.any(place.start, place.stop, "smart")
        and any_phones
    ):
        return True
    for at in range(max(start, place.start - 6), place.start):
        word = sentence.lower(at)
        if word == "no" and sentence.lower(at + 1) == ".":
            continue
        if cues.at(at, "denied") and sentence.lower(at + 1) not in ("only", "just", "longer"):
            return True
        if (
            word in _LOSING
            and not _kept_anyway(sentence, at, place)
            and not any(sentence.lower(between) == "," for between in range(at, place.start))
        ):
            return True
    if any(
        name.adjective and not sells(sentence, name.stop) and sentence.cues.at(name.stop, "makers_of")
        for name in sentence.names
        if name.sort is Sort.REGION and place.start <= name.start < place.stop
    ):
        return True
    if sentence.cues.any(0, len(sentence.tokens), "vague_times"):
        return True
    ends = next(
        (at for at in range(place.start, min(stop, place.stop + 9)) if sentence.lower(at) == ","), place.stop + 9
    )
    if any(sentence.lower(at) in ("until", "till") for at in range(start, min(stop, ends))):
        return True
    since = max((at + 1 for at in range(start, place.start) if sentence.lower(at) == ","), default=start)
    if _is_of_a_region(sentence, place) or cues.any(start, place.start, "past"):
        return True
    if cues.any(since, place.start, "past_plan", "conditional") or cues.any(place.stop, comma, "past"):
        return True
    if sentence.lower(place.stop) == "-" and sentence.lower(place.stop + 1) == "selling":
        return True
    before = sentence.lower(place.start - 1 - (sentence.lower(place.start - 1) == "the"))
    return before in small_words("before_excluded_place") or sentence.lower(place.stop) in (
        "month",
        "quarter",
        "time",
    )


def _is_of_a_region(sentence: Sentence, place: Place) -> bool:
    """ "Russia came second": a country's place among countries."""
    at = place.start - 1
    while sentence.lower(at) in small_words("before_region_place"):
        at -= 1
    name = sentence.name_at(at)
    return (
        name is not None
        and name.sort is Sort.REGION
        and not name.adjective
        and at < place.start - 1
        and sentence.lower(place.start - 1) != "the"
    )


def _kept_anyway(sentence: Sentence, at: int, place: Place) -> bool:
    """ "From fifth to third": the word looks back, the place does not."""
    word = sentence.lower(at)
    if word in ("from", "than"):
        return at + 3 < place.start
    if word == "for":
        return True
    if word in ("tumble", "fall"):
        return True
    if word == "over" and sentence.lower(at - 1) in ("taken", "took", "takes", "taking"):
        return True
    if word == "over":
        return at + 1 != place.start and at + 2 != place.start
    return False


def _subjects(sentence: Sentence, mentions: list[Mention], place: Place, context: Context) -> tuple[str, ...]:
    """Who holds the place: named right after it, or whom the sentence is about."""
    after = next(
        (
            name
            for name in sentence.sorted_names(Sort.VENDOR)
            if name.start >= place.stop and _right_after(sentence, place.stop, name.start)
        ),
        None,
    )
    if after:
        return (after.slug,)
    at_the = sentence.lower(place.start - 1) == "the" and sentence.lower(place.start - 2) == "at"
    if at_the and any(one.object and one.subject.vendors and one.stop == place.start - 2 for one in mentions):
        return ()  # "gains on Samsung at the top of the market"
    before = [one for one in mentions if one.start < place.start and not one.object]
    beside = [one for one in mentions if one.start < place.start and one.object and not one.taken_over]
    if (
        beside
        and before
        and beside[-1].start > before[-1].start
        and sentence.lower(beside[-1].start - 1) == "from"
        and sentence.lower(beside[-1].stop) == ","
    ):
        return ()
    if before:
        subject = before[-1].subject
        if subject.total or subject.nobody:
            earlier = [one for one in before if one.subject.vendors]
            between = earlier and subject.nobody
            return (
                earlier[-1].subject.vendors if earlier and not between and len(earlier[-1].subject.vendors) == 1 else ()
            )
        if len(subject.vendors) > 1:
            shares = sentence.cues.any(0, len(sentence.tokens), "each") or any(
                token.lower in ("tied", "tie", "joint", "shared") for token in sentence.tokens
            )
            return subject.vendors if shares else ()
        return subject.vendors
    holder = _holder_after(sentence, mentions, place)
    if holder:
        return holder.subject.vendors
    if any(one.start < place.start for one in mentions):
        return ()
    following = [
        one for one in mentions if one.start >= place.stop and not one.object and len(one.subject.vendors) == 1
    ]
    comma = any(sentence.lower(at) == "," for at in range(place.stop, following[0].start)) if following else False
    if following and (comma or sentence.lower(following[0].start - 1) in ("is", "was", "by", "to", ":")):
        return following[0].subject.vendors
    if sentence.lower(0) in ("the", "ranked", "already") and context.headline_vendor and not following:
        return (context.headline_vendor,)
    if (
        context.subject
        and len(context.subject.vendors) == 1
        and not following
        and sentence.tokens
        and not sentence.names
    ):
        return context.subject.vendors
    return ()


def _holder_after(sentence: Sentence, mentions: list[Mention], place: Place) -> Mention | None:
    """ "The fifth place is taken by Vivo", "second place, with a share of 17%, was held by Realme"."""
    _, stop = sentence.clause(place.start)
    for at in range(place.stop, min(stop, place.stop + 14)):
        if sentence.lower(at) in ("taken", "held", "occupied", "claimed", "secured") and sentence.lower(at + 1) == "by":
            return next((one for one in mentions if at < one.start <= at + 6 and one.subject.vendors), None)
    return None


def _vendors_with_brackets(sentence: Sentence, stop: int) -> list[str]:
    """ "Oppo (5.6 percent) and Realme (3.8 percent)": vendors in a row, each with its number in brackets."""
    found: list[str] = []
    last, depth = -1, 0
    for at in range(stop):
        depth += (sentence.lower(at) == "(") - (sentence.lower(at) == ")")
        name = sentence.name_at(at)
        if name and name.start == at and name.sort is Sort.VENDOR and depth == 0:
            goes_on = last >= 0 and sentence.lower(at - 1) in ("and", ",", "&") and sentence.lower(last) == "("
            found = [*found, name.slug] if goes_on else [name.slug]
            last = name.stop
    return found


def _right_after(sentence: Sentence, stop: int, start: int) -> bool:
    """ "Market leader Samsung", "second-placed Xiaomi", "in third came Apple", "third was Apple"."""
    between = [sentence.lower(at) for at in range(stop, start)]
    name = sentence.name_at(start)
    if between == [","] and name and sentence.lower(name.stop) == ",":
        return True  # "the world's biggest maker, Samsung, ..."
    if len(between) > 4:
        return False
    return all(word in small_words("between_place_and_vendor") for word in between)


def _shared_out(sentence: Sentence, mentions: list[Mention], places: list[Place]) -> dict[int, str]:
    """Places in a row for as many vendors in a row: "Oppo and Vivo came second and third"."""
    rows: list[list[int]] = []
    for at, place in enumerate(places):
        if rows and all(
            sentence.lower(between) in (",", "and", "&", "the", "in")
            for between in range(places[rows[-1][-1]].stop, place.start)
        ):
            rows[-1].append(at)
        else:
            rows.append([at])
    shared: dict[int, str] = {}
    for row in rows:
        if len(row) < 2:
            continue
        several = [one for one in mentions if len(one.subject.vendors) == len(row) and not one.object]
        before = [one for one in several if one.stop <= places[row[0]].start]
        chosen = before[-1] if before else several[0] if several else None
        bracketed = _vendors_with_brackets(sentence, places[row[0]].start)
        if chosen is None and len(bracketed) >= len(row):
            shared |= dict(zip(row, bracketed[-len(row) :], strict=True))
        if chosen:
            shared |= dict(zip(row, chosen.subject.vendors, strict=True))
    return shared
