"""What regions are called in the language spoken now: countries as in the CLDR, other regions as places/*.yaml says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml
from babel import Locale

from bot.languages.spoken import ENGLISH, language, locale

FOLDER = Path(__file__).with_name("places")


@dataclass(frozen=True)
class _Places:
    """One file: names by slug, where the CLDR has none or an unwieldy one; how "in X" is said, where that is not told
    from the name; and how it is said of all others."""

    otherwise: str
    names: Mapping[str, str] = field(default_factory=dict)
    inside: Mapping[str, str] = field(default_factory=dict)


def region_name(slug: str, name: str, iso: str | None) -> str:
    """A region's name; `name` is the English one, which serves where there is no other."""
    if language() == ENGLISH:
        return name
    given = _places(language()).names.get(slug)
    return given or (str(Locale.parse(locale()).territories.get(iso, name)) if iso else name)


def inside(slug: str, name: str, iso: str | None) -> str:
    """worldwide, in India, in the United States."""
    places = _places(language())
    return places.inside.get(slug, places.otherwise).format(region=region_name(slug, name, iso))


@cache
def _places(code: str) -> _Places:
    return _Places(**yaml.safe_load((FOLDER / f"{code}.yaml").read_text("utf-8")))
