"""Answer to chart: which of its facts make a picture, and the sentence that says what the picture shows."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.answer import Amount, Answer, Argument, Joined, Line, Several, Where, amount_of, lead, place_of, words
from bot.languages.marks import translatable
from bot.languages.places import region_name
from bot.understanding.query import Aspect, Intent
from bot.views.chart.chart import Bar, Bars, Chart, Lines, Series
from store.catalogue import Catalogue
from store.facts import KnownFact
from store.period import Kind
from store.words import TOTAL, Bound, Metric

_LONGEST_NAME = 40  # letters; a name that is longer is cut
_MOST_BARS = 10
_MOST_PERIODS = 60
_MOST_OTHERS = 60.0  # per cent; were the others longer than that, their bar would dwarf those the chart is about
_PEAK = 1.3  # times the first and the last amount: a peak worth telling
# What is counted: of one place, and of several. {then} is by which periods, or in which one.
_WHAT = {
    Metric.SHIPMENTS: translatable("Smartphones shipped {where}{then}, in millions"),
    Metric.MARKET_SHARE: translatable("Share of the smartphone market {where}{then}, in per cent"),
    Metric.RANK: translatable("Place among smartphone vendors {where}{then}"),
    Metric.GROWTH: translatable("Change of shipments {where} on the year{then}, in per cent"),
}
_WHAT_OF_PLACES = {
    Metric.SHIPMENTS: translatable("Smartphones shipped{then}, in millions"),
    Metric.MARKET_SHARE: translatable("Share of the smartphone market{then}, in per cent"),
    Metric.RANK: translatable("Place among smartphone vendors{then}"),
    Metric.GROWTH: translatable("Change of shipments on the year{then}, in per cent"),
}
_BY = {
    Kind.YEAR: words(" by year"), Kind.HALF: words(" by half-year"), Kind.QUARTER: words(" by quarter"),
    Kind.MONTH: words(" by month"),
}  # fmt: skip
# How a line went: a vendor's shipments, its share, and all vendors' shipments together.
_PEAKED = (
    translatable("{vendor}'s shipments {where} peaked at {peak} in {top} and came to {b} in {last}"),
    translatable("{vendor}'s share of the market {where} peaked at {peak} in {top} and came to {b} in {last}"),
    translatable("Smartphone shipments {where} peaked at {peak} in {top} and came to {b} in {last}"),
)
_LEVEL = (
    translatable("{vendor}'s shipments {where} came to {b} in {last}, as in {first}"),
    translatable("{vendor}'s share of the market {where} came to {b} in {last}, as in {first}"),
    translatable("Smartphone shipments {where} came to {b} in {last}, as in {first}"),
)
_ROSE = (
    translatable("{vendor}'s shipments {where} rose from {a} in {first} to {b} in {last}"),
    translatable("{vendor}'s share of the market {where} rose from {a} in {first} to {b} in {last}"),
    translatable("Smartphone shipments {where} rose from {a} in {first} to {b} in {last}"),
)
_FELL = (
    translatable("{vendor}'s shipments {where} fell from {a} in {first} to {b} in {last}"),
    translatable("{vendor}'s share of the market {where} fell from {a} in {first} to {b} in {last}"),
    translatable("Smartphone shipments {where} fell from {a} in {first} to {b} in {last}"),
)
_OTHERS = translatable("All others")


class _Names:
    """Names short enough for a picture."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def __call__(self, slug: str) -> str:
        place = place_of(slug, self._catalogue)
        return _on_one_line(region_name(slug, place.name, place.iso))

    def where(self, region: str) -> Where:
        place = place_of(region, self._catalogue)
        return Where(place.slug, _on_one_line(place.name), place.iso)


def chart_of(answer: Answer, catalogue: Catalogue) -> Chart | None:
    """The answer as a chart; None where a picture would say no more than the words."""
    if not answer.answered:
        return None
    facts = _counted(answer)
    if len(facts) < 2:
        return None
    if len({fact.period for fact in facts}) > 1:
        return _over_time(answer, facts, _Names(catalogue))
    return _side_by_side(answer, facts, _Names(catalogue))


def _counted(answer: Answer) -> list[KnownFact]:
    """The facts of one metric that the picture is of, each vendor, region and period once."""
    facts = [fact for fact in answer.values if fact.certainty.happened and not (fact.value == 0 and fact.bound)]
    metrics = [fact.metric for fact in facts]
    if answer.query.metric in metrics:
        wanted = answer.query.metric
    elif metrics:
        wanted = max(dict.fromkeys(metrics), key=lambda metric: (metrics.count(metric), metric is Metric.SHIPMENTS))
    each: dict[tuple[str, str, object], KnownFact] = {}
    for fact in facts:
        if fact.metric is wanted:
            each.setdefault((fact.vendor, fact.region, fact.period), fact)
    return list(each.values())


def _over_time(answer: Answer, facts: list[KnownFact], name: _Names) -> Chart | None:
    kinds = {fact.period.kind for fact in facts}
    first, last = min(fact.period for fact in facts), max(fact.period for fact in facts)
    if len(kinds) > 1 or len({fact.region for fact in facts}) > 1:
        return None
    periods = first.to(last).parts
    if answer.query.intent not in (Intent.TREND, Intent.VALUE, Intent.TOTAL, Intent.COMPARE) or len(periods) < 2:
        return None
    periods = periods[-_MOST_PERIODS:]
    known = {(fact.vendor, fact.period): fact for fact in facts}
    vendors = [
        vendor
        for vendor in dict.fromkeys(fact.vendor for fact in facts)
        if any((vendor, period) in known for period in periods)
    ]
    series = tuple(
        Series(
            vendor,
            name(vendor),
            tuple(_amount(known[vendor, period]) if (vendor, period) in known else None for period in periods),
        )
        for vendor in vendors
    )
    shape, where = Lines(periods, series), name.where(facts[0].region)
    metric = facts[0].metric
    title = _course(shape, metric, where) if len(series) == 1 else _race(shape, metric, where)
    return Chart(title, _subtitle(metric, where, _BY.get(periods[0].kind, words(""))), metric, shape, _sources(facts))


def _course(shape: Lines, metric: Metric, where: Where) -> Line:
    """What became of one vendor: up, down, or up and down again."""
    only = shape.series[0]
    told = [(period, amount) for period, amount in zip(shape.periods, only.amounts, strict=True) if amount]
    (first, before), (last, after) = told[0], told[-1]
    arguments: dict[str, Argument] = {
        "vendor": only.name,
        "where": where,
        "a": before,
        "b": after,
        "first": first,
        "last": last,
    }
    whose = {Metric.SHIPMENTS: 0, Metric.MARKET_SHARE: 1}.get(metric)
    if only.slug == TOTAL:
        whose = 2 if metric is Metric.SHIPMENTS else None
    top, peak = max(told, key=lambda one: one[1].value)
    if whose is None:
        if metric is Metric.RANK:
            return lead("{vendor} was {b} {where} in {last}, {a} in {first}", **arguments)
        return lead("{vendor}'s shipments {where} changed by {b} in {last}", **arguments)
    if peak.value > _PEAK * max(before.value, after.value):
        return lead(_PEAKED[whose], **arguments, peak=peak, top=top)
    if after.value == before.value:
        return lead(_LEVEL[whose], **arguments)
    return lead((_ROSE if after.value > before.value else _FELL)[whose], **arguments)


def _race(shape: Lines, metric: Metric, where: Where) -> Line:
    """Who is ahead at the end, and since when, where the lead changed."""

    def order(at: int) -> list[Series]:
        there = [(amount, one) for one in shape.series if (amount := one.amounts[at])]
        return [one for _, one in sorted(there, key=lambda pair: pair[0].value * (1 if metric is Metric.RANK else -1))]

    last = max((at for at in range(len(shape.periods)) if len(order(at)) > 1), default=len(shape.periods) - 1)
    ranked = order(last)
    if len(ranked) < 2:
        names = Several(tuple(one.name for one in shape.series), Joined.AND)
        return lead("{vendors} {where}", vendors=names, where=where)
    first, second = ranked[:2]
    a, b = first.amounts[last], second.amounts[last]
    assert a and b
    arguments: dict[str, Argument] = {
        "first": first.name,
        "second": second.name,
        "where": where,
        "period": shape.periods[last],
    }
    if a.value == b.value:
        return lead("{first} and {second} are level {where} in {period}, at {a}", **arguments, a=a)
    if metric is Metric.RANK:
        return lead("{first} is ahead of {second} {where} in {period}", **arguments)
    return lead("{first} is ahead of {second} {where} in {period}: {a} against {b}", **arguments, a=a, b=b)


def _side_by_side(answer: Answer, facts: list[KnownFact], name: _Names) -> Chart | None:
    metric, period = facts[0].metric, facts[0].period
    regions = list(dict.fromkeys(fact.region for fact in facts))
    if metric is Metric.RANK or (len(regions) > 1 and len({fact.vendor for fact in facts}) > 1):
        return None
    slowest = Aspect.SLOWEST in answer.query.aspects
    facts = sorted(facts, key=lambda fact: fact.value if slowest else -fact.value)[:_MOST_BARS]
    if len(regions) > 1:
        return _in_regions(facts, name)
    where = name.where(facts[0].region)
    made = [Bar(fact.vendor, name(fact.vendor), _amount(fact)) for fact in facts]
    others = _others(facts)
    if others and answer.query.intent in (Intent.RANKING, Intent.LEADER):
        made.append(Bar("", _OTHERS, others))
    title = _first(facts, where, name, slowest)
    subtitle = _subtitle(metric, where, words(" in {period}", period=period))
    return Chart(title, subtitle, metric, Bars(tuple(made)), _sources(facts))


def _first(facts: Sequence[KnownFact], where: Where, name: _Names, slowest: bool) -> Line:
    """Who is in front, by how much."""
    front = [fact for fact in facts if fact.value == facts[0].value]
    arguments: dict[str, Argument] = {"where": where, "period": facts[0].period, "a": _amount(facts[0])}
    names = Several(tuple(name(fact.vendor) for fact in front), Joined.AND)
    if facts[0].metric is Metric.GROWTH and slowest:
        return lead("{vendor} grew least {where} in {period}: {a}", **arguments, vendor=names)
    if facts[0].metric is Metric.GROWTH:
        return lead("{vendor} grew fastest {where} in {period}: {a}", **arguments, vendor=names)
    if len(front) > 1:
        return lead("{vendor} are level {where} in {period}, with {a} each", **arguments, vendor=names)
    if len(facts) == 2:
        return lead(
            "{vendor} is ahead of {second} {where} in {period}: {a} against {b}",
            **arguments, vendor=names, second=name(facts[1].vendor), b=_amount(facts[1]),
        )  # fmt: skip
    return lead("{vendor} is ahead {where} in {period}, with {a}", **arguments, vendor=names)


def _in_regions(facts: Sequence[KnownFact], name: _Names) -> Chart:
    """One vendor in several places."""
    metric, period = facts[0].metric, facts[0].period
    made = tuple(Bar(fact.vendor, name(fact.region), _amount(fact)) for fact in facts)
    title = lead(
        "{vendor} in {period}: {a} in {first}, {b} in {second}", vendor=name(facts[0].vendor), period=period,
        a=_amount(facts[0]), first=name(facts[0].region), b=_amount(facts[1]), second=name(facts[1].region),
    )  # fmt: skip
    subtitle = _subtitle(metric, None, words(" in {period}", period=period))
    return Chart(title, subtitle, metric, Bars(made), _sources(facts))


def _others(facts: Sequence[KnownFact]) -> Amount | None:
    """The rest of the market, where shares are all exact and leave a rest that can be shown."""
    if facts[0].metric is not Metric.MARKET_SHARE or any(fact.bound is not Bound.EXACT for fact in facts):
        return None
    rest = round(100 - sum(fact.value for fact in facts), 1)
    return Amount(rest, "percent") if 0.5 < rest <= _MOST_OTHERS else None


def _subtitle(metric: Metric, where: Where | None, then: Line) -> Line:
    if where is None:
        return lead(_WHAT_OF_PLACES[metric], then=then)
    return lead(_WHAT[metric], where=where, then=then)


def _amount(fact: KnownFact) -> Amount:
    return Amount(fact.value, "change", fact.bound) if fact.metric is Metric.GROWTH else amount_of(fact)


def _sources(facts: Sequence[KnownFact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_on_one_line(fact.source.name) for fact in facts))


def _on_one_line(text: str, most: int = _LONGEST_NAME) -> str:
    """The text on one line, cut where it is longer than any name is."""
    clean = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return clean if len(clean) <= most else clean[: most - 1].rstrip() + "…"
