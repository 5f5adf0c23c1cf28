"""What fuzzing begins from: what people ask, what articles say, what files hold, what nobody means well."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

from tests.hostile.text import NASTY

_HERE = Path(__file__).parents[1]
_DATA = _HERE.parent / "store" / "data"
LINES_OF_A_FILE = 12


def questions(every: int = 1) -> Iterator[tuple[str, str]]:
    """The evaluation's questions, each with the one before it."""
    number = 0
    for file in sorted((_HERE / "evaluation").glob("questions_*.tsv")):
        with file.open(encoding="utf-8", newline="") as opened:
            for row in csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE):
                number += 1
                if number % every == 0:
                    yield row["question"], row.get("previous") or ""


def articles() -> Iterator[bytes]:
    """The evaluation's articles."""
    for file in sorted((_HERE / "evaluation" / "articles").glob("*.txt")):
        yield file.read_bytes()


def files() -> Iterator[bytes]:
    """Some lines of each shipped file, as CSV and as JSON lines."""
    for file in sorted(_DATA.glob("*.csv")):
        lines = file.read_text("utf-8").splitlines()
        some = [lines[0], *lines[1 :: max(1, len(lines) // LINES_OF_A_FILE)][:LINES_OF_A_FILE]]
        yield "\n".join(some).encode()
        yield "\n".join(json.dumps(row, ensure_ascii=False) for row in csv.DictReader(some)).encode()


def nasty() -> Iterator[str]:
    """Pieces that nobody means well, alone and in the middle of a question."""
    for piece in NASTY:
        yield piece
        yield f"how many phones did {piece} ship in {piece} 2017"
