"""Amounts over time as lines, each named at its end; where nothing is known, the line has a gap."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from bot.answers.answer import Amount
from bot.languages.catalogue import translated
from bot.languages.marks import in_context, translatable
from bot.views.chart.chart import Chart, Lines, Series
from bot.views.chart.colours import colours
from bot.views.chart.frame import AXIS, LABEL, frame
from bot.views.chart.marks import MARGIN, WIDTH, Dot, Mark, Path, Picture, Place, Text
from bot.views.chart.scale import Scale, apart, places, scale
from bot.views.wording import axis_amount, cell, point, short_month, tell
from store.period import Kind, Period
from store.words import Metric

NO_FIGURES = translatable("no figures")
_THEN = translatable(" in {period}")
_QUARTER, _HALF = in_context("axis", "Q{quarter}"), in_context("axis", "H{half}")
_HEIGHT = 1350
_ENDS = 236  # room for the names at the lines' ends
_THICK = 7
_EVERY = 11  # up to so many points of one line all have their figures written
_AXIS_ROOM = 84
_BESIDE = 40  # pixels
_WIDE = 100  # pixels from point to point; below that, figures side by side are written smaller
_LONGEST_END = 18  # letters of a name
_LEFT = MARGIN + 104  # the first point stands clear of the axis's numbers


def lines(chart: Chart, shape: Lines) -> Picture:
    """The picture of a chart over time."""
    tone, around = colours(), frame(chart, _HEIGHT)
    alone = len(shape.series) == 1
    top, bottom = around.top + 66, _HEIGHT - around.foot - _AXIS_ROOM
    right = WIDTH - MARGIN - (46 if alone else _ENDS)
    known = [amount.value for one in shape.series for amount in one.amounts if amount]
    upright = places(known, bottom, top) if chart.metric is Metric.RANK else scale(known, bottom, top)
    across = [
        _LEFT + (right - _LEFT) * at / max(1, len(shape.periods) - 1) for at in range(len(shape.periods))
    ]  # fmt: skip
    given = tone.of([one.slug for one in shape.series])
    marks: list[Mark] = [*around.marks, *_grid(upright, chart.metric, WIDTH - MARGIN if alone else right + 16)]
    marks += _time(shape.periods, across, bottom)
    for one in reversed(shape.series):  # the one asked about first lies on top
        marks += _line(one, given[one.slug], across, upright)
    if alone:
        marks += _no_figures(shape.series[0], across, upright) + _figures(shape.series[0], across, upright)
    else:
        marks += _ends(shape, given, right, upright, (top - 20, bottom))
    return Picture(_HEIGHT, tone.background, tuple(marks))


def _grid(upright: Scale, metric: Metric, end: float) -> list[Mark]:
    """Thin lines at round numbers, the uppermost with the unit."""
    tone = colours()
    marks: list[Mark] = []
    for tick in upright.ticks:
        y = upright.place(tick)
        highest = tick == (upright.ticks[0] if metric is Metric.RANK else upright.ticks[-1])
        marks.append(Path(((MARGIN, y), (end, y)), tone.quiet if tick == 0 else tone.grid, 2))
        label = axis_number(tick, metric, highest)
        marks.append(Text(label, (MARGIN, y - 20), AXIS, tone.quiet, 240))
    return marks


def axis_number(tick: float, metric: Metric, highest: bool) -> str:
    """A number on an axis: 40, and 40 million where it stands at the end."""
    if metric is Metric.RANK:
        return f"{int(tick)}"
    if metric is Metric.GROWTH:
        return cell(Amount(tick, "change"))
    return axis_amount(Amount(tick, "million" if metric is Metric.SHIPMENTS else "percent"), highest)


def _time(periods: Sequence[Period], across: Sequence[float], bottom: float) -> list[Mark]:
    """The periods below: years alone where they are many, else quarters or months with the year below the first."""
    tone = colours()
    kind = periods[0].kind
    apart_by = across[1] - across[0] if len(across) > 1 else WIDTH
    detailed = kind is not Kind.YEAR and apart_by >= 46
    marks: list[Mark] = []
    free = 0.0
    for at, (one, x) in enumerate(zip(periods, across, strict=True)):
        first_of_year = at == 0 or one.start.year != periods[at - 1].start.year
        if detailed:
            short = _short(one)
            marks.append(Text(short, (x, bottom + 32), AXIS, tone.text, apart_by * 1.1, "center"))
        year_at = bottom + (70 if detailed else 34)
        if first_of_year and x >= free and (kind is Kind.YEAR or at == 0 or one.start.month == 1):
            marks.append(
                Text(str(one.start.year), (x, year_at), AXIS, tone.quiet if detailed else tone.text, 90, "center")
            )
            free = x + 84
    return marks


def _short(one: Period) -> str:
    if one.kind is Kind.MONTH:
        return short_month(one)
    if one.kind is Kind.HALF:
        return tell(_HALF, half=str((one.start.month + 5) // 6))
    if one.kind is Kind.YEAR:
        return str(one.start.year)
    return tell(_QUARTER, quarter=str((one.start.month + 2) // 3))


def _line(one: Series, colour: str, across: Sequence[float], upright: Scale) -> list[Mark]:
    """The pieces between gaps; an amount with nothing beside it is a dot."""
    marks: list[Mark] = []
    piece: list[Place] = []
    few = len(one.amounts) <= 24
    for x, amount in [*zip(across, one.amounts, strict=True), (0.0, None)]:
        if amount is not None:
            piece.append((x, upright.place(amount.value)))
            continue
        if len(piece) > 1:
            marks.append(Path(tuple(piece), colour, _THICK))
        if piece:
            marks += [
                Dot(at, 11, colour) for at in (piece if few else [piece[0], piece[-1]] if len(piece) > 1 else piece)
            ]
        piece = []
    return marks


def _figures(one: Series, across: Sequence[float], upright: Scale) -> list[Mark]:
    """The figures of a line that is alone: all, or the first, the last, the highest and the lowest."""
    tone = colours()
    known = [(at, amount) for at, amount in enumerate(one.amounts) if amount]
    chosen = known
    if len(known) > _EVERY:
        lowest, highest = min(known, key=_value), max(known, key=_value)
        chosen = list(dict.fromkeys((known[-1], known[0], highest, lowest)))  # the weightiest first
    step = (across[-1] - across[0]) / max(1, len(across) - 1)
    room = max(78.0, step * 0.98) if len(known) <= _EVERY else 150.0
    size = LABEL - 2 if step >= _WIDE or len(known) > _EVERY else LABEL - 6
    marks: list[Mark] = []
    taken: list[float] = []
    for at, amount in chosen:
        x, y = across[at], upright.place(amount.value)
        if len(known) > _EVERY and any(abs(x - other) < 110 for other in taken):
            continue
        taken.append(x)
        before = one.amounts[at - 1] if at else None
        after = one.amounts[at + 1] if at + 1 < len(one.amounts) else None
        beside = [upright.place(amount.value) for amount in (before, after) if amount]
        valley = bool(beside) and all(other < y - 6 for other in beside)
        aside = 0 if valley else _aside(before, amount, after, upright)
        label = point(amount)
        marks.append(
            Text(label, (x + aside, y + (42 if valley else -40)), size, tone.text, room, "center", bold=True,
                 halo=tone.background)
        )  # fmt: skip
    return marks


def _value(pair: tuple[int, Amount]) -> float:
    return pair[1].value


def _aside(before: Amount | None, amount: Amount, after: Amount | None, upright: Scale) -> float:
    """How far a figure is moved from above its point, away from a line that rises or falls steeply beside it."""
    here = upright.place(amount.value)
    if any(one is not None and abs(upright.place(one.value) - here) <= _BESIDE for one in (before, after)):
        return 0  # another figure stands beside this one
    rising = after is not None and upright.place(after.value) < here
    falling = before is not None and upright.place(before.value) < here
    return 0 if rising == falling else -16 if rising else 16


def _no_figures(one: Series, across: Sequence[float], upright: Scale) -> list[Mark]:
    """Words in each gap that is wide enough for them."""
    marks: list[Mark] = []
    known = [at for at, amount in enumerate(one.amounts) if amount]
    for left, right in itertools.pairwise(known):
        if right - left < 2 or across[right] - across[left] < 240:
            continue
        heights = [upright.place(amount.value) for at in (left, right) if (amount := one.amounts[at])]
        middle = ((across[left] + across[right]) / 2, sum(heights) / 2)
        marks.append(
            Text(translated(NO_FIGURES), middle, AXIS, colours().quiet, across[right] - across[left] - 60, "center")
        )
    return marks


def _ends(
    shape: Lines, given: dict[str, str], right: float, upright: Scale, between: tuple[float, float]
) -> list[Mark]:
    """Each line's name and last amount beside its end, moved apart where ends are close."""
    tone = colours()
    lasts = [one.amounts[one.last] for one in shape.series]
    wanted = [upright.place(amount.value) - 18 for amount in lasts if amount]
    found = apart(wanted, 84, between[0], between[1] - 18)
    marks: list[Mark] = []
    for one, amount, y in zip(shape.series, lasts, found, strict=True):
        figure = cell(amount)
        if one.last != len(shape.periods) - 1:
            figure += tell(_THEN, period=shape.periods[one.last])
        x = right + 28
        name = one.name if len(one.name) <= _LONGEST_END else one.name[: _LONGEST_END - 1].rstrip() + "…"
        marks.append(Text(name, (x, y), LABEL, given[one.slug], WIDTH - 24 - x, bold=True))
        marks.append(Text(figure, (x, y + 38), AXIS + 2, tone.text, WIDTH - 24 - x))
    return marks
