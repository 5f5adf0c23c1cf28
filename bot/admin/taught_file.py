"""The words that admins taught as a CSV file: what one bot writes, another reads."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TextIO

from bot.admin.teaching import Meaning, TeachingError, checked, meaning_of
from bot.answering import Answering
from bot.understanding.lexicon import Lexicon
from bot.understanding.text import words
from store.engine import writing
from store.taught import Means, TaughtWord, teach

COLUMNS = ("word", "kind", "value")


class TaughtFileError(Exception):
    """The file is none of ours; the message says what was expected."""


@dataclass
class Read:
    """How many words are new and how many were known; the lines that were refused, with the reason."""

    new: int = 0
    known: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def write_taught(file: TextIO, taught: Iterable[TaughtWord]) -> None:
    """Write words as CSV."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((one.word, one.means.value, one.value) for one in taught)


def read_taught(lines: Sequence[str], answering: Answering, actor: str) -> Read:
    """Teach the words of a file, all in one transaction. Raises TaughtFileError and StoreError."""
    rows = csv.DictReader(lines)
    missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        raise TaughtFileError(f"the first line lacks {', '.join(missing)}; expected {','.join(COLUMNS)}")
    found = Read()
    lexicon = answering.understanding.lexicon
    with writing(answering.engine) as session:
        for row in rows:
            word, kind, value = (row[column] or "" for column in COLUMNS)
            means = next((one for one in Means if one.value == kind.strip().lower()), None)
            meaning = meaning_of(means, value.strip(), lexicon) if means else None
            if means is None:
                found.refused.append((rows.line_num, f"kind {kind!r} is none of {', '.join(Means)}"))
            elif meaning is None:
                found.refused.append((rows.line_num, f"there is no {means.value} {value!r}"))
            elif _known(word, meaning, lexicon):
                found.known += 1
            else:
                try:
                    taught = checked(word, lexicon)
                except TeachingError as error:
                    found.refused.append((rows.line_num, str(error)))
                    continue
                ambiguous = taught in lexicon.ordinary
                new = teach(session, taught, meaning.means, meaning.value, actor, ambiguous=ambiguous)
                found.new, found.known = found.new + (new is not None), found.known + (new is None)
    answering.reload()
    return found


def _known(word: str, meaning: Meaning, lexicon: Lexicon) -> bool:
    """True where the word is read as that already."""
    if meaning.means is Means.METRIC:
        return (" ".join(words(word)), meaning.value) in lexicon.catalogue.metric_words
    named = lexicon.names.get("".join(words(word)), ())
    return any(entry.kind.value == meaning.means.value and entry.value == meaning.value for entry in named)
