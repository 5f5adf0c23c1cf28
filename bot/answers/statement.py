"""Single sentences about facts, launches, milestones and news, worded by how sure they are."""

from __future__ import annotations

from datetime import date

from bot.answers.answer import Amount, Argument, Days, Line, Style, amount_of, where
from store.facts import Facts, KnownFact, KnownLaunch, KnownMilestone, KnownNews
from store.words import TOTAL, Metric

_FACT = {
    Metric.SHIPMENTS: {
        True: "{vendor} shipped {amount} smartphones {where} in {period} ({certainty}, {source})",
        False: "{vendor} is {certainty} to ship {amount} smartphones {where} in {period} (not confirmed, {source})",
    },
    Metric.MARKET_SHARE: {
        True: "{vendor} had {amount} of the smartphone market {where} in {period} ({certainty}, {source})",
        False: "{vendor} is {certainty} to have {amount} of the market {where} in {period} (not confirmed, {source})",
    },
    Metric.RANK: {
        True: "{vendor} was {amount} among smartphone vendors {where} in {period} ({certainty}, {source})",
        False: "{vendor} is {certainty} to be {amount} among vendors {where} in {period} (not confirmed, {source})",
    },
    Metric.GROWTH: {
        True: "{vendor}'s shipments {where} {moved} by {amount} on the year in {period} ({certainty}, {source})",
        False: "{vendor}'s shipments {where} are {certainty} to change {amount} in {period} (not confirmed, {source})",
    },
}
_TOTAL = {
    Metric.SHIPMENTS: "All vendors together shipped {amount} smartphones {where} in {period} ({certainty}, {source})",
    Metric.GROWTH: "Smartphone shipments {where} {moved} by {amount} on the year in {period} ({certainty}, {source})",
}


def fact_line(fact: KnownFact, facts: Facts, style: Style = Style.DETAIL) -> Line:
    """A number in a sentence."""
    message = _FACT[fact.metric][fact.certainty.happened]
    if fact.vendor == TOTAL and fact.metric in _TOTAL and fact.certainty.happened:
        message = _TOTAL[fact.metric]
    if fact.worked_out:
        message = message.replace("({certainty}, {source})", "(added up from {source}'s quarters)")
    arguments: dict[str, Argument] = {
        "vendor": facts.name(fact.vendor),
        "amount": amount_of(fact),
        "where": where(fact.region, facts),
        "period": fact.period,
        "certainty": fact.certainty,
    }
    if fact.metric is Metric.GROWTH and fact.certainty.happened:
        arguments["moved"] = "fell" if fact.value < 0 else "grew"
        arguments["amount"] = Amount(abs(fact.value), fact.unit, fact.bound)
    return Line(message, arguments, style, fact.source)


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
        message = "{what} {where}: no date known ({certainty}, not confirmed, {source})"
        if launch.certainty.happened:
            message = "{what} {where}: date not known ({certainty}, {source})"
    elif not launch.certainty.happened:
        message = "{what} {where}: {date} ({certainty}, not confirmed, {source})"
    elif launch.days[0] > today:
        message = "{what} launches {where} {date} ({certainty}, {source})"
    else:
        message = "{what} launched {where} {date} ({certainty}, {source})"
    return Line(message, arguments, style, launch.source)


def milestone_line(milestone: KnownMilestone, facts: Facts, style: Style = Style.DETAIL) -> Line:
    """A milestone in a sentence, with who announced it where that is known."""
    message = "{vendor}, {period}: {title} ({certainty}, {source})"
    if not milestone.certainty.happened:
        message = "{vendor}, {period}: {title} ({certainty}, not confirmed, {source})"
    arguments: dict[str, Argument] = {
        "vendor": facts.name(milestone.vendor),
        "title": milestone.title,
        "period": milestone.period,
        "certainty": milestone.certainty,
    }
    if milestone.source.announced_by:
        message += ", announced by {by}"
        arguments["by"] = milestone.source.announced_by
    return Line(message, arguments, style, milestone.source)


def news_line(news: KnownNews, style: Style = Style.DETAIL) -> Line:
    """A piece of news as it is kept, marked where it is not sure."""
    message = (
        "{title} ({certainty}, {source})"
        if news.certainty.happened
        else "{title} ({certainty}, not confirmed, {source})"
    )
    return Line(message, {"title": news.title, "certainty": news.certainty}, style, news.source)
