"""When does a vendor or a product come to a region, and is that sure?"""

from __future__ import annotations

from bot.answers import launch_list
from bot.answers.answer import (
    Answer,
    Argument,
    Joined,
    Line,
    NoFacts,
    Several,
    Style,
    detail,
    lead,
    named,
    several,
    sources_of,
    where,
    words,
)
from bot.answers.precedence import by_precedence, published_by
from bot.answers.statement import launch_line, milestone_line, news_line
from bot.understanding.query import Aspect, Query
from store.facts import Facts, KnownLaunch

_MOST = 6
_FRESH = 400  # days: what was expected longer ago with no date is told last


def answer(query: Query, facts: Facts) -> Answer:
    """Answer "when does VENDOR launch in REGION?", the vendor's entry first and its products after it.

    Where the region itself has no launch, tells what is expected for the larger region around it. Raises NoFacts."""
    if query.days and not query.vendors and not query.product:
        return _on_days(query, facts)
    if not (query.regions or query.product or query.days or Aspect.PHONE in query.aspects):
        return launch_list.answer(query, facts)
    regions = {inside for region in query.regions for inside in facts.catalogue.within(region)}
    products = (query.product,) if query.product else ()
    found = published_by(facts.launches(query.vendors, regions, products), query.today)
    if query.days:
        first, last = query.days
        found = [one for one in found if one.days and one.days[0] <= last and one.days[1] >= first] or found
    names = [facts.name(vendor) for vendor in query.vendors]
    heading = (
        *names,
        *([facts.name(query.product)] if query.product else []),
        *(named(region, facts) for region in query.regions),
        words("launch"),
    )
    if not found:
        return _around(query, facts, heading)
    shown = _one_each(found, query)[:_MOST]
    lines = [launch_line(shown[0], facts, query.today, Style.LEAD)]
    lines += [launch_line(launch, facts, query.today) for launch in shown[1:]]
    if len(found) > len(shown) and len(shown) == _MOST:
        lines.append(detail("And {count} more.", count=len(found) - len(shown)))
    told = _told(query, facts, shown[0])
    suggestions = [words("Who announced the {vendor} launch?", vendor=name) for name in names[:1]]
    suggestions += [words("Where does {vendor} launch next?", vendor=name) for name in names[:1]]
    return Answer(
        query,
        True,
        heading,
        (*lines, *told),
        None,
        (),
        sources_of(shown, [line.source for line in told]),
        tuple(suggestions),
        tuple(shown),
    )


def _one_each(found: list[KnownLaunch], query: Query) -> list[KnownLaunch]:
    """One row of each launch, by precedence; in the order of the days, and the vendor's own entry before products."""
    best: dict[tuple[str, str | None, str], KnownLaunch] = {}
    for launch in by_precedence(found, query.today):
        best.setdefault((launch.vendor, launch.product, launch.region), launch)
    exact = query.regions[0] if query.regions else None
    return sorted(
        best.values(),
        key=lambda one: (
            (one.product is None) is (Aspect.PHONE in query.aspects),
            exact is not None and one.region != exact,
            one.days is None and (query.today - one.source.published).days > _FRESH,
            one.days is None or one.days[1] < query.today,
            one.days or (),
        ),
    )


def _told(query: Query, facts: Facts, launch: KnownLaunch) -> list[Line]:
    """Milestones and news that the question's own words point at, about the same vendor."""
    ids = [story.row_id for story in query.stories if story.kind == "milestone"]
    found = facts.milestones([launch.vendor], (), None, ids) if ids else []
    inside = {launch.region, *facts.catalogue.around(launch.region)} - {"world"}
    first_entries = [one for one in found if one.region in inside and one.certainty.happened]
    return [milestone_line(one, facts, Style.NOTE) for one in published_by(first_entries, query.today)[:1]]


def _around(query: Query, facts: Facts, heading: tuple[Argument, ...]) -> Answer:
    """What is known of the regions around, where the one asked for has no launch of its own."""
    vendor = query.vendors[0] if query.vendors else None
    names = several((query.product,) if query.product else query.vendors, facts, Joined.AND)
    for region in query.regions:
        for larger in facts.catalogue.around(region):
            wide = published_by(facts.launches(query.vendors, [larger]), query.today)
            open_ones = [one for one in wide if not one.certainty.happened and not one.product]
            if open_ones and not query.product:
                first = lead("No launch of {vendor} {where} is recorded.", vendor=names, where=where(region, facts))
                told = (first, *(launch_line(one, facts, query.today) for one in open_ones[:2]))
                return Answer(query, True, heading, told, None, (), sources_of(open_ones[:2]), (), tuple(open_ones[:2]))
    suggestions = [words("Upcoming launches")]
    if vendor:
        suggestions = [
            words("Where does {vendor} launch?", vendor=facts.name(vendor)),
            words("{vendor} news", vendor=facts.name(vendor)),
        ]
    lines = [_unknown(query, facts, names)]
    if query.product:
        reviews = published_by(facts.news(products=[query.product]), query.today)
        lines += [news_line(one) for one in reviews[:1]]
    raise NoFacts(*lines, query=query, suggestions=tuple(suggestions))


def _unknown(query: Query, facts: Facts, names: Several) -> Line:
    places = several(query.regions, facts)
    if names.parts and query.regions:
        return lead("I know of no launch of {what} in {region}.", what=names, region=places)
    if query.regions:
        return lead("I know of no launch of anything in {region}.", region=places)
    return lead("I know of no launch of {what}.", what=names) if names.parts else lead("I know of no launch.")


def _on_days(query: Query, facts: Facts) -> Answer:
    """What is on a day: "what happens on November 7?"."""
    assert query.days
    found = published_by(facts.launches(regions=query.regions, between=query.days), query.today)
    shown = _one_each(
        [one for one in found if one.days and one.days[0] >= query.days[0] and one.days[1] <= query.days[1]], query
    )
    if not shown:
        raise NoFacts(
            lead("I know of no launch on {day}.", day=query.days[0]),
            query=query,
            suggestions=(words("Upcoming launches"),),
        )
    lines = tuple(
        launch_line(launch, facts, query.today, Style.DETAIL if at else Style.LEAD)
        for at, launch in enumerate(shown[:_MOST])
    )
    return Answer(
        query,
        True,
        (query.days[0], words("launch")),
        lines,
        None,
        (),
        sources_of(shown[:_MOST]),
        (),
        tuple(shown[:_MOST]),
    )
