"""What questions are read with, made once: the shipped words, phrasings, weights and names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.understanding.understand import Understanding
from store.catalogue import read_catalogue
from store.engine import open_engine, reading


class Shipped(Understanding):
    """As the bot's own; a test that fails does not print all of it."""

    def __repr__(self) -> str:
        return "the shipped words, phrasings, weights and names"

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text(repr(self))  # as hypothesis prints


@pytest.fixture(scope="session")
def understanding(loaded_file: Path) -> Understanding:
    engine = open_engine(f"sqlite:///{loaded_file}")
    with reading(engine) as session:
        catalogue = read_catalogue(session)
    engine.dispose()
    return Shipped.of(catalogue)
