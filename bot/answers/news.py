"""What is new: sourced statements, milestones and launches, the newest first."""

from __future__ import annotations

from bot.answers.answer import Answer, Line, NoFacts, Style, lead, sources_of
from bot.answers.precedence import published_by
from bot.answers.statement import launch_line, milestone_line, news_line
from bot.understanding.query import Query
from store.facts import Facts

_MOST = 5


def answer(query: Query, facts: Facts) -> Answer:
    """Answer "what is new with VENDOR?", and questions whose words point at a piece of news. Raises NoFacts."""
    lines = list(told_by(query, facts)) or list(_newest(query, facts))
    if not lines:
        raise _nothing(query, facts)
    named = (*([query.product] if query.product else query.vendors), *query.regions)
    heading = (*map(facts.name, named), "news")
    return Answer(query, True, heading, tuple(_styled(lines)), None, (), sources_of([line.source for line in lines]))


def told_by(query: Query, facts: Facts) -> list[Line]:
    """The news and milestones that the question's words point at, the best fit first."""
    news_ids = [story.row_id for story in query.stories if story.kind == "news"]
    milestone_ids = [story.row_id for story in query.stories if story.kind == "milestone"]
    news = {one.row_id: one for one in facts.news(ids=news_ids)} if news_ids else {}
    milestones = {one.row_id: one for one in facts.milestones(ids=milestone_ids)} if milestone_ids else {}
    found = []
    for story in query.stories[:3]:
        row = news.get(story.row_id) if story.kind == "news" else milestones.get(story.row_id)
        if row is not None:
            found.append(row)
    lines = []
    for row in published_by(found, query.today)[:2]:
        lines.append(news_line(row) if row.row_id in news and news[row.row_id] is row else milestone_line(row, facts))  # type: ignore[arg-type]
    return lines


def _newest(query: Query, facts: Facts) -> list[Line]:
    regions = {inside for region in query.regions for inside in facts.catalogue.within(region)} - {"world"}
    products = (query.product,) if query.product else ()
    dated: list[tuple[int, Line]] = []
    for news in facts.news(query.vendors, regions, products):
        dated.append((news.source.published.toordinal(), news_line(news)))
    if not products:
        for milestone in facts.milestones(query.vendors, regions):
            dated.append((milestone.source.published.toordinal(), milestone_line(milestone, facts)))
    for launch in facts.launches(query.vendors, regions, products):
        dated.append((launch.source.published.toordinal(), launch_line(launch, facts, query.today)))
    until = query.today.toordinal()
    known = [one for one in dated if one[0] <= until]
    if query.period:
        first, last = query.period.start.toordinal(), query.period.end.toordinal()
        known = [one for one in known if first <= one[0] <= last]
    known.sort(key=lambda one: -one[0])
    return [line for _, line in known[:_MOST]]


def _styled(lines: list[Line]) -> list[Line]:
    return [
        Line(line.message, line.arguments, Style.LEAD if not at else Style.DETAIL, line.source)
        for at, line in enumerate(lines)
    ]


def _nothing(query: Query, facts: Facts) -> NoFacts:
    named = ", ".join(map(facts.name, (*query.vendors, *query.regions)))
    line = lead("I have no news about {what}.", what=named) if named else lead("I have no news.")
    first = facts.name(query.vendors[0]) if query.vendors else "Xiaomi"
    return NoFacts(line, query=query, suggestions=(f"Tell me about {first}", f"{first} launches", "Latest milestones"))
