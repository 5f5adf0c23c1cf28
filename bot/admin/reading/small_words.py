"""Single words by the question that is asked of a neighbouring word; see words/small.yaml."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

_FILE = Path(__file__).parent / "words" / "small.yaml"


@cache
def _lists() -> dict[str, list[str]]:
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every word is text: "on" and "no" are no booleans
    lists: dict[str, list[str]] = yaml.load(_FILE.read_text("utf-8"), Loader=loader)  # noqa: S506
    return lists


@cache
def small_words(name: str) -> frozenset[str]:
    """The words of one list. Raises KeyError where the file has no such list."""
    return frozenset(_lists()[name])
