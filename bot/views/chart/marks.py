"""What a picture is made of: texts, paths, boxes and dots, each at its place. Sizes and places are pixels."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

WIDTH = 1080
MARGIN = 64

Place = tuple[float, float]


@dataclass(frozen=True)
class Text:
    """One line, or several where `lines` allows; `at` is the middle of its first line's capitals at its left end,
    centre or right end. Wider than `width`, it is set smaller. `halo` is a colour that keeps lines off its letters."""

    text: str
    at: Place
    size: float
    colour: str
    width: float
    side: Literal["left", "center", "right"] = "left"
    bold: bool = False
    lines: int = 1
    halo: str = ""


@dataclass(frozen=True)
class Path:
    """A line through points."""

    points: tuple[Place, ...]
    colour: str
    thickness: float
    dotted: bool = False


@dataclass(frozen=True)
class Box:
    """A rectangle from its upper left corner; `radius` rounds the corners."""

    at: Place
    size: Place
    colour: str
    radius: float = 0


@dataclass(frozen=True)
class Dot:
    at: Place
    radius: float
    colour: str


Mark = Text | Path | Box | Dot


@dataclass(frozen=True)
class Picture:
    """Marks on a ground, the first at the bottom."""

    height: int
    background: str
    marks: tuple[Mark, ...]

    def to_json(self) -> str:
        """The picture as text that says all of it: two pictures look the same where their texts are the same."""
        whole: dict[str, Any] = {"width": WIDTH, "height": self.height, "background": self.background}
        whole["marks"] = [{"kind": type(mark).__name__, **_rounded(asdict(mark))} for mark in self.marks]
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 1)
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_rounded(one) for one in value]
    return value
