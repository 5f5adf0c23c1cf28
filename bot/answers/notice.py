"""What happened, in lines: the words of an alert, as sure as its row is and no surer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.answers.answer import Amount, Days, Line, Style, detail, lead, note
from bot.answers.statement import fact_line, launch_line, milestone_line, news_line
from bot.languages.marks import translatable
from store.alert_tables import Happened
from store.facts import Facts, KnownFact, KnownLaunch, KnownMilestone, KnownNews, KnownRow, KnownSource
from store.words import Bound


@dataclass(frozen=True)
class Notice:
    """An alert in words: a heading to be translated, lines, and who says so."""

    heading: str
    lines: tuple[Line, ...]
    source: KnownSource
    mark: str = ""


_KIND = {KnownLaunch: "launch", KnownMilestone: "milestone", KnownNews: "news", KnownFact: "figure"}
_MARKS = {
    Happened.NEW: "🔔", Happened.MOVED: "📅", Happened.CORRECTED: "✏️", Happened.RETRACTED: "✖️",
    Happened.TOMORROW: "⏰", Happened.TODAY: "⏰",
}  # fmt: skip
_HEADINGS = {
    ("launch", True): translatable("New launch"),
    ("launch", False): translatable("Launch, not confirmed"),
    ("milestone", True): translatable("New milestone"),
    ("milestone", False): translatable("Milestone, not confirmed"),
    ("news", True): translatable("News"),
    ("news", False): translatable("News, not confirmed"),
    ("figure", True): translatable("New figure"),
    ("figure", False): translatable("New figure, not confirmed"),
}
_NEW_DATE, _DATE_WITHDRAWN = translatable("New date"), translatable("Date withdrawn")
_NOW_CONFIRMED, _CORRECTION = translatable("Now confirmed"), translatable("Correction")
_TAKEN_BACK = translatable("Taken back")
_DAYS = {1: translatable("Tomorrow"), 0: translatable("Today"), -1: translatable("Yesterday")}
_OPEN_DAYS = {
    1: translatable("Tomorrow, not confirmed"),
    0: translatable("Today, not confirmed"),
    -1: translatable("Yesterday, not confirmed"),
}
_LAUNCH, _OPEN_LAUNCH = translatable("Launch"), _HEADINGS["launch", False]


def notice_of(happened: Happened, row: KnownRow, earlier: KnownRow | None, facts: Facts, today: date) -> Notice:
    """Tell what happened to a row; `earlier` is what it said before, where it was corrected."""
    line = line_of(row, facts, today)
    mark = _MARKS[happened]
    by = _announced(row)
    match happened:
        case Happened.MOVED if isinstance(earlier, KnownLaunch):
            lines = (line, _before(earlier), *by)
            return Notice(_NEW_DATE if _dated(row) else _DATE_WITHDRAWN, lines, row.source, mark)
        case Happened.MOVED | Happened.CORRECTED:
            confirmed = earlier is not None and row.certainty.happened and not earlier.certainty.happened
            heading = _NOW_CONFIRMED if confirmed else _CORRECTION
            return Notice(heading, (line, *(_was(earlier, row) if earlier else ()), *by), row.source, mark)
        case Happened.RETRACTED:
            told = replace(line, style=Style.DETAIL)
            return Notice(
                _TAKEN_BACK, (lead("This does not hold, and should not have been told:"), told), row.source, mark
            )
        case Happened.TOMORROW | Happened.TODAY if isinstance(row, KnownLaunch):
            return Notice(_when(row, today), (line, *by), row.source, mark)
        case _:
            heading = _HEADINGS[_KIND[type(row)], row.certainty.happened]
            return Notice(heading, (line, *by), row.source, mark)


def line_of(row: KnownRow, facts: Facts, today: date) -> Line:
    """A row in one sentence."""
    match row:
        case KnownLaunch():
            return launch_line(row, facts, today, Style.LEAD)
        case KnownMilestone():
            # Who announced it has a line of its own below.
            return milestone_line(replace(row, source=replace(row.source, announced_by="")), facts, Style.LEAD)
        case KnownNews():
            return news_line(row, Style.LEAD)
        case KnownFact():
            return fact_line(row, facts, Style.LEAD)


def _dated(row: KnownRow) -> bool:
    return isinstance(row, KnownLaunch) and row.days is not None


def _announced(row: KnownRow) -> tuple[Line, ...]:
    return (detail("Announced by {by}.", by=row.source.announced_by),) if row.source.announced_by else ()


def _before(earlier: KnownLaunch) -> Line:
    if earlier.days is None:
        return note("Before, no date was known.")
    return note("Before, it was {date} ({certainty}).", date=Days(earlier.date_text), certainty=earlier.certainty)


def _was(earlier: KnownRow, row: KnownRow) -> tuple[Line, ...]:
    """What is different from what was told before."""
    if isinstance(earlier, KnownFact | KnownMilestone) and isinstance(row, KnownFact | KnownMilestone):
        was, now = _amount(earlier), _amount(row)
        if was is not None and was != now:
            return (note("Before, it was {amount}.", amount=was),)
    if earlier.certainty is not row.certainty:
        return (note("Before, it was {certainty}.", certainty=earlier.certainty),)
    return ()


def _amount(row: KnownFact | KnownMilestone) -> Amount | None:
    return None if row.value is None else Amount(row.value, row.unit, Bound(row.bound))


def _when(launch: KnownLaunch, today: date) -> str:
    """Today, tomorrow or yesterday by the calendar of now, however late the reminder comes; expected where unsure."""
    assert launch.days is not None
    away = (launch.days[0] - today).days
    return _DAYS.get(away, _LAUNCH) if launch.certainty.happened else _OPEN_DAYS.get(away, _OPEN_LAUNCH)
