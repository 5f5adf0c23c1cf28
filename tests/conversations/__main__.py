"""Prints what the bot says now to the questions of a dialogue: `python -m tests.conversations spain`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bot.answering import Answering
from bot.terminal import Talk, said
from store.start import start
from tests.conversations.dialogue import FOLDER, read_dialogue


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        answering = Answering(start(f"sqlite:///{Path(folder) / 'vendorbot.db'}"))
        for name in sys.argv[1:]:
            dialogue = read_dialogue(FOLDER / f"{name}.txt")
            talk = Talk(answering, dialogue.today, dialogue.name)
            for turn in dialogue.turns:
                print(f"> {turn.question}")
                answer = said(talk.reply(turn.question) or "")
                print("\n".join(f"< {line}" for line in answer.splitlines()), end="\n\n")


main()
