"""What vendors have reached: "10 million phones in a month, twice in a row"."""

from __future__ import annotations

from bot.answers.answer import Answer, Line, NoFacts, Style, lead, named, note, several, sources_of, words
from bot.answers.precedence import published_by
from bot.answers.statement import milestone_line
from bot.understanding.query import Query
from store.facts import Facts, KnownMilestone

_MOST = 6


def answer(query: Query, facts: Facts) -> Answer:
    """Answer "what milestones has VENDOR reached?", by what the question's words point at, else the latest first.

    Raises NoFacts."""
    ids = [story.row_id for story in query.stories if story.kind == "milestone"]
    pointed = facts.milestones(query.vendors, (), None, ids) if ids else []
    pointed.sort(key=lambda one: ids.index(one.row_id))
    regions = {inside for region in query.regions for inside in facts.catalogue.within(region)}
    every = [one for one in facts.milestones(query.vendors, regions, query.period) if one.period.start <= query.today]
    every = published_by(every, query.today)
    if query.amount is not None:
        every = [one for one in every if one.unit == "million" and one.value == query.amount]
    specific = bool(pointed) and (query.amount is not None or not query.vendors or len(ids) < len(every))
    first = published_by(pointed, query.today)[:2] if specific else []
    shown = first + [one for one in every if one.row_id not in {known.row_id for known in first}]
    if specific and query.amount is None:
        shown = first or shown
    if not shown:
        raise _nothing(query, facts)
    lines = [milestone_line(one, facts, Style.DETAIL if at else Style.LEAD) for at, one in enumerate(shown[:_MOST])]
    if len(shown) > _MOST:
        lines.append(note("And {count} more; name a year to see them.", count=len(shown) - _MOST))
    names = [named(one, facts) for one in (*query.vendors, *query.regions)]
    period = (query.period,) if query.period else ()
    return Answer(
        query,
        True,
        (*names, *period, words("milestones")),
        tuple(lines),
        None,
        (),
        sources_of(shown[:_MOST]),
        _next(shown[0], facts),
    )


def _next(milestone: KnownMilestone, facts: Facts) -> tuple[Line, ...]:
    name = facts.name(milestone.vendor)
    return (words("Who announced it for {vendor}?", vendor=name), words("{vendor} news", vendor=name))


def _nothing(query: Query, facts: Facts) -> NoFacts:
    line = lead("I have no such milestone.")
    if query.vendors:
        line = lead("I have no such milestone of {vendors}.", vendors=several(query.vendors, facts))
    names = ", ".join(facts.name(vendor) for vendor in query.vendors) or "Xiaomi"
    return NoFacts(
        line, query=query, suggestions=(words("Latest milestones"), words("{vendor} shipments", vendor=names))
    )
