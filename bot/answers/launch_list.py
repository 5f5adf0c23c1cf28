"""Which launches there were, and which are to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.answers.answer import (
    Answer,
    Joined,
    Line,
    NoFacts,
    Style,
    detail,
    lead,
    named,
    note,
    several,
    sources_of,
    where,
    words,
)
from bot.answers.precedence import by_precedence, published_by
from bot.answers.statement import launch_line, milestone_line, news_line
from bot.languages.marks import translatable
from bot.understanding.query import Aspect, Intent, Query
from store.facts import Facts, KnownLaunch

_MOST = 10


def answer(query: Query, facts: Facts) -> Answer:
    """Answer "where has VENDOR launched?", "launches in REGION" and "what is coming?", by date. Raises NoFacts."""
    upcoming = query.intent is Intent.UPCOMING
    regions = _places(query, facts)
    between = query.days or ((query.period.start, query.period.end) if query.period else None)
    found = published_by(facts.launches(query.vendors, regions, (), between), query.today)
    best: dict[tuple[str, str | None, str], KnownLaunch] = {}
    for launch in by_precedence(found, query.today):
        best.setdefault((launch.vendor, launch.product, launch.region), launch)
    launches = sorted(best.values(), key=lambda one: (one.days or (date.max, date.max), one.product is not None))
    ahead = [one for one in launches if _is_ahead(one, query.today)]
    chosen = ahead if upcoming else launches
    names = [named(one, facts) for one in (*query.vendors, *query.regions)]
    what = words("upcoming") if upcoming else words("launches")
    heading = (*names, *((query.period,) if query.period else ()), what)
    told = _told(query, facts)
    if not chosen and not told:
        raise _nothing(query, facts, upcoming)
    pages = max(1, -(-len(chosen) // _MOST))
    page = min(query.page, pages - 1)
    shown = _shown(chosen, upcoming, page)
    lines: list[Line] = [*told] if not page else []
    for launch in shown:
        lines.append(launch_line(launch, facts, query.today, Style.DETAIL if lines else Style.LEAD))
    if pages > 1 and not page:
        more = len(chosen) - len(shown)
        lines.append(note("And {count} more; name a vendor, a region or a year to see them.", count=more))
    elif page:
        lines.append(note("Page {page} of {pages}.", page=page + 1, pages=pages))
    return Answer(
        replace(query, page=page),
        True,
        heading,
        tuple(lines),
        None,
        (),
        sources_of([line.source for line in told], shown),
        tuple(
            words(
                "When does {vendor} launch {where}?",
                vendor=facts.name(one.vendor),
                where=where(one.region, facts),
            )
            for one in shown[:1]
        ),
        tuple(shown),
        pages,
    )


def _places(query: Query, facts: Facts) -> set[str]:
    """The regions asked about and all inside them; "after Spain" is the rest of the region that Spain is in."""
    wanted = query.regions
    if Aspect.AFTER in query.aspects and wanted:
        wanted = facts.catalogue.around(wanted[0])[:1] or wanted
    inside = {inside for region in wanted for inside in facts.catalogue.within(region)}
    return inside - set(query.regions) if Aspect.AFTER in query.aspects and wanted != query.regions else inside


def _is_ahead(launch: KnownLaunch, today: date) -> bool:
    """True for what is still to come; what was only expected long ago and never confirmed is not."""
    if launch.days:
        return launch.days[1] >= today
    return not launch.certainty.happened and (today - launch.source.published).days < 400


def _shown(chosen: list[KnownLaunch], upcoming: bool, page: int) -> list[KnownLaunch]:
    """One page: the first of what is coming, or the last of what there was, in the order of the days."""
    if upcoming:
        return chosen[page * _MOST : (page + 1) * _MOST]
    end = len(chosen) - page * _MOST
    return chosen[max(0, end - _MOST) : end]


def _told(query: Query, facts: Facts) -> list[Line]:
    """What the question's words point at: "the first country in Western Europe", "better in November and December"."""
    milestone_ids = [story.row_id for story in query.stories if story.kind == "milestone"]
    news_ids = [story.row_id for story in query.stories if story.kind == "news"]
    lines: list[Line] = []
    if milestone_ids:
        milestones = published_by(facts.milestones(query.vendors, (), None, milestone_ids), query.today)
        lines += [milestone_line(one, facts, Style.LEAD) for one in milestones[:1]]
    if news_ids and query.intent is Intent.UPCOMING:
        news = [one for one in facts.news(query.vendors, ids=news_ids) if not one.certainty.happened]
        lines += [news_line(one, Style.DETAIL if lines else Style.LEAD) for one in published_by(news, query.today)[:1]]
    return lines


def _nothing(query: Query, facts: Facts, upcoming: bool) -> NoFacts:
    no, vendors = words(""), several(query.vendors, facts, Joined.AND)
    line = lead(
        translatable("I know of no upcoming launch{of}{there}{then}.")
        if upcoming
        else translatable("I know of no launch{of}{there}{then}."),
        of=words(" of {vendors}", vendors=vendors) if query.vendors else no,
        there=words(" in {region}", region=several(query.regions, facts)) if query.regions else no,
        then=words(" in {period}", period=query.period) if query.period else no,
    )
    others = facts.launches(query.vendors) if query.vendors else facts.launches(regions=query.regions)
    others = [one for one in published_by(others, query.today) if one.days]
    lines = [line]
    if others and upcoming:
        lines.append(detail("The last one recorded:"))
        lines.append(launch_line(others[-1], facts, query.today))
    first = facts.name(query.vendors[0]) if query.vendors else "Xiaomi"
    return NoFacts(*lines, query=query, suggestions=(
        words("{vendor} launches", vendor=first), words("{vendor} news", vendor=first), words("Upcoming launches"),
    ))  # fmt: skip
