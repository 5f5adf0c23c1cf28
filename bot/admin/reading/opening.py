"""What the headline and the first sentences of an article tell the rest by: region, period, vendor."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.admin.reading.context import Context, Subject
from bot.admin.reading.layout import Line
from bot.admin.reading.names import Sort
from bot.admin.reading.published import newest_quarter
from bot.admin.reading.sentence import Sentence
from bot.admin.reading.when_told import main_period, resolved
from bot.admin.reading.where_told import is_market, topic_region
from bot.understanding.lexicon import Lexicon
from store.period import Kind, Period
from store.words import WORLD

_HOME = 14  # sentences that are asked which region the article is about
_LEAST_WORLDWIDE = 230.0  # millions of phones; no single country takes more in a quarter or so
_LONG_BEFORE = 100  # days; a period so much older than another of the lead is told for comparison
_LEAD = 5  # sentences that tell what an article is about
_ANNOUNCED = 8  # sentences one of which tells that the vendor itself spoke


def begin(sentences: Sequence[tuple[int, Sentence]], lines: Sequence[Line], lexicon: Lexicon, day: date) -> Context:
    """What the headline and the first sentences tell the rest by."""
    context = Context(lexicon, day)
    lead = [sentence for _, sentence in sentences[:_LEAD]]
    whole = " ".join(line.text.lower() for line in lines)
    context.smartphones = bool(re.search(r"smart ?phone(?!s? tracker)", whole))
    context.earnings = bool(
        re.search(
            r"revenue|sales income|operating (?:results|margin)|"
            r"operating (?:profit|income|loss)|net (?:profit|income|loss)|earnings|fiscal|"
            r"quarterly (?:results|loss|profit)|financial results",
            whole,
        )
    )
    context.part = _is_about_part(whole, " ".join(sentence.text.lower() for sentence in lead[:2]))
    context.subnational = len(re.findall(r"\b(?:the|this) (?:state|city|province)\b|\bin the state\b", whole)) > 1
    context.feature_phones = "feature phone" in whole or "featurephone" in whole
    context.shipments = bool(re.search(r"shipment|shipped|sales|sold|smartphone market", whole))
    context.analysts = any(
        sentence.sorted_names(Sort.ANALYST) or "research firm" in sentence.text.lower() for _, sentence in sentences
    )
    if lead:
        context.ranking = bool(
            re.search(r"biggest|largest|top \d|top [a-z]+ |rank|most popular|best[- ]selling", lead[0].text, re.I)
        )
        vendors = list(dict.fromkeys(name.slug for name in lead[0].names if name.sort in (Sort.VENDOR, Sort.PRODUCT)))
        context.headline_vendor = vendors[0] if vendors else None
        if (
            len(vendors) == 1
            and not context.analysts
            and _is_announcement([sentence for _, sentence in sentences[:_ANNOUNCED]])
        ):
            context.own_word = vendors[0]
    context.own_results = _own_results(sentences, context)
    if any(name.slug == "hmd" for _, sentence in sentences for name in sentence.names):
        context.renamed["nokia"] = "hmd"
    context.home_region = _home_region([sentence for _, sentence in sentences], context)
    context.home_period = _home_period(sentences, context)
    return context


def _own_results(sentences: Sequence[tuple[int, Sentence]], context: Context) -> str:
    """The one vendor whose earnings an article reports; empty for other articles."""
    lead = [sentence for _, sentence in sentences[:_LEAD]]
    money = sum(sentence.cues.any(0, len(sentence.tokens), "money") for sentence in lead)
    if not context.earnings or context.analysts or money < 2:
        return ""
    for part in (lead[:1], lead, [sentence for _, sentence in sentences]):
        told_of = {name.slug for sentence in part for name in sentence.sorted_names(Sort.VENDOR)}
        if len(told_of) == 1:
            return next(iter(told_of))
    return ""


_PARTS = re.compile(
    r"foldables?|tablets?|ipads?|wearables?|smart ?watch(?:es)?|wearable bands?|pcs?|refurbished|smart ?glasses|earbuds"
)


def _is_about_part(whole: str, lead: str) -> bool:
    """True where the headline and the article tell mostly of foldables, tablets or other things beside phones."""
    told = _PARTS.findall(whole)
    others = len(re.findall(r"(?<!foldable )(?:smart)?phone (?:market|shipments|sales)", whole))
    return len(told) > 2 and bool(re.search(rf"\b(?:{_PARTS.pattern})\b", lead)) and len(told) > 1.5 * others


def _is_announcement(first: Sequence[Sentence]) -> bool:
    return any(sentence.cues.any(0, len(sentence.tokens), "said", "ours") for sentence in first)


def _home_region(sentences: Sequence[Sentence], context: Context) -> str:
    """The region that the headline tells of, or most of the first sentences; of two equally often told the first. Where
    they name none, the only one that the article names time and again."""
    votes: dict[str, float] = {}
    named_at = next((at for at, one in enumerate(sentences) if one.sorted_names(Sort.REGION)), len(sentences))
    for at, sentence in enumerate(sentences[:_HOME]):
        if sentence.is_question:
            continue
        region = _voted_region(sentence, context)
        vote = _vote(sentence, region, context, at, first=not votes, alone=named_at - at >= 2)
        if vote:
            votes[vote[0]] = votes.get(vote[0], 0) + vote[1]
    votes = {region: weight for region, weight in votes.items() if weight >= 1.0 or region == WORLD}
    if votes:
        return max(votes, key=lambda region: votes[region])
    return (_often_named(sentences) if context.analysts else None) or WORLD


def _voted_region(sentence: Sentence, context: Context) -> str | None:
    """The one region whose market a sentence tells of; none where it tells of the world's and a region's."""
    region = topic_region(sentence, context)
    worldwide = any(name.slug == WORLD and is_market(sentence, name) for name in sentence.sorted_names(Sort.REGION))
    if region and region != WORLD and worldwide:
        return None
    if any(name.slug == "" and is_market(sentence, name) for name in sentence.sorted_names(Sort.REGION)):
        return ""
    if region and region != WORLD and _is_entered(sentence, region):
        return WORLD if any(name.slug == WORLD for name in sentence.names) else None
    return region if region is not None else (WORLD if worldwide else None)


def _vote(
    sentence: Sentence, region: str | None, context: Context, at: int, first: bool, alone: bool
) -> tuple[str, float] | None:
    """The region that a sentence speaks for as the article's, and how loudly; `at` is its place in the article."""
    whole = (0, len(sentence.tokens))
    cues = sentence.cues
    counts = [amount for amount in sentence.amounts if not amount.money]
    told = bool(counts) or cues.any(*whole, "market", "share", "led", "first_place", "best", "keeps_lead")
    told = told or (at == 0 and cues.any(*whole, "ship_nouns"))
    if region is None:
        phones = [
            amount
            for amount in counts
            if not amount.percent and cues.any(amount.start - 6, amount.stop + 4, "phones", "shipped", "ship_nouns")
        ]
        large = any(_LEAST_WORLDWIDE <= amount.value < 1_000 for amount in phones)
        return (WORLD, 1.5) if large or (phones and first and (context.earnings or alone)) else None
    grows = cues.any(*whole, "market") and cues.any(*whole, "up", "down")
    if cues.any(*whole, "launches") and not counts and not grows and not cues.any(*whole, "ship_nouns", "share"):
        return None
    if not told:
        return (region, 0.9 if cues.any(*whole, "arrives", "launches") else 1.0) if at == 0 else None
    whole_market = cues.any(*whole, "market") or _names_shipments(sentence, region)
    if at == 0:
        return region, 3.0
    if at < 3 or (whole_market and at < 4):
        return region, 1.3 if first else 1.0
    return region, 0.8 if first else 0.6


def _often_named(sentences: Sequence[Sentence]) -> str | None:
    """The region of an article whose first sentences name none: "IDC India said", "in India's premium segment"."""
    named = [name.slug for sentence in sentences for name in sentence.sorted_names(Sort.REGION)]
    if WORLD in named or not named:
        return None
    most = max(set(named), key=named.count)
    return most if named.count(most) >= max(2, 0.6 * len(named)) else None


def _is_entered(sentence: Sentence, region: str) -> bool:
    """ "Xiaomi expands to Western Europe", "into the UK market": a place where something is launched."""
    return any(
        sentence.cues.any(name.start - 3, name.start, "launches", "arrives")
        or (
            sentence.lower(name.start - 1 - (sentence.lower(name.start - 1) == "the")) == "into"
            and not sentence.cues.any(name.start - 4, name.start, "ship_nouns")
        )
        for name in sentence.sorted_names(Sort.REGION)
        if name.slug == region
    )


def _names_shipments(sentence: Sentence, region: str) -> bool:
    """ "Shipments in India", "China's smartphone sales": the region right beside what is counted."""
    return any(
        sentence.cues.any(name.start - 4, name.stop + 4, "ship_nouns", "shipped")
        for name in sentence.sorted_names(Sort.REGION)
        if name.slug == region
    )


def _home_period(sentences: Sequence[tuple[int, Sentence]], context: Context) -> Period | None:
    """The period that the article reports: the first of its lead that has ended, quarters before others."""
    subject = Subject((context.headline_vendor,)) if context.headline_vendor else None
    ended: list[Period] = []
    for _, sentence in sentences[: _LEAD + 2]:
        launched = sentence.cues.any(0, len(sentence.tokens), "launches", "arrives") and any(
            name.sort in (Sort.PRODUCT, Sort.REGION, Sort.CITY) and name.slug != WORLD for name in sentence.names
        )
        reports = sentence.amounts or not launched
        if "|" in sentence.text or len(sentence.moments) > 3:
            continue  # the heading of a table
        for one in sentence.moments:
            if one.compared or one.days or not reports:
                continue
            period = resolved(one, subject)
            if period and period.start <= context.today:
                ended.append(period)
    ended = [one for one in ended if one.end <= _end_of_month(context.today) and (one.end - one.start).days < 370]
    latest = newest_quarter(" ".join(sentence.text for _, sentence in sentences), context.today)
    if ended:
        first = max((one for one in ended if one.kind is ended[0].kind), key=lambda one: one.end)
        newest = max(ended, key=lambda one: one.end)
        opening = [one.period for _, sentence in sentences[:2] for one in sentence.moments]
        if latest and first.kind is Kind.QUARTER and first not in opening and 0 < (latest.end - first.end).days < 400:
            return latest  # the newest quarter that has ended is what is reported
        return newest if (newest.end - first.end).days > _LONG_BEFORE else first
    for _, sentence in sentences:
        later = main_period(sentence, subject)
        if later and later.kind is Kind.QUARTER and later.end < context.today:
            return latest if latest and 0 < (latest.end - later.end).days < 400 else later
    quarterly = any(
        re.search(r"\b(?:same|the|latest|this|last) quarter\b|quarterly", sentence.text, re.I)
        for _, sentence in sentences[: _LEAD + 2]
    )
    return Period.containing(context.today, Kind.QUARTER).shift(-1) if quarterly and context.shipments else None


def _end_of_month(day: date) -> date:
    return Period.containing(day, Kind.MONTH).end
