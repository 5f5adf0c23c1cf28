"""A picture as PNG, painted by Typst: it shapes and wraps text in any script, and lets other threads work meanwhile.

Measured on one machine, a chart with 40 labels, warm: Typst 14 ms of processor time, Vega-Lite through vl-convert 45
(and 1.6 s the first time), Matplotlib 85 to 110 (and 1.4 s to import). The figures of the day: `make bench`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from bot.views.chart.bars import bars
from bot.views.chart.chart import Chart, Lines
from bot.views.chart.lines import lines
from bot.views.chart.marks import WIDTH

if TYPE_CHECKING:
    from typst import Compiler

_PAINTER = Path(__file__).with_name("painter.typ")
_FONTS = Path(__file__).with_name("fonts")
_painting = Lock()


@dataclass(frozen=True)
class Drawing:
    """A chart laid out. `digest` is the same for two charts exactly where they look the same."""

    picture: str
    height: int

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(_painter_digest() + self.picture.encode()).hexdigest()

    def png(self, pixels: int = WIDTH) -> bytes:
        """Paint it so wide: about 20 ms, longer the first time, when the painter is loaded. For a worker thread."""
        with _painting:
            ppi = 72.0 * pixels / WIDTH
            painted = _painter().compile(format="png", ppi=ppi, sys_inputs={"picture": self.picture})
        assert isinstance(painted, bytes)  # one page
        return painted


def drawing(chart: Chart) -> Drawing:
    """Lay a chart out, 1080 pixels wide and up to 1350 high."""
    picture = lines(chart, chart.shape) if isinstance(chart.shape, Lines) else bars(chart, chart.shape)
    return Drawing(picture.to_json(), picture.height)


@cache
def _painter() -> Compiler:
    from typst import Compiler, Fonts  # imported late: most runs of the program draw nothing

    fonts = Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FONTS)])
    return Compiler(str(_PAINTER), font_paths=fonts, sys_inputs={"picture": "{}"})


@cache
def _painter_digest() -> bytes:
    """A new painter paints anew what an older one sent."""
    return hashlib.sha256(_PAINTER.read_bytes()).digest()
