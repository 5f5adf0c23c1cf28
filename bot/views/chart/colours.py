"""Which colour a vendor has: its own where it has one, else one of a fixed row that nobody else on the chart has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

_FILE = Path(__file__).with_name("colours.yaml")


@dataclass(frozen=True)
class Colours:
    """The file colours.yaml; every colour as #rrggbb."""

    background: str
    text: str
    quiet: str
    grid: str
    others: str
    vendors: Mapping[str, str]
    fallback: Sequence[str]

    def of(self, slugs: Sequence[str]) -> dict[str, str]:
        """A colour for each vendor of one chart, no two alike as long as there are enough."""
        given = {slug: self.vendors[slug] for slug in slugs if slug in self.vendors}
        free = [colour for colour in self.fallback if colour not in given.values()] or list(self.fallback)
        unknown = [slug for slug in slugs if slug not in given]
        return given | {slug: free[at % len(free)] for at, slug in enumerate(unknown)}


@cache
def colours() -> Colours:
    """The colours of the file, read once."""
    return Colours(**yaml.safe_load(_FILE.read_text("utf-8")))
