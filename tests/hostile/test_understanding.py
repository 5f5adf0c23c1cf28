"""Whatever is written, understanding it raises nothing, ends soon, and its answer can be shown."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering import Answering
from bot.understanding.query import Query
from bot.views.telegram import message
from bot.views.text import plain
from store.engine import open_engine
from tests.hostile.text import LONGEST, longest_texts, texts
from tests.telegram.markup import parse_html

TODAY = date(2017, 11, 1)


@pytest.fixture(scope="module")
def answering(loaded_file: object) -> Answering:
    return Answering(open_engine(f"sqlite:///{loaded_file}"))


@settings(max_examples=150)
@given(first=texts(), second=texts(200))
def test_any_text_and_any_follow_up_is_understood_somehow(answering: Answering, first: str, second: str) -> None:
    query = answering.understanding.understand(first, TODAY)
    assert Query.from_json(query.to_json()) == query
    answering.understanding.understand(second, TODAY, query)


@settings(max_examples=60)
@given(text=texts())
def test_any_text_has_an_answer_that_can_be_shown(answering: Answering, text: str) -> None:
    answer = answering.ask(text, TODAY)
    shown, _ = parse_html(message(answer))
    assert shown.strip()
    assert len(shown) <= 4096
    assert plain(answer).strip()


@settings(max_examples=60)
@given(kept=st.recursive(st.none() | st.integers() | st.text(max_size=9), lambda inner: st.lists(inner, max_size=3)))
def test_a_conversation_that_another_version_kept_begins_anew(answering: Answering, kept: object) -> None:
    from bot.answering import _previous

    for given_ in ({"intent": kept}, {"vendors": kept, "intent": "value"}, {"periods": kept}, {"x": kept}):
        previous = _previous(given_)
        answering.understanding.understand("and in india?", TODAY, previous)


def test_the_longest_messages_take_no_longer_than_a_few_ordinary_ones(answering: Answering) -> None:
    """Measured against questions in the same run: a machine that is busy is so for both."""
    ordinary = min(seconds(answering, "how many phones did xiaomi ship in india in q3 2017") for _ in range(20))
    slowest = max(longest_texts(), key=lambda text: seconds(answering, text))
    assert len(slowest) > LONGEST - 200
    taken = min(seconds(answering, slowest) for _ in range(3))
    assert taken < 300 * ordinary, (slowest[:40], taken, ordinary)


def seconds(answering: Answering, text: str) -> float:
    began = time.process_time()
    answering.understanding.understand(text, TODAY)
    return time.process_time() - began
