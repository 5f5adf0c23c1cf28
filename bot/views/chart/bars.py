"""Amounts side by side as bars, each with its name before it and its figure behind it."""

from __future__ import annotations

from bot.languages.catalogue import translated
from bot.views.chart.chart import Bar, Bars, Chart
from bot.views.chart.colours import colours
from bot.views.chart.frame import AXIS, LABEL, estimated_width, frame
from bot.views.chart.lines import axis_number
from bot.views.chart.marks import MARGIN, WIDTH, Box, Mark, Path, Picture, Text
from bot.views.chart.scale import Scale, scale
from bot.views.wording import cell

_TALLEST, _LEAST = 1350, 860
_ROW = 132
_AXIS_ROOM = 52
_FIGURE = 150  # room for a figure behind the longest bar
_NAMES = (150.0, 290.0)  # the least and the most room for names


def bars(chart: Chart, shape: Bars) -> Picture:
    """The picture of amounts side by side."""
    tone = colours()
    empty = frame(chart, 0)
    height = round(min(_TALLEST, max(_LEAST, empty.top + 50 + _ROW * len(shape.bars) + _AXIS_ROOM + empty.foot)))
    around = frame(chart, height)
    top, bottom = around.top + 40, height - around.foot - _AXIS_ROOM
    row = (bottom - top) / len(shape.bars)
    names = [bar.name if bar.slug else translated(bar.name) for bar in shape.bars]
    widest = max(estimated_width(name, LABEL, bold=True) for name in names)
    left = MARGIN + min(max(widest + 24, _NAMES[0]), _NAMES[1])
    values = [bar.amount.value for bar in shape.bars]
    negative = min(values) < 0
    along = scale(values, left + (_FIGURE if negative else 0), WIDTH - MARGIN - _FIGURE, most=4)
    marks: list[Mark] = [*around.marks, *_grid(chart, along, top, bottom)]
    given = tone.of([bar.slug for bar in shape.bars if bar.slug])
    for at, (bar, name) in enumerate(zip(shape.bars, names, strict=True)):
        colour = given.get(bar.slug, tone.others)
        middle = top + row * (at + 0.5)
        marks.append(Text(name, (MARGIN, middle), LABEL, tone.text, left - MARGIN - 20, bold=True))
        marks += _bar(bar, colour, along, middle, min(row * 0.62, 96))
    zero = along.place(0)
    marks.append(Path(((zero, top), (zero, bottom)), tone.quiet, 2))
    return Picture(height, tone.background, tuple(marks))


def _bar(bar: Bar, colour: str, along: Scale, middle: float, thick: float) -> list[Mark]:
    zero, end = along.place(0), along.place(bar.amount.value)
    length = max(abs(end - zero), 3)
    start = zero if end >= zero else zero - length
    figure_at = (end + 16, middle) if end >= zero else (end - 16, middle)
    side = "left" if end >= zero else "right"
    return [
        Box((start, middle - thick / 2), (length, thick), colour, 8 if length > 16 else 1),
        Text(cell(bar.amount), figure_at, LABEL + 2, colours().text, _FIGURE + 20, side, bold=True),  # type: ignore[arg-type]
    ]


def _grid(chart: Chart, along: Scale, top: float, bottom: float) -> list[Mark]:
    tone = colours()
    marks: list[Mark] = []
    for tick in along.ticks:
        x = along.place(tick)
        label = axis_number(tick, chart.metric, tick == along.ticks[-1])
        marks.append(Path(((x, top), (x, bottom)), tone.grid, 2))
        marks.append(Text(label, (x, bottom + 32), AXIS, tone.quiet, 170, "center"))
    return marks
