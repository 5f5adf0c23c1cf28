"""Single sentences about facts, launches, milestones and news, worded by how sure they are."""

from __future__ import annotations

from datetime import date

from bot.answers.answer import Amount, Argument, Days, Line, Style, amount_of, named, where
from bot.languages.marks import translatable
from store.facts import Facts, KnownFact, KnownLaunch, KnownMilestone, KnownNews
from store.words import TOTAL, Certainty, Metric

# What happened; what is expected; what is rumoured: each a sentence of its own, as no language says them alike.
_HAPPENED = {
    Metric.SHIPMENTS: translatable("{vendor} shipped {amount} smartphones {where} in {period} ({certainty}, {source})"),
    Metric.MARKET_SHARE: translatable(
        "{vendor} had {amount} of the smartphone market {where} in {period} ({certainty}, {source})"
    ),
    Metric.RANK: translatable(
        "{vendor} was {amount} among smartphone vendors {where} in {period} ({certainty}, {source})"
    ),
    Metric.GROWTH: translatable(
        "{vendor}'s shipments {where} grew by {amount} on the year in {period} ({certainty}, {source})"
    ),
}
_FELL = translatable("{vendor}'s shipments {where} fell by {amount} on the year in {period} ({certainty}, {source})")
_EXPECTED = {
    Metric.SHIPMENTS: translatable(
        "{vendor} is expected to ship {amount} smartphones {where} in {period} (not confirmed, {source})"
    ),
    Metric.MARKET_SHARE: translatable(
        "{vendor} is expected to have {amount} of the market {where} in {period} (not confirmed, {source})"
    ),
    Metric.RANK: translatable(
        "{vendor} is expected to be {amount} among vendors {where} in {period} (not confirmed, {source})"
    ),
    Metric.GROWTH: translatable(
        "{vendor}'s shipments {where} are expected to change {amount} in {period} (not confirmed, {source})"
    ),
}
_RUMOURED = {
    Metric.SHIPMENTS: translatable(
        "{vendor} is rumoured to ship {amount} smartphones {where} in {period} (not confirmed, {source})"
    ),
    Metric.MARKET_SHARE: translatable(
        "{vendor} is rumoured to have {amount} of the market {where} in {period} (not confirmed, {source})"
    ),
    Metric.RANK: translatable(
        "{vendor} is rumoured to be {amount} among vendors {where} in {period} (not confirmed, {source})"
    ),
    Metric.GROWTH: translatable(
        "{vendor}'s shipments {where} are rumoured to change {amount} in {period} (not confirmed, {source})"
    ),
}
_TOTAL = {
    Metric.SHIPMENTS: translatable(
        "All vendors together shipped {amount} smartphones {where} in {period} ({certainty}, {source})"
    ),
    Metric.GROWTH: translatable(
        "Smartphone shipments {where} grew by {amount} on the year in {period} ({certainty}, {source})"
    ),
}
_TOTAL_FELL = translatable(
    "Smartphone shipments {where} fell by {amount} on the year in {period} ({certainty}, {source})"
)
_ADDED_UP = translatable(
    "{vendor} shipped {amount} smartphones {where} in {period} (added up from {source}'s quarters)"
)
_TOTAL_ADDED_UP = translatable(
    "All vendors together shipped {amount} smartphones {where} in {period} (added up from {source}'s quarters)"
)


def fact_line(fact: KnownFact, facts: Facts, style: Style = Style.DETAIL) -> Line:
    """A number in a sentence."""
    arguments: dict[str, Argument] = {
        "vendor": named(fact.vendor, facts),
        "amount": amount_of(fact),
        "where": where(fact.region, facts),
        "period": fact.period,
        "certainty": fact.certainty,
    }
    if fact.metric is Metric.GROWTH and fact.certainty.happened:
        arguments["amount"] = Amount(abs(fact.value), fact.unit, fact.bound)
    return Line(_worded(fact), arguments, style, fact.source)


def _worded(fact: KnownFact) -> str:
    """The sentence for a number: by how sure it is, and which way it went."""
    of_all = fact.vendor == TOTAL
    if fact.worked_out:
        return _TOTAL_ADDED_UP if of_all else _ADDED_UP
    if fact.certainty is Certainty.EXPECTED:
        return _EXPECTED[fact.metric]
    if fact.certainty is Certainty.RUMOURED:
        return _RUMOURED[fact.metric]
    if fact.metric is Metric.GROWTH and fact.value < 0:
        return _TOTAL_FELL if of_all else _FELL
    return _TOTAL[fact.metric] if of_all and fact.metric in _TOTAL else _HAPPENED[fact.metric]


def launch_line(launch: KnownLaunch, facts: Facts, today: date, style: Style = Style.DETAIL) -> Line:
    """A launch in a sentence: in the past only where it is sure and its day has come."""
    what = facts.name(launch.vendor)
    if launch.product:
        product = facts.name(launch.product)
        what = product if product.startswith(what) else f"{what} {product}"
    arguments: dict[str, Argument] = {
        "what": what,
        "where": where(launch.region, facts),
        "date": Days(launch.date_text),
        "certainty": launch.certainty,
    }
    if not launch.days:
        message = translatable("{what} {where}: no date known ({certainty}, not confirmed, {source})")
        if launch.certainty.happened:
            message = translatable("{what} {where}: date not known ({certainty}, {source})")
    elif not launch.certainty.happened:
        message = translatable("{what} {where}: {date} ({certainty}, not confirmed, {source})")
    elif launch.days[0] > today:
        message = translatable("{what} launches {where} {date} ({certainty}, {source})")
    else:
        message = translatable("{what} launched {where} {date} ({certainty}, {source})")
    return Line(message, arguments, style, launch.source)


_MILESTONE = {
    (True, False): translatable("{vendor}, {period}: {title} ({certainty}, {source})"),
    (False, False): translatable("{vendor}, {period}: {title} ({certainty}, not confirmed, {source})"),
    (True, True): translatable("{vendor}, {period}: {title} ({certainty}, {source}), announced by {by}"),
    (False, True): translatable(
        "{vendor}, {period}: {title} ({certainty}, not confirmed, {source}), announced by {by}"
    ),
}


def milestone_line(milestone: KnownMilestone, facts: Facts, style: Style = Style.DETAIL) -> Line:
    """A milestone in a sentence, with who announced it where that is known."""
    message = _MILESTONE[milestone.certainty.happened, bool(milestone.source.announced_by)]
    arguments: dict[str, Argument] = {
        "vendor": facts.name(milestone.vendor),
        "title": milestone.title,
        "period": milestone.period,
        "certainty": milestone.certainty,
    }
    if milestone.source.announced_by:
        arguments["by"] = milestone.source.announced_by
    return Line(message, arguments, style, milestone.source)


def news_line(news: KnownNews, style: Style = Style.DETAIL) -> Line:
    """A piece of news as it is kept, marked where it is not sure."""
    message = (
        translatable("{title} ({certainty}, {source})")
        if news.certainty.happened
        else translatable("{title} ({certainty}, not confirmed, {source})")
    )
    return Line(message, {"title": news.title, "certainty": news.certainty}, style, news.source)
