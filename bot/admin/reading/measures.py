"""Tells what a number measures: phones shipped, a share of the market, growth over a year, or nothing of ours."""

from __future__ import annotations

from bot.admin.reading.amounts import Amount
from bot.admin.reading.context import Context
from bot.admin.reading.counts import count_at
from bot.admin.reading.exclusions import is_excluded
from bot.admin.reading.measure import Measure
from bot.admin.reading.percentages import percentage_at
from bot.admin.reading.sentence import Sentence
from bot.admin.reading.small_words import small_words
from store.words import Metric


def measures_of(sentence: Sentence, context: Context) -> dict[int, Measure]:
    """What each number of a sentence measures, by its place in `sentence.amounts`; others are none of ours."""
    found: dict[int, Measure] = {}
    for at, amount in enumerate(sentence.amounts):
        if amount.ranged or amount.money:
            continue
        measure = percentage_at(sentence, at, context) if amount.percent else count_at(sentence, at, context)
        if measure:
            found[at] = measure
    _spread(sentence, found)
    for at in range(1, len(sentence.amounts)):
        first, second = sentence.amounts[at - 1], sentence.amounts[at]
        if (
            at in found
            and at - 1 not in found
            and found[at].metric is Metric.GROWTH
            and not first.percent
            and not first.ranged
            and _only_tells_change(sentence, first.stop, second.start)
        ):
            del found[at]  # "users rose to 330.7 million, an increase of 26.7%"
    for at in range(1, len(sentence.amounts)):
        first, second = sentence.amounts[at - 1], sentence.amounts[at]
        if (
            at in found
            and at - 1 not in found
            and not first.percent
            and not second.percent
            and sentence.lower(second.start - 1) == "from"
            and second.start - first.stop <= 4
        ):
            del found[at]  # "cut its target to 114 million from 150 million"
    return found


def _only_tells_change(sentence: Sentence, start: int, stop: int) -> bool:
    """True where nothing but a rise or fall stands between two numbers: ", an increase of"."""
    return stop > start and all(
        sentence.lower(at) in small_words("between_count_and_change") or sentence.cues.at(at, "up", "down", "yearly")
        for at in range(start, stop)
    )


def _spread(sentence: Sentence, found: dict[int, Measure]) -> None:
    """In a list such as "25%, 19% and 17%" what is told of one is true of all."""
    amounts = sentence.amounts
    for order in (range(1, len(amounts)), range(len(amounts) - 2, -1, -1)):
        for at in order:
            other = at - 1 if order.step > 0 else at + 1
            first, second = sorted((at, other))
            if at in found or other not in found or amounts[at].percent != amounts[other].percent:
                continue
            growth = found[other].metric is Metric.GROWTH
            if (
                amounts[at].ranged
                or amounts[at].money
                or (growth and not sentence.cues.any(0, len(sentence.tokens), "respectively"))
            ):
                continue
            if _in_list(sentence, amounts[first], amounts[second]) and not is_excluded(sentence, amounts[at]):
                found[at] = Measure(
                    found[other].metric,
                    found[other].sign,
                    found[other].compared and other < at and sentence.lower(amounts[at].start - 1) != "to",
                )


def _in_list(sentence: Sentence, first: Amount, second: Amount) -> bool:
    between = range(first.stop, second.start)
    return (
        len(between) <= 8
        and all(
            sentence.lower(at) in small_words("between_listed")
            or sentence.name_at(at)
            or sentence.moment_at(at)
            or sentence.cues.at(at, "phones", "introduces")
            for at in between
        )
        and not any(sentence.lower(at) == "to" and sentence.lower(at - 1) == "," for at in between)
    )
