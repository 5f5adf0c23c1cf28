"""Questions of the command line: each answered and printed, as text or as JSON lines."""

from __future__ import annotations

import json
import sys
import time
from datetime import date

from bot.answering import Answering
from bot.understanding.explaining import Explanation
from bot.views.explanation import as_json as explanation_as_json
from bot.views.json import as_json
from bot.views.text import plain


def print_answers(
    answering: Answering,
    questions: list[str],
    today: date,
    chat_id: str | None,
    as_lines: bool,
    explained: bool = False,
) -> bool:
    """Answer the questions in order, each with how it was read where that is asked for; returns whether every one was
    answered."""
    every = True
    for number, question in enumerate(questions):
        explanation = answering.explain(question, today, chat_id) if explained else None
        began = time.perf_counter()
        answer = answering.ask(question, today, chat_id)
        seconds = time.perf_counter() - began
        every = every and answer.answered
        if as_lines:
            values = as_json(question, answer, seconds)
            if explanation:
                values["explain"] = explanation_as_json(explanation)
            sys.stdout.write(json.dumps(values, ensure_ascii=False) + "\n")
        else:
            sys.stdout.write(("\n" if number else "") + plain(answer) + "\n")
            if explanation:
                _show(explanation)
    sys.stdout.flush()
    return every


def _show(explanation: Explanation) -> None:
    from rich.console import Console

    from bot.views.explanation import tables

    Console(highlight=False).print(tables(explanation))
