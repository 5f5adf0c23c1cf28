"""What a question asks, as data."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from store.period import Kind, Period
from store.words import Metric


class Intent(StrEnum):
    """What a person wants; the names are part of the JSON contract."""

    VALUE = "value"
    LEADER = "leader"
    RANKING = "ranking"
    COMPARE = "compare"
    TREND = "trend"
    GROWTH = "growth"
    TOTAL = "total"
    RECORD = "record"
    CROSSING = "crossing"
    LAUNCH_DATE = "launch_date"
    LAUNCH_LIST = "launch_list"
    UPCOMING = "upcoming"
    MILESTONES = "milestones"
    PROFILE = "profile"
    NEWS = "news"
    SOURCE = "source"
    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"
    SUBSCRIPTIONS = "subscriptions"
    HELP = "help"
    GREETING = "greeting"


class Aspect(StrEnum):
    """What is asked of a number besides the number itself; the names are concepts of words/*.yaml."""

    AVERAGE = "average"
    WORST = "worst"
    FASTEST = "fastest"
    SLOWEST = "slowest"
    SEQUENTIAL = "sequential"  # against the period just before, not against the year before
    STREAK = "twice"
    TOGETHER = "total"
    LESS = "less"
    CHART = "trend"
    AGREEMENT = "agree"
    FORECAST = "forecast"
    FUTURE = "future"
    PAST = "past"
    AFTER = "after"
    THANKS = "thanks"
    PHONE = "which phone"


@dataclass(frozen=True)
class Story:
    """The milestone or news row that a question's words point at."""

    kind: str
    row_id: int


@dataclass(frozen=True)
class Query:
    """A question as understood. Vendors, regions and products are slugs; `intent` None is none of the bot's business.

    `position` is the place asked for ("who came third"), `amount` a number of phones in millions, `unknown` words
    that stand where a name should and are none the store knows, `days` the exact days meant, where a day was named,
    `unit` the length of period spoken of ("a month"), `said_by` the source whose word is wanted, `page` the part of a
    long list, from 0."""

    text: str
    today: date
    intent: Intent | None = None
    vendors: tuple[str, ...] = ()
    metric: Metric | None = None
    regions: tuple[str, ...] = ()
    period: Period | None = None
    days: tuple[date, date] | None = None
    product: str | None = None
    position: int | None = None
    amount: float | None = None
    aspects: frozenset[Aspect] = frozenset()
    unit: Kind | None = None
    said_by: str | None = None
    stories: tuple[Story, ...] = ()
    unknown: tuple[str, ...] = ()
    about: Intent | None = None
    follows: bool = False
    implied: frozenset[str] = frozenset()  # slots that the answer filled in, which nobody named
    confidence: float = 0.0
    page: int = 0

    def to_json(self) -> dict[str, Any]:
        """The query as JSON values, which from_json reads back."""
        values = asdict(self)
        values["today"] = self.today.isoformat()
        values["period"] = str(self.period) if self.period else None
        values["days"] = [day.isoformat() for day in self.days] if self.days else None
        values["aspects"] = sorted(self.aspects)
        values["implied"] = sorted(self.implied)
        values["stories"] = [[story.kind, story.row_id] for story in self.stories]
        return values

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Query:
        """Raises KeyError, TypeError or ValueError where another version wrote it."""
        days = [date.fromisoformat(day) for day in values["days"] or ()]
        return cls(
            text=values["text"],
            today=date.fromisoformat(values["today"]),
            intent=Intent(values["intent"]) if values["intent"] else None,
            vendors=tuple(values["vendors"]),
            metric=Metric(values["metric"]) if values["metric"] else None,
            regions=tuple(values["regions"]),
            period=Period.parse(values["period"]) if values["period"] else None,
            days=(days[0], days[1]) if days else None,
            product=values["product"],
            position=values["position"],
            amount=values["amount"],
            aspects=frozenset(Aspect(aspect) for aspect in values["aspects"]),
            unit=Kind(values["unit"]) if values["unit"] else None,
            said_by=values["said_by"],
            stories=tuple(Story(kind, row_id) for kind, row_id in values["stories"]),
            unknown=tuple(values["unknown"]),
            about=Intent(values["about"]) if values["about"] else None,
            follows=bool(values["follows"]),
            implied=frozenset(values["implied"]),
            confidence=float(values["confidence"]),
            page=int(values["page"]),
        )
