"""The one way rows of a file come into the store, shipped or an admin's: bad ones refused by line, good ones kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from sqlalchemy import Engine
from sqlmodel import Session

from store.alerts import Told, chats_told, latest_alert
from store.engine import writing
from store.files import Line, RowsFile
from store.record import Outcome, Recorded, Recorder
from store.rows import RowError

# One transaction's rows: short enough that a running bot, which waits for it, does not notice.
BATCH = 10_000


@dataclass(frozen=True)
class Refusal:
    line: int
    reason: str


@dataclass
class Imported:
    """What became of a file's rows. `told`: how far its alerts reach; `chats`: how many chats, of an import in one
    transaction; `kept`: whether any of it is in the store now; `recorded`: row by row, but not of a whole file."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    refused: list[Refusal] = field(default_factory=list)
    recorded: list[Recorded] = field(default_factory=list)
    told: Told = field(default_factory=Told)
    chats: int = 0
    kept: bool = True

    def add(self, other: Imported) -> None:
        self.outcomes += other.outcomes
        self.refused += other.refused
        self.recorded += other.recorded
        self.told += other.told


def import_lines(session: Session, lines: Iterable[Line], actor: str, *, alerts: bool = False) -> Imported:
    """Record the rows of one kind in this session, in order; those that cannot be taken are refused.

    With `alerts`, those who subscribed are told of them."""
    recorder = Recorder(session, actor, alerts=alerts)
    imported, rows = Imported(), []
    for line in lines:
        try:
            if line.row is not None:
                recorder.check(line.row)
                rows.append(line.row)
            else:
                imported.refused.append(Refusal(line.number, line.refusal))
        except RowError as error:
            imported.refused.append(Refusal(line.number, str(error)))
    imported.recorded = recorder.record_all(rows)
    imported.outcomes.update(one.outcome for one in imported.recorded)
    imported.told = recorder.told
    return imported


def import_file(
    engine: Engine,
    file: RowsFile,
    actor: str,
    *,
    dry_run: bool = False,
    all_or_nothing: bool = False,
    alerts: bool = False,
    progress: Callable[[int], object] = lambda _: None,
) -> Imported:
    """Import a file, in transactions of some thousand rows or, for all or nothing and for a dry run, in one.

    `progress` is told the number of the line that has been reached. Raises StoreError; what was committed until then
    stays, and importing the file again adds only the rest."""
    whole = Imported()
    if dry_run or all_or_nothing:
        with writing(engine) as session:
            before = latest_alert(session)
            for batch in _batches(file.lines, progress):
                whole.add(_counted(import_lines(session, batch, actor, alerts=alerts)))
            whole.chats = chats_told(session, before)
            if dry_run or whole.refused:
                session.rollback()
                whole.kept = False
        return whole
    for batch in _batches(file.lines, progress):
        with writing(engine) as session:
            whole.add(_counted(import_lines(session, batch, actor, alerts=alerts)))
    return whole


def _counted(imported: Imported) -> Imported:
    """Without the rows one by one: a file may have millions."""
    return replace(imported, recorded=[])


def _batches(lines: Iterator[Line], progress: Callable[[int], object]) -> Iterator[list[Line]]:
    while batch := list(islice(lines, BATCH)):
        yield batch
        progress(batch[-1].number)
