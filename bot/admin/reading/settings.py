"""When and where: the period and the region that a figure or a place in a ranking belongs to."""

from __future__ import annotations

from bot.admin.reading.certainty import hedge_at
from bot.admin.reading.context import Context, Subject
from bot.admin.reading.moments import Moment
from bot.admin.reading.names import Name, Sort
from bot.admin.reading.sentence import Sentence
from bot.admin.reading.small_words import small_words
from store.period import Kind, Period, PeriodError
from store.words import WORLD

_CAUSES = small_words("settings", "causes")
_OUTDOES = small_words("settings", "outdoes")


def period_at(
    sentence: Sentence,
    start: int,
    stop: int,
    compared: bool,
    subject: Subject | None,
    context: Context,
    growth: bool = False,
) -> Period | None:
    """The period of what stands at those tokens; None where nothing tells it."""
    usual = context.period or context.home_period
    if compared or (not growth and _of_same_period(sentence, start, stop)):
        return _compared_period(sentence, start, stop, subject, context)
    moment = _own_moment(sentence, start, stop)
    if moment:
        period = resolved(moment, subject)
        this_year = (
            moment.period.kind is Kind.YEAR
            and not moment.dated
            and moment.period.contains(Period.containing(context.today, Kind.MONTH))
        )
        if (
            this_year
            and usual
            and usual.kind is not Kind.YEAR
            and moment.period.contains(usual)
            and hedge_at(sentence, start, stop) is None
        ):
            return usual
        return period
    before = _year_before_at(sentence, start, stop)
    if before and usual:
        return _year_before(main_period(sentence, subject, usual) or usual)
    told = main_period(sentence, subject, usual)
    ahead = told is not None and told.start > context.today
    finer = (
        told is not None
        and usual is not None
        and usual.kind is Kind.YEAR
        and told.kind is not Kind.YEAR
        and len(sentence.moments) == 1
    )
    if usual and not finer and not (ahead and hedge_at(sentence, start, stop)):
        return usual  # what the sentence tells apart from the figure is of something else
    return told or usual or _reported_quarter(sentence, context)


def _of_same_period(sentence: Sentence, start: int, stop: int) -> bool:
    """ "Had 9% in the same quarter of 2016": a figure of an earlier year, though nothing compares with it."""
    _, end = sentence.clause(start)
    later = min((one.start for one in sentence.amounts if one.start >= stop), default=end)
    at = sentence.cues.first(stop, min(end, later, stop + 12), "same_period")
    if at < 0 or any(sentence.lower(place) in small_words("settings", "ends_same_period") for place in range(stop, at)):
        return False
    after = (sentence.cues.at(at, "same_period") or (at, at + 1))[1]
    return sentence.cues.any(after, after + 4, "last_year", "year_before") or any(
        after <= one.start <= after + 2 for one in sentence.moments
    )


def main_period(sentence: Sentence, subject: Subject | None = None, usual: Period | None = None) -> Period | None:
    """The first period that the sentence itself is about; "this year" is not, where a part of it is usual."""
    for one in sentence.moments:
        if (
            usual
            and usual.kind is not Kind.YEAR
            and one.period.kind is Kind.YEAR
            and not one.dated
            and one.period.contains(usual)
        ):
            continue
        if _is_usable(one) and not one.compared and not sentence.aside(one.start):
            period = resolved(one, subject)
            if period:
                return period
    return None


def _is_usable(one: Moment) -> bool:
    return one.days is None


def told_aside(sentence: Sentence, one: Moment, place: int) -> bool:
    """True for a moment in a clause of its own: "Vivo, which led in 2018, came second"."""
    span = sentence.aside(one.start)
    return span is not None and not span[0] <= place < span[1]


def resolved(one: Moment, subject: Subject | None) -> Period | None:
    """A company's own quarter as one of the calendar: Apple's begins in October."""
    if not one.fiscal:
        return one.period
    if subject and "apple" in subject.vendors and one.period.kind is Kind.QUARTER:
        return one.period.shift(-1)
    return None


def _beside(sentence: Sentence, start: int, stop: int) -> Moment | None:
    """The period told right after a number, before the next number of the clause."""
    _, end = sentence.clause(start)
    later = min((one.start for one in sentence.amounts if one.start >= stop), default=end)
    return next((one for one in sentence.moments if stop <= one.start < min(end, later) and _is_usable(one)), None)


def _own_moment(sentence: Sentence, start: int, stop: int) -> Moment | None:
    before = start - 1 - (sentence.lower(start - 1) in ("'s", "'"))
    touching = sentence.moment_at(before)
    if touching and _is_usable(touching) and before < start - 1:
        return touching
    moment = _beside(sentence, start, stop)
    earlier = [
        one
        for one in sentence.moments
        if one.stop <= start and _is_usable(one) and not one.compared and not told_aside(sentence, one, start)
    ]
    if moment and not moment.compared and not _new_statement(sentence, stop, moment.start):
        apart = any(sentence.lower(at) in (",", "(") for at in range(stop, moment.start))
        if apart and moment.start - stop > 9:
            return earlier[-1] if earlier else None
        if not (apart and earlier and earlier[-1].start >= sentence.clause(start)[0]):
            return moment
    if sentence.lower(start - 1) in ("it", "when") or any(
        sentence.lower(at) == "when" for at in range(max(0, start - 4), start)
    ):
        told = [one for one in sentence.moments if one.stop <= start and _is_usable(one)]
        if told:
            return told[-1]
    return earlier[-1] if earlier else None


def _new_statement(sentence: Sentence, start: int, stop: int) -> bool:
    """True where a comma and another vendor stand between."""
    comma = next((at for at in range(start, stop) if sentence.lower(at) in (",", "and")), stop)
    return any(name.sort is Sort.VENDOR and comma < name.start < stop for name in sentence.names)


def _year_before_at(sentence: Sentence, start: int, stop: int) -> bool:
    """ "A year ago Realme had 3.1 percent", "had 23% a year ago", not compared with anything."""
    first, end = sentence.clause(start)
    for at in range(stop, min(end, stop + 9)):
        if sentence.lower(at) in (",", ";") or sentence.amount_at(at):
            break
        cue = sentence.cues.at(at, "year_before")
        if (
            cue
            and not sentence.cues.at(cue[0] - 1, "compares", "up", "down")
            and sentence.lower(cue[0] - 1) not in ("from", "than", "on", "over", "the")
        ):
            return True
        if sentence.cues.at(at, "up", "down", "compares"):
            break
    cue = sentence.cues.at(first, "year_before") or sentence.cues.at(first + 1, "year_before")
    return bool(
        cue and cue[0] <= first + 1 and not any(one.start < start and one.start > first for one in sentence.amounts)
    )


def _compared_period(
    sentence: Sentence, start: int, stop: int, subject: Subject | None, context: Context
) -> Period | None:
    usual = (
        main_period(sentence, subject, context.period or context.home_period) or context.period or context.home_period
    )
    first, end = sentence.clause(start)
    later = min((one.start for one in sentence.amounts if one.start >= stop), default=end)
    moment = _beside(sentence, start, stop) or next(
        (one for one in sentence.moments if 0 <= start - one.stop <= 2 and one.start >= first and _is_usable(one)), None
    )
    if (
        moment
        and moment.dated
        and moment.period.kind is Kind.YEAR
        and usual
        and usual.kind is not Kind.YEAR
        and sentence.cues.any(moment.start - 3, moment.start, "same_period")
    ):
        steps = (moment.period.start.year - usual.start.year) * {Kind.QUARTER: 4, Kind.HALF: 2, Kind.MONTH: 12}.get(
            usual.kind, 1
        )
        return _shifted(usual, steps)
    if moment and moment.period.kind is Kind.YEAR and not moment.dated and usual and usual.kind is not Kind.YEAR:
        return _year_before(usual)
    if moment:
        return resolved(moment, subject)
    cues = sentence.cues
    near = (max(first, start - 6), later)
    if usual is None:
        return None
    if cues.any(*near, "quarterly"):
        return _shifted(usual, -1)
    if cues.any(0, len(sentence.tokens), "year_before", "yearly", "same_period") or not cues.any(
        0, len(sentence.tokens), "quarterly"
    ):
        return _year_before(usual)
    return None


def _year_before(period: Period) -> Period | None:
    try:
        return period.year_before()
    except PeriodError:
        return None


def _shifted(period: Period, steps: int) -> Period | None:
    try:
        return period.shift(steps)
    except PeriodError:
        return None


def _reported_quarter(sentence: Sentence, context: Context) -> Period | None:
    """ "The quarter", where the article names none: the last that had ended."""
    if sentence.cues.any(0, len(sentence.tokens), "main_period"):
        return Period.containing(context.today, Kind.QUARTER).shift(-1)
    return None


def region_at(
    sentence: Sentence, start: int, stop: int, context: Context, subject: Subject | None = None
) -> str | None:
    """The region of what stands at those tokens; None where it is one that has no name, as "outside China"."""
    first, end = sentence.clause(start)
    later = min((one.start for one in sentence.amounts if one.start >= stop), default=end)
    if _is_abroad(sentence, max(first, start - 14), min(end, later), start, stop):
        return None
    named = [name for name in sentence.sorted_names(Sort.REGION) if is_market(sentence, name, context)]
    after = [
        name
        for name in named
        if stop <= name.start < later
        and name.start < end
        and not _caused(sentence, stop, name.start)
        and not _aside(sentence, stop, name)
    ]
    if (
        len(after) > 1
        and all(sentence.lower(at) in (",", "and", "&", "in") for at in range(after[0].stop, after[1].start))
        and after[0].slug != after[1].slug
    ):
        return None  # of several regions at once
    if after:
        return after[0].slug
    other = _told_otherwise(sentence, first, later, context, subject)
    if other:
        return other
    opening = [name for name in named if name.start <= 2]
    before = [
        name
        for name in named
        if name.stop <= start
        and (name.start >= first or name in opening)
        and not _caused(sentence, max(0, name.start - 4), name.start)
    ]
    if before:
        return before[-1].slug
    whole = [
        name
        for name in named
        if name.start >= stop
        and not _aside(sentence, stop, name)
        and not _caused(sentence, stop, name.start)
        and name.start < end
        and not sentence.cuts(name.start)
    ]
    if whole and len({name.slug for name in named}) == 1 and not any(one.start >= stop for one in sentence.amounts):
        return whole[0].slug
    if context.subnational:
        return None
    return context.region or context.home_region


def _is_abroad(sentence: Sentence, start: int, stop: int, start_of: int = 0, stop_of: int = 0) -> bool:
    """True where the words from `start` up to `stop` tell of places that have no name of their own; the figure itself
    stands at `start_of` up to `stop_of`."""
    for at in range(start, min(stop, len(sentence.tokens))):
        near = start_of - 4 <= at <= stop_of + 6
        if (
            near
            and sentence.lower(at) in ("countries", "markets", "nations", "regions")
            and (sentence.tokens[at - 1].number or sentence.lower(at - 1) in small_words("settings", "vague_numbers"))
        ):
            return True
        if sentence.lower(at) in ("in", "across") and _is_unknown_place(sentence, at + 1):
            return True
    verb = max(
        (at for at in range(start, start_of) if sentence.lower(at) in ("saw", "helped", "made", "let", "allowed")),
        default=start,
    )
    at = sentence.cues.first(verb, stop, "abroad")
    while at >= 0:
        cue = sentence.cues.at(at, "abroad")
        following = sentence.name_at(at + 1)
        alone = sentence.tokens[at].lower in ("outside", "of")
        if cue and not (
            alone
            and cue[1] - cue[0] <= 2
            and not (following and following.sort is Sort.REGION)
            and sentence.lower(at + 1) not in ("its", "the")
        ):
            return True
        at = sentence.cues.first(at + 1, stop, "abroad")
    return False


def _is_unknown_place(sentence: Sentence, at: int) -> bool:
    """ "In Maharashtra": a name that is no country, so no region that facts are kept for."""
    if not 0 <= at < len(sentence.tokens):
        return False
    token = sentence.tokens[at]
    return (
        token.text.istitle()
        and len(token.text) > 4
        and token.text.isalpha()
        and not sentence.name_at(at)
        and not sentence.moment_at(at)
        and token.lower not in _TITLES
        and not sentence.text.istitle()
    )


_TITLES = small_words("settings", "titles")


def _aside(sentence: Sentence, stop: int, name: Name) -> bool:
    """True where a comma stands between a number and a region: ", making it China's No. 1 online brand"."""
    commas = [at for at in range(stop, name.start) if sentence.lower(at) in (",", "(")]
    return bool(commas) and not (
        name.start - commas[-1] <= 3 and sentence.lower(commas[-1] + 1) in ("in", "across", "throughout")
    )


def _caused(sentence: Sentence, start: int, stop: int) -> bool:
    """True where the region is only a reason told beside: "driven by success in India"."""
    return any(sentence.lower(at) in _CAUSES for at in range(start, stop))


def is_market(sentence: Sentence, name: Name, context: Context) -> bool:
    """True for a region where phones are sold, not the home of a maker ("China's Huawei", "the Korean firm")."""
    if name.slug == WORLD and sentence.lower(name.start) == "global":
        return (
            sells(sentence, name.stop)
            or sentence.cues.any(name.stop, name.stop + 2, "share", "best", "place", "market", "ship_nouns", "led_what")
            or sentence.lower(name.stop) in ("scale", "basis", "no")
        )
    if name.slug == WORLD:
        return not (
            sentence.lower(name.stop) == "'s"
            and (
                sentence.cues.begins(name.stop + 1, "best", "first_market", "second_market")
                or sentence.cues.begins(name.stop + 2, "best")
            )
        )
    after = sentence.lower(name.stop)
    if sentence.cues.at(name.start - 1, "abroad") or sentence.cues.at(name.start, "abroad"):
        return False
    outdone = sentence.cues.at(name.start - 1 - (sentence.lower(name.start - 1) == "the"), "objects")
    if outdone and sentence.lower(outdone[0]) in _OUTDOES:
        return False
    if after == "-" and sentence.lower(name.stop + 1) in small_words("settings", "after_home"):
        return False
    following = sentence.name_at(name.stop + 1) if after == "'s" else sentence.name_at(name.stop)
    if following and following.sort in (Sort.VENDOR, Sort.ANALYST):
        return False
    previous = sentence.name_at(name.start - 1)
    if previous and previous.sort is Sort.ANALYST:
        return False
    if name.adjective:
        return sells(sentence, name.stop) or after in ("domestic", "local", "markets", "region")
    if after == "'s":
        return sells(sentence, name.stop + 1) or _ranked(sentence, name.stop + 1)
    return True


def sells(sentence: Sentence, at: int) -> bool:
    """ "Indian smartphone market", "Chinese handset shipments": the words before the noun say phone, the noun market."""
    for place in range(at, at + 4):
        if sentence.cues.begins(place, "market") or sentence.cues.begins(place, "ship_nouns"):
            return True
        if not sentence.cues.at(place, "phones", "smart", "any_phones"):
            return False
    return False


def _ranked(sentence: Sentence, at: int) -> bool:
    places = small_words("settings", "ranked")
    return bool(sentence.cues.any(at, at + 2, "best", "first_place")) or sentence.lower(at) in places


def _told_otherwise(sentence: Sentence, start: int, stop: int, context: Context, subject: Subject | None) -> str | None:
    """ "Its home market", "there", "the world's second largest market"."""
    cues = sentence.cues
    if cues.any(start, stop, "own_market") and subject and len(subject.vendors) == 1:
        known = context.lexicon.catalogue.vendors.get(subject.vendors[0])
        country = known.country if known else None
        return next(
            (slug for slug, one in context.lexicon.catalogue.regions.items() if country and one.iso == country), None
        )
    for cue, slug in (("second_market", "india"), ("first_market", "china")):
        at = cues.first(start, stop, cue)
        if (
            at >= 0
            and sentence.lower(at - 1) not in ("become",)
            and not any(name.sort is Sort.REGION and name.slug != WORLD for name in sentence.names)
        ):
            return slug
    return None


def _since_comma(sentence: Sentence, place: int) -> int:
    """Where the part of the sentence begins that a comma or "while" cuts off before a place."""
    return max((at + 1 for at in range(place) if sentence.lower(at) == "," or sentence.cuts(at)), default=0)


def topic_region(sentence: Sentence, context: Context) -> str | None:
    """The region that the next sentences of the paragraph are about, where this one names a single one; of Spain and
    Western Europe, the one inside the other."""
    named = {
        name.slug
        for name in sentence.sorted_names(Sort.REGION)
        if is_market(sentence, name, context) and not _caused(sentence, _since_comma(sentence, name.start), name.start)
    }
    named -= {WORLD} if len(named) > 1 else set()
    around = context.lexicon.catalogue.around
    inner = {slug for slug in named if not any(slug in around(other) for other in named)}
    return next(iter(inner)) if len(inner) == 1 and not _is_abroad(sentence, 0, len(sentence.tokens)) else None
