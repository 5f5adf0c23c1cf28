"""Reads shipments, shares and growth out of one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.admin.reading.amounts import Amount
from bot.admin.reading.candidate import FoundFact
from bot.admin.reading.certainty import certainty_at
from bot.admin.reading.context import Context, Subject
from bot.admin.reading.measure import Measure
from bot.admin.reading.measures import measures_of
from bot.admin.reading.mentions import Mention
from bot.admin.reading.names import Sort
from bot.admin.reading.owners import mention_beside, subject_at
from bot.admin.reading.plausible import plausible
from bot.admin.reading.sentence import Sentence
from bot.admin.reading.small_words import small_words
from bot.admin.reading.when_told import period_at
from bot.admin.reading.where_told import joined_regions, region_at
from store.period import Kind, Period
from store.words import TOTAL, WORLD, Certainty, Metric

_MOST_LISTED = 3  # more countries than these, all of the article's region, are the region itself


def read_figures(sentence: Sentence, mentions: list[Mention], context: Context) -> list[FoundFact]:
    """The facts that the numbers of a sentence tell."""
    measures = measures_of(sentence, context)
    if _sets_years_against(sentence):
        measures = {at: one for at, one in measures.items() if one.metric is Metric.GROWTH}
    if not measures or sentence.is_question:
        return []
    shared = _shared_out(sentence, mentions, measures, context.listed)
    places = _regions_before_brackets(sentence, measures) | _regions_in_a_row(sentence, measures)
    found: list[FoundFact] = []
    subjects: dict[int, Subject | None] = {}
    for at, measure in sorted(measures.items()):
        amount = sentence.amounts[at]
        subject = shared.get(at) or subject_at(sentence, mentions, amount.start, amount.stop, context)
        if (
            at - 1 in subjects
            and (measure.metric is Metric.GROWTH or measure.compared or sentence.lower(amount.start - 1) == "(")
            and _goes_on(sentence, mentions, at, measure.compared)
            and not mention_beside(sentence, mentions, amount.start, amount.stop)
        ):
            subject = subjects[at - 1]
        subjects[at] = subject
        if subject is None or subject.nobody:
            continue
        vendors = _vendors(sentence, subject, amount)
        found += [
            fact
            for vendor in vendors
            for fact in _fact(
                sentence,
                amount,
                _same_period(sentence, amount, measure, mentions, vendor),
                vendor,
                context,
                places.get(at),
            )
        ]
    return found


def _sets_years_against(sentence: Sentence) -> bool:
    """ "Comparing the brands in 2011 with 2021, Nokia had 52%": which year that was, nobody can tell."""
    return sentence.lower(0) in ("comparing", "compared") and len(sentence.moments) > 1


def _goes_on(sentence: Sentence, mentions: list[Mention], at: int, compared: bool) -> bool:
    """ ", 2% fewer than a year before": growth of what was counted right before."""
    before, amount = sentence.amounts[at - 1], sentence.amounts[at]
    between = range(before.stop, amount.start)
    return (
        (compared or any(sentence.lower(place) in (",", "(", "which") for place in between))
        and not any(before.stop <= one.start < amount.start and not one.object for one in mentions)
        and not any(sentence.cuts(place) for place in between)
    )


def _vendors(sentence: Sentence, subject: Subject, amount: Amount) -> tuple[str, ...]:
    """Whose the figure is; of several vendors each only where it says so."""
    if subject.total:
        return (TOTAL,)
    if len(subject.vendors) > 1 and not sentence.cues.any(*sentence.clause(amount.start), "each"):
        return ()
    return subject.vendors


def _fact(
    sentence: Sentence, amount: Amount, measure: Measure, vendor: str, context: Context, place: str | None
) -> Iterator[FoundFact]:
    subject = Subject((), True) if vendor == TOTAL else Subject((vendor,))
    if vendor == TOTAL and measure.metric is Metric.MARKET_SHARE:
        return
    period = _month_in_a_row(sentence, measure, context) or period_at(
        sentence, amount.start, amount.stop, measure.compared, subject, context, measure.metric is Metric.GROWTH
    )
    region = place or region_at(sentence, amount.start, amount.stop, context, subject)
    if region and not place and vendor == TOTAL and region in (joined := joined_regions(sentence)):
        around = context.lexicon.catalogue.around
        whole = len(joined) > _MOST_LISTED and all(context.home_region in around(one) for one in joined)
        region = context.home_region if whole else None
    if period is None or region is None:
        return
    if (
        measure.metric is Metric.GROWTH
        and period.kind is Kind.RANGE
        and not any(one.period == period for one in sentence.moments)
    ):
        return
    certainty = certainty_at(sentence, amount.start, amount.stop, subject, measure.metric, context)
    if not certainty.happened and not any(one.days is None for one in sentence.moments):
        return  # expected, but nobody knows when
    if certainty.happened and period.start > context.today:
        return
    told = any(one.period == period for one in sentence.moments) or measure.compared
    if period.kind is Kind.MONTH and not told and not _month_in_a_row(sentence, measure, context):
        reported = (
            context.home_period == period
            and all(one.compared for one in sentence.moments)
            and _beside_percent(sentence, measure)
        )
        if not reported:
            return  # a month's figure says so
    if period.kind is not Kind.MONTH and "single month" in sentence.text.lower():
        return
    value = round(amount.value * measure.sign, 9)
    if measure.metric is Metric.SHIPMENTS:
        regions = context.lexicon.catalogue.regions
        if region != WORLD and not any(name.slug == region for name in sentence.sorted_names(Sort.REGION)):
            region = region if plausible(value, vendor, region, period, regions) else WORLD
        if not plausible(value, vendor, region, period, regions):
            return
    yield FoundFact(vendor, measure.metric, value, region, period, certainty, sentence.text)
    if _month_before_too(sentence, measure, period) and certainty is not Certainty.EXPECTED:
        yield FoundFact(vendor, measure.metric, value, region, period.shift(-1), certainty, sentence.text)


def _beside_percent(sentence: Sentence, measure: Measure) -> bool:
    """ "Shipments rose 5% to 1.3 million": a count of the article's month, where a change or share is told with it."""
    return measure.metric is not Metric.SHIPMENTS or any(one.percent and not one.money for one in sentence.amounts)


def _same_period(sentence: Sentence, amount: Amount, measure: Measure, mentions: list[Mention], vendor: str) -> Measure:
    """What is compared with another vendor's is of the same period."""
    if not measure.compared:
        return measure
    leading = next((one.subject for one in mentions if not one.object), None)
    other = leading is not None and bool(leading.vendors) and vendor not in leading.vendors and vendor != TOTAL
    told_from = sentence.lower(amount.start - 1) == "from" or sentence.lower(amount.start - 2) == "from"
    return replace(measure, compared=False) if other and not told_from else measure


def _month_before_too(sentence: Sentence, measure: Measure, period: Period) -> bool:
    """ "For the second month in a row" tells the month before, too."""
    if measure.metric is not Metric.SHIPMENTS or period.kind is not Kind.MONTH:
        return False
    return any(phrase in sentence.text.lower() for phrase in _IN_A_ROW)


_IN_A_ROW = small_words("in_a_row")  # fmt: skip


def _month_in_a_row(sentence: Sentence, measure: Measure, context: Context) -> Period | None:
    """The month of "for the second month in a row", where the sentence names none: the one told next, or the last."""
    text = sentence.text.lower()
    if measure.metric is not Metric.SHIPMENTS or not any(phrase in text for phrase in _IN_A_ROW):
        return None
    if any(one.period.kind is Kind.MONTH for one in sentence.moments):
        return None
    told = [one for one in context.coming_months if one.start <= context.today]
    return told[0] if told else Period.containing(context.today - timedelta(days=15), Kind.MONTH)


def _shared_out(
    sentence: Sentence, mentions: list[Mention], measures: Mapping[int, Measure], listed: tuple[str, ...]
) -> dict[int, Subject]:
    """Numbers in a row, each for one of as many vendors in a row: "Samsung and Apple shipped 83.3 and 46.7 million"."""
    shared: dict[int, Subject] = {}
    for row in _rows(sentence, measures):
        if len(row) < 2:
            continue
        start, stop = sentence.amounts[row[0]].start, sentence.amounts[row[-1]].stop
        several = [one for one in mentions if len(one.subject.vendors) == len(row)]
        before = [one for one in several if one.stop <= start and not one.taken_over]
        after = [one for one in several if one.start >= stop]
        chosen = before[-1] if before else after[0] if after else None
        if chosen is None and len(listed) == len(row) and sentence.cues.any(0, 3, "told_together"):
            shared |= {at: Subject((vendor,)) for at, vendor in zip(row, listed, strict=True)}
        if chosen is None or (before and _another_between(mentions, chosen, start)):
            continue
        for at, vendor in zip(row, chosen.subject.vendors, strict=True):
            shared[at] = Subject((vendor,))
    return shared


def _regions_in_a_row(sentence: Sentence, measures: Mapping[int, Measure]) -> dict[int, str]:
    """ "Indonesia and the Philippines fell 21% and 17% respectively": the region of each number."""
    if not sentence.cues.any(0, len(sentence.tokens), "respectively"):
        return {}
    rows = [row for row in _rows(sentence, measures) if len(row) > 1]
    listed: list[list[str]] = [[]]
    last = -1
    for name in sentence.sorted_names(Sort.REGION):
        joined = last >= 0 and all(sentence.lower(at) in (",", "and", "&", "the") for at in range(last, name.start))
        listed = [*listed[:-1], [*listed[-1], name.slug]] if joined else [*listed, [name.slug]]
        last = name.stop
    several = [slugs for slugs in listed if len(slugs) > 1]
    if len(rows) != 1 or len(several) != 1 or len(rows[0]) != len(several[0]):
        return {}
    return dict(zip(rows[0], several[0], strict=True))


def _regions_before_brackets(sentence: Sentence, measures: Mapping[int, Measure]) -> dict[int, str]:
    """ "Peru (3.1 million) and Chile (+2%)": the region of each number in brackets."""
    found: dict[int, str] = {}
    for at in measures:
        opening = sentence.amounts[at].start - 1 - bool(sentence.amounts[at].signed)
        name = sentence.name_at(opening - 1) if sentence.lower(opening) == "(" else None
        if name and name.sort is Sort.REGION and name.slug and not name.adjective:
            found[at] = name.slug
    return found


def _another_between(mentions: list[Mention], chosen: Mention, start: int) -> bool:
    return any(chosen.stop <= one.start < start and not one.object for one in mentions)


def _rows(sentence: Sentence, measures: Mapping[int, Measure]) -> list[list[int]]:
    rows: list[list[int]] = []
    for at in sorted(measures):
        last = rows[-1][-1] if rows else -2
        if last == at - 1 and measures[last].metric is measures[at].metric and _are_beside(sentence, last, at):
            rows[-1].append(at)
        else:
            rows.append([at])
    return rows


def _are_beside(sentence: Sentence, first: int, second: int) -> bool:
    between = range(sentence.amounts[first].stop, sentence.amounts[second].start)
    return all(
        sentence.lower(at) in small_words("between_numbers") or sentence.cues.at(at, "share", "phones")
        for at in between
    ) and any(sentence.lower(at) in (",", "and", "&") for at in between)
