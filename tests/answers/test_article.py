"""What the phone news article tells can be had by every wording that article.yaml lists, typing errors and all."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.answering import Answering
from bot.views.text import plain
from store.engine import open_engine

ITEMS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("article.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def answering(loaded_file: Path) -> Answering:
    return Answering(open_engine(f"sqlite:///{loaded_file}"))


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: str(item["fact"])[:60])
def test_every_wording_reaches_the_fact(item: dict[str, Any], answering: Answering) -> None:
    now: date = item["now"]
    missed = {}
    for wording in item["wordings"]:
        answer = answering.ask(wording, now)
        text = plain(answer).lower()
        missing = [words for words in item["says"] if words.lower() not in text]
        if missing or not answer.answered:
            missed[wording] = missing or "not answered"
    assert len(item["wordings"]) >= 5
    assert not missed
