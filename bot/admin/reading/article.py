"""Reads a whole article: lines, tables and sentences in order, with what came before kept in mind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bot.admin.reading.candidate import Found, FoundFact, FoundLaunch
from bot.admin.reading.context import NOBODY, TOTAL_MARKET, Context, Subject
from bot.admin.reading.figures import read_figures
from bot.admin.reading.launch_lists import read_listed, remember_launching
from bot.admin.reading.launches import read_launches
from bot.admin.reading.layout import Line, lay_out, without_dateline
from bot.admin.reading.mentions import Mention
from bot.admin.reading.names import Sort
from bot.admin.reading.opening import begin
from bot.admin.reading.published import published_on
from bot.admin.reading.ranks import read_ranks
from bot.admin.reading.sections import begin_line, heading_vendor
from bot.admin.reading.sentence import Sentence, read_sentence
from bot.admin.reading.sentences import split_sentences
from bot.admin.reading.subjects import find_mentions
from bot.admin.reading.tables import read_tables
from bot.admin.reading.where_told import is_market, topic_region
from bot.understanding.lexicon import Lexicon
from store.period import Kind, Period
from store.words import TOTAL, WORLD, Certainty, Metric

_MOST_SENTENCES = 1_000


def read_article(text: str, lexicon: Lexicon, today: date, published: date | None = None) -> list[Found]:
    """The candidate facts and launches of an article, each once, in the order of the text.

    `published` is the article's day; where it is None it is looked for in the text, and `today` stands in for it."""
    lines = lay_out(text)
    day = published or published_on(lines, today)
    sentences = _sentences(lines, lexicon, day)
    context = begin(sentences, lines, lexicon, day)
    tables, taken = read_tables(lines, context)
    found: list[Found] = []
    paragraph, item_paragraph, last = -1, -1, -1
    for at, (line, sentence) in enumerate(sentences):
        context.coming_months = _coming_months([one for _, one in sentences[at + 1 : at + 3]])
        if line in taken:
            continue
        opens = lines[line].text.startswith(sentence.text[:40]) and len(lines[line].text) > 80 and not lines[line].item
        if lines[line].paragraph != paragraph or opens:
            paragraph = lines[line].paragraph
            context.begin_paragraph()
        if lines[line].paragraph > item_paragraph + 1:
            context.item_vendor = None
        if line != last:
            begin_line(sentence, context, sentence.text == lines[line].text, first=at == 0)
        last = line
        if heading_vendor(sentence):
            item_paragraph = lines[line].paragraph
        found += _read(sentence, context)
    return _once(_without_contradictions([*found, *tables]))


def _coming_months(sentences: Sequence[Sentence]) -> list[Period]:
    """The months that the next sentences name."""
    return [
        one.period
        for sentence in sentences
        for one in sentence.moments
        if one.period.kind is Kind.MONTH and not one.days
    ]


def _sentences(lines: Sequence[Line], lexicon: Lexicon, day: date) -> list[tuple[int, Sentence]]:
    found: list[tuple[int, Sentence]] = []
    for at, line in enumerate(lines):
        for text in split_sentences(without_dateline(line.text)):
            found.append((at, read_sentence(text, lexicon, day)))
            if len(found) == _MOST_SENTENCES:
                return found
    return found


def _read(sentence: Sentence, context: Context) -> list[Found]:
    heading = heading_vendor(sentence)
    if heading:
        context.item_vendor = heading[1]
    mentions = find_mentions(sentence, context)
    if sentence.cues.any(0, len(sentence.tokens), "gadgets") and not sentence.cues.any(
        0, len(sentence.tokens), "smart"
    ):
        context.other = 2
    elif sentence.cues.any(0, len(sentence.tokens), "smart", "any_phones"):
        context.other = 0
    context.shares = (
        8 if sentence.cues.any(0, len(sentence.tokens), "share", "of_market") else max(0, context.shares - 1)
    )
    whole = (0, len(sentence.tokens))
    of_others = sentence.cues.any(*whole, "not_smart") and not sentence.cues.any(*whole, "smart")
    of_others = of_others or sentence.cues.any(*whole, "systems") or context.part
    bare = context.label and len(sentence.tokens) < 10 and not sentence.names[1:]
    of_others = of_others or (bare and not sentence.cues.any(*whole, "yearly", "shipped", "ship_nouns"))
    context.chips = 2 if sentence.cues.any(*whole, "chips") else max(0, context.chips - 1)
    of_others = of_others or (context.chips > 0 and not sentence.cues.any(*whole, "shipped", "share", "phones"))
    of_others = of_others or sentence.cues.any(*whole, "chips")
    facts = (
        []
        if of_others
        else _agreeing([*read_figures(sentence, mentions, context), *read_ranks(sentence, mentions, context)])
    )
    launches = read_listed(sentence, context) or read_launches(sentence, mentions, context)
    remember_launching(sentence, context)
    if launches and launches[-1].product:
        context.product = (launches[-1].vendor, launches[-1].product)
    ranked = _listed_place(sentence, heading, context)
    context.other = max(0, context.other - 1)
    _remember(sentence, mentions, context, facts)
    return [*facts, *ranked, *launches]


def _listed_place(sentence: Sentence, heading: tuple[int, str] | None, context: Context) -> list[Found]:
    if heading is None or not context.ranking or context.home_period is None or not 1 <= heading[0] <= 20:
        return []
    return [
        FoundFact(
            heading[1],
            Metric.RANK,
            float(heading[0]),
            context.home_region,
            context.home_period,
            Certainty.ESTIMATE,
            sentence.text,
        )
    ]


def _agreeing(facts: list[FoundFact]) -> list[FoundFact]:
    """Without those that give one vendor two values of a metric in one period: one of them must be misread."""
    kept = []
    for fact in facts:
        rivals = [
            one
            for one in facts
            if (one.vendor, one.metric, one.region, one.period) == (fact.vendor, fact.metric, fact.region, fact.period)
            and one.value != fact.value
        ]
        if not rivals or facts.index(fact) < min(facts.index(one) for one in rivals):
            kept.append(fact)
    return kept


_APART = {Metric.SHIPMENTS: 0.25, Metric.MARKET_SHARE: 8.0, Metric.GROWTH: 12.0, Metric.RANK: 0.5}


def _without_contradictions(found: list[Found]) -> list[Found]:
    """Without figures that lie far from one told before of the same vendor, region and period: two analysts differ by
    little, so the later one is of something else, such as one model."""
    first: dict[tuple[object, ...], FoundFact] = {}
    for one in sorted((one for one in found if isinstance(one, FoundFact)), key=lambda one: not one.placed):
        first.setdefault((one.vendor, one.metric, one.region, one.period), one)
    return [one for one in found if isinstance(one, FoundLaunch) or not _contradicts(one, first)]


def _contradicts(one: FoundFact, first: dict[tuple[object, ...], FoundFact]) -> bool:
    known = first[one.vendor, one.metric, one.region, one.period]
    allowed = _APART[one.metric] * (known.value if one.metric is Metric.SHIPMENTS else 1.0)
    return abs(one.value - known.value) > allowed and known.certainty.happened


def _subject_of(facts: Sequence[FoundFact]) -> Subject | None:
    """Whom the first fact of a sentence is about."""
    if not facts:
        return None
    return TOTAL_MARKET if facts[0].vendor == TOTAL else Subject((facts[0].vendor,))


def _remember(sentence: Sentence, mentions: Sequence[Mention], context: Context, facts: Sequence[FoundFact]) -> None:
    """Carry over who, where and when to the sentences that follow."""
    for name in sentence.names:
        if name.sort in (Sort.VENDOR, Sort.PRODUCT):
            context.mention(name.slug)
        if name.sort is Sort.PRODUCT:
            context.product = (name.slug, name.text)
    together = [one.subject.vendors for one in mentions if len(one.subject.vendors) > 1 and not one.object]
    context.listed = together[-1] if together else context.listed
    spoken = [one.subject for one in mentions if not one.object]
    for subject in spoken:
        for vendor in subject.vendors:
            context.mention(vendor)
    if sentence.cues.any(0, len(sentence.tokens), "not_smart") and not sentence.cues.any(
        0, len(sentence.tokens), "smart"
    ):
        context.subject = NOBODY
        return
    leading = _subject_of(facts) or next(
        (subject for subject in spoken if subject.vendors or subject == TOTAL_MARKET), None
    )
    if leading:
        context.subject = leading
        if leading.vendors:
            context.mention(leading.vendors[0])
    first = next((name for name in sentence.names if name.sort in (Sort.ANALYST, Sort.VENDOR)), None)
    context.analyst_spoke = (
        first is not None
        and first.sort is Sort.ANALYST
        and not any(name.sort is Sort.VENDOR for name in sentence.names)
    )
    region = topic_region(sentence, context)
    worldwide = any(name.slug == WORLD and is_market(sentence, name) for name in sentence.sorted_names(Sort.REGION))
    if worldwide and (region in (None, WORLD) or any(fact.region == WORLD for fact in facts)):
        context.region = WORLD
    opens = sentence.names and sentence.names[0].sort is Sort.REGION and sentence.names[0].start <= 2
    if (
        region
        and not worldwide
        and (
            opens
            or any(fact.region == region for fact in facts)
            or sentence.cues.any(0, len(sentence.tokens), "launches", "arrives", "market", "groups", "led", "best")
        )
        and not sentence.cues.any(0, len(sentence.tokens), "withdrawn")
    ):
        context.region = region
    period = _told_period(sentence, context, facts)
    if period:
        context.period = period


def _told_period(sentence: Sentence, context: Context, facts: Sequence[FoundFact]) -> Period | None:
    """The period that the next sentences are about, where this one names it."""
    told = [
        one
        for one in sentence.moments
        if not one.compared and not one.days and not one.fiscal and one.period.start <= context.today
    ]
    told = [one for one in told if not sentence.aside(one.start)]
    home = context.home_period
    own = [one.period for one in told if any(fact.period == one.period for fact in facts)]
    if own:
        return own[0]
    whole = (0, len(sentence.tokens))
    if facts or not (
        sentence.amounts or sentence.cues.any(*whole, "shipped", "ship_nouns", "share", "market", "place")
    ):
        return None
    told = [
        one
        for one in told
        if one.period.kind is not Kind.MONTH
        and not (home and home.kind is one.period.kind and one.period == home.year_before())
    ]
    kinds = (
        {Kind.QUARTER, Kind.HALF, Kind.RANGE}
        if context.home_period and context.home_period.kind is not Kind.YEAR
        else set(Kind)
    )
    kinds |= {context.home_period.kind} if context.home_period else set()
    return next((one.period for one in told if one.period.kind in kinds), None)


def _once(found: Iterable[Found]) -> list[Found]:
    """Each candidate once, the surest telling of it kept where it was first told."""
    order = list(Certainty)
    found = [one for one in found if one.region]
    kept: dict[tuple[object, ...], Found] = {}
    for one in found:
        known = kept.get(one.identity)
        if known is None or order.index(one.certainty) < order.index(known.certainty):
            kept[one.identity] = one
    return _without_vaguer([*kept.values()])


def _without_vaguer(found: list[Found]) -> list[Found]:
    """Without launches that another tells more exactly: of the same vendor and region, with a product or date."""
    launches = [one for one in found if isinstance(one, FoundLaunch)]

    def surest(one: FoundLaunch) -> int:
        return [*Certainty].index(one.certainty)

    def is_vaguer(one: Found) -> bool:
        return isinstance(one, FoundLaunch) and any(
            other is not one
            and (other.vendor, other.region) == (one.vendor, one.region)
            and one.product in ("", other.product)
            and other.date.startswith(one.date)
            and (other.date, other.product) != (one.date, one.product)
            and (other.product == "" or one.product or not one.date or surest(other) <= surest(one))
            for other in launches
        )

    return [one for one in found if not is_vaguer(one)]
