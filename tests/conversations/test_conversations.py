"""Every dialogue of this folder, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.answering import Answering
from bot.terminal import Talk, said
from store.engine import open_engine
from tests.conversations.dialogue import dialogues, difference, read_dialogue


@pytest.fixture(scope="module")
def engine(loaded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    file = tmp_path_factory.mktemp("conversations") / "vendorbot.db"
    file.write_bytes(loaded_file.read_bytes())
    return open_engine(f"sqlite:///{file}")


@pytest.fixture(scope="module")
def answering(engine: Engine) -> Answering:
    return Answering(engine)


@pytest.mark.parametrize("path", dialogues(), ids=lambda path: path.stem)
def test_dialogue(path: Path, answering: Answering) -> None:
    dialogue = read_dialogue(path)
    talk, wrong = Talk(answering, dialogue.today, dialogue.name), []
    for turn in dialogue.turns:
        fault = difference(turn.expected, said(talk.reply(turn.question) or ""))
        if fault:
            wrong.append(f"{path.name}, line {turn.line}: > {turn.question}\n  {fault}")
    assert not wrong, "\n".join(wrong)
