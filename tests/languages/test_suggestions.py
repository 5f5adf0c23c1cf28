"""Questions that the bot suggests are understood in the language they are suggested in, as their English ones are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.answers.answer import Line, Where, words
from bot.answers.respond import TRY
from bot.handlers.inline import EXAMPLES
from bot.languages.spoken import speaking
from bot.subscribing import TRY as SUBSCRIBING
from bot.understanding.query import Query
from bot.understanding.understand import Understanding
from bot.views.wording import word
from store.catalogue import read_catalogue
from store.engine import open_engine, reading
from store.words import Metric
from tests.languages.extraction import LANGUAGES

TODAY = date(2017, 11, 1)
INDIA = Where("india", "India", "IN")
SUGGESTED = (
    *TRY,
    *SUBSCRIBING,
    *map(words, EXAMPLES),
    words("{vendor} {metric}", vendor="Huawei", metric=Metric.MARKET_SHARE),
    words(
        "{vendor} {metric} {where} in {typed}", vendor="Huawei", metric=Metric.SHIPMENTS, where=INDIA, typed="Q3 2017"
    ),
    words("{vendor} {metric} {where}", vendor="Huawei", metric=Metric.MARKET_SHARE, where=INDIA),
    words("Top five {where} in {typed}", where=INDIA, typed="Q3 2017"),
    words("Top five {where}", where=INDIA),
    words("When does {vendor} launch {where}?", vendor="Huawei", where=INDIA),
    words("{vendor} shipments", vendor="Huawei"),
    words("{vendor} launches", vendor="Huawei"),
    words("{vendor} news", vendor="Huawei"),
    words("{vendor} milestones", vendor="Huawei"),
    words("{vendor} shipments since 2016", vendor="Huawei"),
    words("Tell me about {vendor}", vendor="Huawei"),
    words("Where does {vendor} launch?", vendor="Huawei"),
    words("Where does {vendor} launch next?", vendor="Huawei"),
    words("Who announced the {vendor} launch?", vendor="Huawei"),
    words("Upcoming launches"),
    words("Latest milestones"),
    words("Fastest growing vendor worldwide in Q4 2017"),
    words("Who said Xiaomi shipped 10 million phones?"),
    words("Who announced Xiaomi's launch in Spain?"),
)


@pytest.fixture(scope="module")
def understanding(loaded_file: Path) -> Understanding:
    with reading(open_engine(f"sqlite:///{loaded_file}")) as session:
        return Understanding.of(read_catalogue(session))


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_is_suggested_is_understood(code: str, understanding: Understanding) -> None:
    wrong = []
    for suggestion in SUGGESTED:
        english = _read(understanding, suggestion)
        with speaking(code):
            text = word(suggestion)
        theirs = understanding.understand(text, TODAY)
        if _meaning(theirs) != _meaning(english):
            wrong.append(f"{word(suggestion)!r} is {_meaning(english)}; {text!r} is {_meaning(theirs)}")
    assert not wrong, "\n".join(wrong)


def _read(understanding: Understanding, suggestion: Line) -> Query:
    return understanding.understand(word(suggestion), TODAY)


def _meaning(query: Query) -> tuple[object, ...]:
    return (query.intent, query.vendors, query.regions, str(query.period), query.metric)
