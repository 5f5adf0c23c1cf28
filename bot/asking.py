"""Questions of the command line: each answered and printed, as text or as JSON lines."""

from __future__ import annotations

import json
import sys
import time
from datetime import date

from bot.answering import Answering
from bot.views.json import as_json
from bot.views.text import plain


def print_answers(answering: Answering, questions: list[str], today: date, chat_id: str | None, as_lines: bool) -> bool:
    """Answer the questions in order; returns whether every one was answered."""
    every = True
    for number, question in enumerate(questions):
        began = time.perf_counter()
        answer = answering.ask(question, today, chat_id)
        seconds = time.perf_counter() - began
        every = every and answer.answered
        if as_lines:
            sys.stdout.write(json.dumps(as_json(question, answer, seconds), ensure_ascii=False) + "\n")
        else:
            sys.stdout.write(("\n" if number else "") + plain(answer) + "\n")
    sys.stdout.flush()
    return every
