"""Questions in Spanish, Portuguese, Russian, Hindi and Chinese, each with what it should be understood as."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.answers.defaults import with_defaults
from bot.understanding.text import words
from bot.understanding.understand import Understanding

TODAY = date(2018, 5, 10)
FREE_METRIC = {"leader", "ranking", "crossing", "source"}  # a metric filled in here is no error


def _questions() -> list[Any]:
    files = sorted(Path(__file__).parent.glob("questions_*.yaml"))
    return [
        pytest.param(question, id=f"{file.stem[-2:]}-{question['ask']}", marks=_marks(file.stem[-2:], question))
        for file in files
        for question in yaml.safe_load(file.read_text("utf-8"))
    ]


def _marks(language: str, question: dict[str, Any]) -> list[pytest.MarkDecorator]:
    if language == "zh" and words("oppo在") != ["oppo", "在"]:
        return [pytest.mark.xfail(reason="text.py does not yet part Chinese from Latin letters", strict=False)]
    if "later" in question:
        return [pytest.mark.xfail(reason=question["later"], strict=False)]
    return []


@pytest.mark.parametrize("gold", _questions())
def test_is_understood(understanding: Understanding, gold: dict[str, Any]) -> None:
    query = with_defaults(understanding.understand(gold["ask"], TODAY))
    intent = "none" if query.intent is None or query.unknown else query.intent.value
    assert intent == gold["intent"]
    if intent == "none":
        return
    assert sorted(query.vendors) == sorted(gold.get("vendors", []))
    assert set(query.regions) - {"world"} == set(gold.get("regions", [])) - {"world"}
    assert (str(query.period) if query.period else "") == gold.get("period", "")
    if gold["intent"] not in FREE_METRIC:
        assert (query.metric.value if query.metric else "") == gold.get("metric", "")
