"""What recording a row would do: recorded in a transaction that is rolled back, so that nothing is left to guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Engine

from bot.answers.notice import Notice, notice_of
from store.alert_tables import Happened
from store.alerts import reach
from store.catalogue import Catalogue
from store.doubts import Doubt, Doubtful, doubts_about
from store.engine import writing
from store.facts import Facts, KnownLaunch, KnownRow, read_row
from store.names import slug_of
from store.record import Outcome, Recorder
from store.rows import NewLaunch, NewRow
from store.source_names import source_name


@dataclass(frozen=True)
class Rehearsal:
    """What would come of a row: the alert as it would read, how many chats it would reach, and what is doubtful.

    `row_id` is the row that says so already, where the outcome is KNOWN; `earlier` what it would correct."""

    outcome: Outcome
    notice: Notice
    chats: int
    doubts: tuple[Doubtful, ...]
    row_id: int
    earlier: KnownRow | None
    names: Mapping[str, str]


def rehearse(
    engine: Engine, catalogue: Catalogue, row: NewRow, earlier_id: int | None, actor: str, today: date
) -> Rehearsal:
    """Record a row, in the place of an earlier one where there is one, look, and take it back.

    Raises RowError and StoreError."""
    with writing(engine) as session:
        facts = Facts(session, catalogue)
        doubts = list(doubts_about(row, facts, _product_slug(row, catalogue), today))
        if source_name(session, row.source.url) is None:
            doubts.append(Doubtful(Doubt.NEW_SOURCE))
        recorder = Recorder(session, actor, rehearsal=True, again=True)
        recorded = recorder.record(row) if earlier_id is None else recorder.replace(row, earlier_id)
        session.flush()
        known = read_row(session, recorded.table, recorded.row_id)
        earlier = read_row(session, recorded.table, recorded.superseded_id) if recorded.superseded_id else None
        happening = next(iter(recorder.happenings or []), None)
        chats = reach(session, happening) if happening else 0
        session.rollback()
    assert known is not None
    if isinstance(known, KnownLaunch) and known.product and known.product not in catalogue.products:
        known = replace(known, product=row.product if isinstance(row, NewLaunch) else known.product)
    happened = happening.happened if happening else Happened.NEW
    notice = notice_of(happened, known, earlier, facts, today)
    if recorded.outcome is Outcome.KNOWN:
        doubts = []
    names = {one.vendor: catalogue.name(one.vendor) for doubtful in doubts for one in doubtful.rows}
    return Rehearsal(recorded.outcome, notice, chats, tuple(doubts), recorded.row_id, earlier, names)


def _product_slug(row: NewRow, catalogue: Catalogue) -> str | None:
    """The slug of a launch's product, where the store has it."""
    if not isinstance(row, NewLaunch) or not row.product:
        return None
    wanted = slug_of(row.product)
    for one in catalogue.products.values():
        if one.vendor == row.vendor and wanted in {one.slug, *(slug_of(name.text) for name in one.names)}:
            return one.slug
    return None
