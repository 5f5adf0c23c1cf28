"""What every chart has: the finding at the top, what is counted below it, and the sources at the bottom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import east_asian_width

from bot.languages.marks import translatable
from bot.views.chart.chart import Chart
from bot.views.chart.colours import colours
from bot.views.chart.marks import MARGIN, WIDTH, Mark, Text
from bot.views.text import SOURCE as ONE_SOURCE
from bot.views.wording import sentence, tell

TITLE, SUBTITLE, LABEL, AXIS, SOURCE = 52, 31, 33, 27, 25  # sizes of text; shown on a phone at a third of that
_INSIDE = WIDTH - 2 * MARGIN
_MOST_TITLE_LINES = 3
_SOURCES = translatable("Sources: {sources}")
_MANY_SOURCES = translatable("Sources: {sources} and {count} more")
_ONE_WORD = re.compile(
    r"(?<=\d) (?=\d{4}\b|million|per cent|millones|milhões|млн|करोड़|लाख)"
    r"|(?<=per) (?=cent)|(?<=in) (?=(?:Q|H)\d|millions|\d{4}\b)"
)


@dataclass(frozen=True)
class Frame:
    """The marks around a chart's own; `top` is where the chart may begin, `foot` how much room it leaves below."""

    marks: tuple[Mark, ...]
    top: float
    foot: float


def frame(chart: Chart, height: float) -> Frame:
    """Title, subtitle and sources for a picture of that height."""
    tone = colours()
    title = _together(sentence(chart.title))
    lines = min(_MOST_TITLE_LINES, estimated_lines(title, TITLE, _INSIDE, bold=True))
    subtitle = _together(sentence(chart.subtitle))
    below = min(2, estimated_lines(subtitle, SUBTITLE, _INSIDE))
    y = MARGIN + TITLE * 0.45
    under = y + (lines - 1) * TITLE * 1.27 + TITLE * 0.95 + 22
    message = ONE_SOURCE if len(chart.sources) == 1 else _SOURCES if len(chart.sources) < 5 else _MANY_SOURCES
    sources = tell(message, sources=", ".join(chart.sources[:4]), count=len(chart.sources) - 4)
    marks = (
        Text(title, (MARGIN, y), TITLE, tone.text, _INSIDE, bold=True, lines=_MOST_TITLE_LINES),
        Text(subtitle, (MARGIN, under), SUBTITLE, tone.quiet, _INSIDE, lines=2),
        Text(sources, (MARGIN, height - MARGIN + 8), SOURCE, tone.quiet, _INSIDE),
    )
    return Frame(marks, under + (below - 1) * SUBTITLE * 1.27 + SUBTITLE, MARGIN + SOURCE + 22)


def _together(text: str) -> str:
    """The text with spaces at which no line is broken inside amounts and periods: 83 million, Q3 2017."""
    return _ONE_WORD.sub("\u00a0", text)


def estimated_lines(text: str, size: float, width: float, bold: bool = False) -> int:
    """About how many lines a text takes; the painter, who knows the fonts, has the last word."""
    return max(1, -int(-estimated_width(text, size, bold) * 1.06 // width))


def estimated_width(text: str, size: float, bold: bool = False) -> float:
    wide = sum(
        1.0 if east_asian_width(letter) in "WF" else 0.3 if letter in " \u00a0.,:;'il|!()" else 0.58 for letter in text
    )
    return wide * size * (1.06 if bold else 1.0)
