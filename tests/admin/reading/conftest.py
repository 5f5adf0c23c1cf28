"""Reads short articles with the shipped names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.admin.reading.article import read_article
from bot.admin.reading.candidate import FoundFact
from bot.understanding.lexicon import Lexicon, build_lexicon
from store.catalogue import read_catalogue
from store.engine import open_engine, reading

PUBLISHED = date(2017, 10, 31)
Tell = Callable[..., list[str]]


@pytest.fixture(scope="session")
def lexicon(loaded_file: Path) -> Lexicon:
    engine = open_engine(f"sqlite:///{loaded_file}")
    with reading(engine) as session:
        catalogue = read_catalogue(session)
    engine.dispose()
    return build_lexicon(catalogue)


@pytest.fixture
def tell(lexicon: Lexicon) -> Tell:
    """What is read out of a text, a line each: `xiaomi shipments 27.6 world 2017Q3`, `xiaomi launch spain 2017-11-07`.

    With `sure` each line also ends in its certainty."""

    def tell(text: str, published: date | None = PUBLISHED, sure: bool = False) -> list[str]:
        lines = []
        for one in read_article(text, lexicon, date(2026, 11, 24), published):
            if isinstance(one, FoundFact):
                parts = [one.vendor, one.metric.value, f"{one.value:.5g}", one.region, str(one.period)]
            else:
                parts = [one.vendor, "launch", one.product, one.region, one.date]
            lines.append(" ".join(part for part in [*parts, one.certainty.value * sure] if part))
        return sorted(lines)

    return tell
