"""Tells on which day or in which month something is launched, and how sure that is."""

from __future__ import annotations

from bot.admin.reading.certainty import hedge_at
from bot.admin.reading.context import Context
from bot.admin.reading.destinations import FARTHEST, Part
from bot.admin.reading.moments import Moment
from bot.admin.reading.names import Name
from bot.admin.reading.sentence import Sentence
from bot.admin.reading.small_words import small_words
from store.period import Kind, Period
from store.words import Certainty

_LOOKS_AHEAD = small_words("looks_ahead")
_DONE = small_words("launches_done")
_FIRM = small_words("firm")
_DOUBT = small_words("doubt")


def moment_after(sentence: Sentence, region: Name, stop: int) -> Moment | None:
    """The day told right after one of several regions: "in France on May 22 and Italy on May 24"."""
    return next((one for one in sentence.moments if region.stop <= one.start < stop), None)


def moment_of(sentence: Sentence, part: Part) -> Moment | None:
    """The day or month of the launch: the first told after its verb, else before it."""
    moments = [
        one
        for one in sentence.moments
        if part.start <= one.start < part.stop
        and (not one.compared or one.event or sentence.lower(one.start - 1) in ("from", "before"))
        and -12 <= one.start - part.verb <= 2 * FARTHEST
        and not one.fiscal
        and one.period.kind is not Kind.RANGE
        and not _is_day_of_saying(sentence, one)
    ]
    after = [one for one in moments if one.start >= part.verb]
    return after[0] if after else moments[-1] if moments else None


def _is_day_of_saying(sentence: Sentence, one: Moment) -> bool:
    """ "The company said on Thursday" dates the words, not the launch."""
    at = one.start - 1
    while sentence.lower(at) in small_words("before_day_of_saying"):
        at -= 1
    return bool(sentence.cues.at(at, "said")) and sentence.lower(at) not in ("officially", "official", "announced")


def written_date(moment: Moment, sentence: Sentence, part: Part, context: Context) -> str:
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


def launch_certainty(sentence: Sentence, part: Part) -> Certainty:
    """A date that the vendor has set is confirmed, though it is to come; a guess is not."""
    hedge = hedge_at(sentence, part.verb, part.verb + 1)
    if hedge is Certainty.RUMOURED:
        return hedge
    near = {sentence.lower(at) for at in range(max(part.start, part.verb - 8), min(part.verb + 3, part.stop))}
    if near & _DOUBT or (hedge is Certainty.EXPECTED and not near & _FIRM):
        return Certainty.EXPECTED
    return Certainty.CONFIRMED
