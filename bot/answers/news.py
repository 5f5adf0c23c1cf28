"""What is new: sourced statements, milestones and launches, the newest first."""

from __future__ import annotations

from bot.answers.answer import Answer, Line, NoFacts, Style, lead, named, several, sources_of, words
from bot.answers.precedence import published_by
from bot.answers.statement import launch_line, milestone_line, news_line
from bot.understanding.query import Query
from store.facts import Facts, KnownMilestone, KnownNews

_MOST = 5


def answer(query: Query, facts: Facts) -> Answer:
    """Answer "what is new with VENDOR?", and questions whose words point at a piece of news. Raises NoFacts."""
    about_a_market = query.position is not None and not query.vendors
    lines = list(told_by(query, facts)) or ([] if about_a_market else _newest(query, facts))
    if not lines:
        raise _nothing(query, facts)
    about = (*([query.product] if query.product else query.vendors), *query.regions)
    heading = (*(named(one, facts) for one in about), words("news"))
    return Answer(query, True, heading, tuple(_styled(lines)), None, (), sources_of([line.source for line in lines]))


def told_by(query: Query, facts: Facts, only: str | None = None) -> list[Line]:
    """The news and milestones that the question's words point at, the best fit first; of `only` that vendor."""
    news_ids = [story.row_id for story in query.stories if story.kind == "news"]
    milestone_ids = [story.row_id for story in query.stories if story.kind == "milestone"]
    news = {one.row_id: one for one in facts.news(ids=news_ids)} if news_ids else {}
    milestones = {one.row_id: one for one in facts.milestones(ids=milestone_ids)} if milestone_ids else {}
    found: list[KnownNews | KnownMilestone] = []
    for story in query.stories[:3]:
        row = news.get(story.row_id) if story.kind == "news" else milestones.get(story.row_id)
        if row is not None and only in (None, row.vendor):
            found.append(row)
    told = published_by(found, query.today)[:2]
    return [milestone_line(row, facts) if isinstance(row, KnownMilestone) else news_line(row) for row in told]


def _newest(query: Query, facts: Facts) -> list[Line]:
    regions = {inside for region in query.regions for inside in facts.catalogue.within(region)} - {"world"}
    products = (query.product,) if query.product else ()
    milestones = [] if products else facts.milestones(query.vendors, regions)
    dated = [
        *((news.source.published, news_line(news)) for news in facts.news(query.vendors, regions, products)),
        *((milestone.source.published, milestone_line(milestone, facts)) for milestone in milestones),
        *(
            (launch.source.published, launch_line(launch, facts, query.today))
            for launch in facts.launches(query.vendors, regions, products)
        ),
    ]
    known = [one for one in dated if one[0] <= query.today]
    if query.period:
        known = [one for one in known if query.period.start <= one[0] <= query.period.end]
    known.sort(key=lambda one: one[0], reverse=True)
    return [line for _, line in known[:_MOST]]


def _styled(lines: list[Line]) -> list[Line]:
    return [
        Line(line.message, line.arguments, Style.LEAD if not at else Style.DETAIL, line.source)
        for at, line in enumerate(lines)
    ]


def _nothing(query: Query, facts: Facts) -> NoFacts:
    about = (*query.vendors, *query.regions)
    line = lead("I have no news about {what}.", what=several(about, facts)) if about else lead("I have no news.")
    first = facts.name(query.vendors[0]) if query.vendors else "Xiaomi"
    return NoFacts(line, query=query, suggestions=(
        words("Tell me about {vendor}", vendor=first), words("{vendor} launches", vendor=first),
        words("Latest milestones"),
    ))  # fmt: skip
