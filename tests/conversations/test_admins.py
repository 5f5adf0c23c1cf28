"""Dialogues of those who keep the facts, word for word, over HTTP with the running bot. `-s` prints what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conversations.dialogue import FOLDER, difference, read_dialogue
from tests.conversations.talking import OWNERS, Talking
from tests.telegram.fixtures import RunningBot

# Which number a row has, and when it was recorded, differs from run to run.
_NUMBER = re.compile(r"\b(fact|launch|milestone|news|vendor) \d+", re.IGNORECASE)
_MOMENT = re.compile(r"\d\d \w{3} \d{4} \d\d:\d\d UTC")
pytestmark = pytest.mark.anyio

BOT_SETTINGS = {"owner_ids": ",".join(map(str, OWNERS)), "user_rate": 1000}


DIALOGUES = sorted((FOLDER / "admins").glob("*.txt"))


@pytest.mark.parametrize("path", DIALOGUES, ids=lambda path: path.stem)
async def test_dialogue(path: Path, bot: RunningBot) -> None:
    talking, wrong = Talking(bot, OWNERS[DIALOGUES.index(path)]), []
    for turn in read_dialogue(path).turns:
        text, buttons = (_MOMENT.sub("MOMENT", _NUMBER.sub(r"\1 N", one)) for one in await talking.said(turn))
        print(
            f"\n@{turn.speaker}\n{turn.sign} {turn.question}\n" + "\n".join(f"< {line}" for line in text.splitlines())
        )
        print(buttons)
        fault = difference(turn.expected, text) if turn.expected else None
        if fault is None and turn.buttons and turn.buttons != buttons:
            fault = f"expected the buttons {turn.buttons}, got {buttons}"
        if fault:
            wrong.append(f"{path.name}, line {turn.line}: {turn.sign} {turn.question}\n  {fault}")
    assert not wrong, "\n".join(wrong)
