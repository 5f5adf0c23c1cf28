"""When: the period that a figure or a place in a ranking belongs to."""

from __future__ import annotations

from bot.admin.reading.certainty import hedge_at
from bot.admin.reading.context import Context, Subject
from bot.admin.reading.moments import Moment
from bot.admin.reading.names import Sort
from bot.admin.reading.sentence import Sentence
from bot.admin.reading.small_words import small_words
from store.period import Kind, Period, PeriodError


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
        same = _same_in_year(sentence, moment, usual)
        if same:
            return same
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
    single = [one for one in sentence.moments if _is_usable(one)]
    if told and len(single) == 1 and not single[0].event and _in_one_clause(sentence, start, single[0]) and not finer:
        return told
    if usual and not finer and not (ahead and hedge_at(sentence, start, stop)):
        return usual  # what the sentence tells apart from the figure is of something else
    return told or usual or _reported_quarter(sentence, context)


def _in_one_clause(sentence: Sentence, place: int, moment: Moment) -> bool:
    """True where no comma or new clause stands between a figure and the only moment that is told after it."""
    return place < moment.start and not any(
        sentence.lower(at) in (",", "(") or sentence.cuts(at) for at in range(place, moment.start)
    )


def _of_same_period(sentence: Sentence, start: int, stop: int) -> bool:
    """ "Had 9% in the same quarter of 2016": a figure of an earlier year, though nothing compares with it."""
    _, end = sentence.clause(start)
    later = min((one.start for one in sentence.amounts if one.start >= stop), default=end)
    at = sentence.cues.first(stop, min(end, later, stop + 12), "same_period")
    if at < 0 or any(sentence.lower(place) in small_words("ends_same_period") for place in range(stop, at)):
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
    if moment and _tells_of_other(sentence, stop, moment.start):
        moment = None
    if moment and not moment.compared and not _new_statement(sentence, stop, moment.start):
        apart = any(sentence.lower(at) in (",", "(") for at in range(stop, moment.start)) and not (
            sentence.lower(stop) == "(" and moment.start - stop <= 3
        )
        if apart and moment.start - stop > 9:
            return earlier[-1] if earlier else None
        if not (apart and earlier and earlier[-1].start >= sentence.clause(start)[0]):
            return moment
    whereas = next((at for at in range(start - 1, max(-1, start - 10), -1) if sentence.lower(at) == "where"), -1)
    if whereas > 0:
        there = sentence.moment_at(whereas - 1 - (sentence.lower(whereas - 1) == ","))
        if there and _is_usable(there):
            return there  # "from Q2 of 2017, where makers shipped more"
    if sentence.lower(start - 1) in ("it", "when") or any(
        sentence.lower(at) == "when"
        and (at >= start - 4 or sentence.moment_at(at - 1 - (sentence.lower(at - 1) == ",")) is not None)
        for at in range(max(0, start - 12), start)
    ):
        told = [one for one in sentence.moments if one.stop <= start and _is_usable(one)]
        if told:
            return told[-1]
    return earlier[-1] if earlier else None


def _new_statement(sentence: Sentence, start: int, stop: int) -> bool:
    """True where a comma and another vendor stand between."""
    comma = next((at for at in range(start, stop) if sentence.lower(at) in (",", "and")), stop)
    return any(name.sort is Sort.VENDOR and comma < name.start < stop for name in sentence.names)


def _tells_of_other(sentence: Sentence, start: int, stop: int) -> bool:
    """ "LG has 3%, which stopped making phones in 2021": a clause beside dates something else."""
    return any(
        sentence.lower(at) == "," and sentence.lower(at + 1) in ("which", "who") and not sentence.amount_at(at + 3)
        for at in range(start, stop)
    ) and not any(sentence.cues.at(at, "up", "down", "share") for at in range(start, stop))


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
    before = [
        one
        for one in sentence.moments
        if 0 <= start - one.stop <= 2
        and one.start >= first
        and _is_usable(one)
        and not sentence.cues.any(one.stop, start, "compares")
    ]
    moment = _beside(sentence, start, stop) or next(iter(before), None)
    same = _same_in_year(sentence, moment, usual) if moment else None
    if same:
        return same
    if moment and moment.period.kind is Kind.YEAR and not moment.dated and usual and usual.kind is not Kind.YEAR:
        return _year_before(usual)
    if moment:
        return resolved(moment, subject)
    cues = sentence.cues
    near = (max(first, start - 6), later)
    alike = cues.first(stop, end, "same_period")
    if alike >= 0 and sentence.lower(alike - 1) in ("during", "over", "in") and not cues.any(alike, end, "last_year"):
        compared_with = [one.period for one in sentence.moments if one.stop <= start and one.compared and not one.event]
        if compared_with:
            return compared_with[-1]  # "from 21% in April to 16%, while another's rose from 8% to 11% in that time"
    if usual is None:
        return None
    if cues.any(*near, "quarterly"):
        return _shifted(usual, -1)
    if cues.any(0, len(sentence.tokens), "year_before", "yearly", "same_period") or not cues.any(
        0, len(sentence.tokens), "quarterly"
    ):
        return _year_before(usual)
    return None


def _same_in_year(sentence: Sentence, moment: Moment, usual: Period | None) -> Period | None:
    """ "The same quarter of 2016", "the same period last year": that quarter, as the sentence or the article has it."""
    if moment.period.kind is not Kind.YEAR or not sentence.cues.any(moment.start - 3, moment.start, "same_period"):
        return None
    others = [one.period for one in sentence.moments if one is not moment and one.period.kind is not Kind.YEAR]
    base = usual if usual and usual.kind is not Kind.YEAR else next(iter(others), None)
    if base is None or base.kind not in (Kind.QUARTER, Kind.HALF, Kind.MONTH):
        return None
    years = moment.period.start.year - base.start.year
    return _shifted(base, years * {Kind.QUARTER: 4, Kind.HALF: 2, Kind.MONTH: 12}[base.kind])


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
