"""A bot that begins anew now and then: what inputs left behind must not slow the later ones, nor hide what they do."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from tests.fuzz.direct import DirectBot

_INPUTS = 3_000


class Fresh:
    """`bot` is to be asked for before each input. `typed`: what its owner has said before, so that drafts are there."""

    def __init__(self, file: Path, typed: Sequence[str] = ()) -> None:
        self._file, self._typed = file, typed
        self._work = file.with_name("work.db")
        self._left = 0
        self._bot: DirectBot | None = None

    @property
    def bot(self) -> DirectBot:
        if self._left == 0 or self._bot is None:
            self._begin()
        self._left -= 1
        assert self._bot is not None
        return self._bot

    def _begin(self) -> None:
        if self._bot:
            self._bot.close()
        for one in self._work.parent.glob("work.db*"):
            one.unlink()
        shutil.copy(self._file, self._work)
        self._bot, self._left = DirectBot(self._work), _INPUTS
        for text in self._typed:
            self._bot.take(self._bot.message(text))
