"""A question and a follow-up in any bytes: understood somehow, and its answer can be shown."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.answering import Answering
from bot.understanding.query import Query
from bot.views.json import as_json
from bot.views.telegram import caption, message
from bot.views.text import plain
from store.engine import open_engine
from tests.fuzz.seeds import nasty, questions
from tests.hostile.text import LONGEST
from tests.telegram.fixtures import TODAY
from tests.telegram.markup import parse_html, utf16_length

LONGEST_INPUT = 2 * LONGEST
_BETWEEN = "\x1e"


def seeds(_file: Path) -> Iterator[bytes]:
    """A quarter of the evaluation's questions with those before them, and hostile ones."""
    for question, before in questions(4):
        yield f"{before}{_BETWEEN}{question}".encode()
    for text in nasty():
        yield f"{_BETWEEN}{text}".encode("utf-8", "replace")


def opened(file: Path) -> Callable[[bytes], None]:
    """What takes one input. It raises where something is wrong."""
    answering = Answering(open_engine(f"sqlite:///{file}"))

    def one(data: bytes) -> None:
        before, _, question = data.decode("utf-8", "replace").rpartition(_BETWEEN)
        question = question[:LONGEST]
        previous = answering.understanding.understand(before[:200], TODAY) if before else None
        query = answering.understanding.understand(question, TODAY, previous)
        assert Query.from_json(query.to_json()) == query
        answer = answering.ask(question, TODAY)
        for markup, longest in ((message(answer), LONGEST), (caption(answer), 1024)):
            shown, _ = parse_html(markup)
            assert utf16_length(shown) <= longest
        assert plain(answer).strip()
        json.dumps(as_json(question, answer, 0.0))

    return one
