"""Files come in by one path: good rows kept, bad ones refused by line; what export writes, import reads."""

from __future__ import annotations

from io import StringIO

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine, text

from store.engine import open_engine, reading, writing
from store.exports import export_rows
from store.files import read_file, write_csv, write_json
from store.holdings import count_holdings
from store.imports import import_file, import_lines
from store.record import Outcome
from store.rows import NewFact, NewLaunch, NewMilestone, NewNews, NewRow
from store.shipped import DATA, ROWS
from tests.store.rows import lists_of_rows
from tests.store.test_rows import GOOD, HEADER

KINDS: tuple[type[NewRow], ...] = (NewFact, NewMilestone, NewLaunch, NewNews)


def exported(engine: Engine, kind: type[NewRow], form: str = "csv") -> str:
    out = StringIO()
    with reading(engine) as session:
        if form == "csv":
            write_csv(kind, export_rows(session, kind), out)
        else:
            write_json(export_rows(session, kind), out)
    return out.getvalue()


def emptied(engine: Engine) -> Engine:
    """The database with its names, and no rows."""
    with writing(engine) as session:
        for table in ("fact", "milestone", "launch", "news"):
            session.execute(text(f"UPDATE {table} SET superseded_by_id = NULL WHERE superseded_by_id IS NOT NULL"))
            session.execute(text(f"DELETE FROM {table}"))
    return engine


def test_an_export_imported_elsewhere_exports_the_same(loaded_engine: Engine) -> None:
    form = "csv" if loaded_engine.dialect.name == "postgresql" else "json"
    files = {kind: exported(loaded_engine, kind, form) for kind in KINDS}
    emptied(loaded_engine)
    for kind, content in files.items():
        imported = import_file(loaded_engine, read_file(content.encode()), "a test")
        assert not imported.refused
        assert set(imported.outcomes) == {Outcome.NEW}
        assert exported(loaded_engine, kind, form) == content


@pytest.fixture
def names_only(sqlite_url: str) -> Engine:
    return emptied(open_engine(sqlite_url))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=lists_of_rows())
def test_any_rows_come_out_as_they_went_in(names_only: Engine, rows: list[NewRow]) -> None:
    """Recorded, exported, imported again: nothing new and nothing changed."""
    kind = type(rows[0])
    table = StringIO()
    write_csv(kind, rows, table)
    with writing(names_only) as session:
        import_lines(session, read_file(table.getvalue().encode()).lines, "a test")
        held = list(export_rows(session, kind))
        out = StringIO()
        write_csv(kind, held, out)
        imported = import_lines(session, read_file(out.getvalue().encode()).lines, "a test")
        assert not imported.refused
        assert set(imported.outcomes) <= {Outcome.KNOWN}
        assert list(export_rows(session, kind)) == held
        session.rollback()


BAD = "\n".join(
    [HEADER, GOOD, GOOD.replace("27.6", "many"), GOOD.replace("Xiaomi", "Ksiaomi"), GOOD.replace("World", "Spain")]
)


def test_bad_rows_are_refused_by_line_and_good_ones_kept(loaded_engine: Engine) -> None:
    with reading(loaded_engine) as session:
        before = count_holdings(session).facts
    imported = import_file(loaded_engine, read_file(BAD.encode()), "a test")
    assert [refusal.line for refusal in imported.refused] == [3, 4]
    assert "did you mean xiaomi" in imported.refused[1].reason
    assert imported.kept
    with reading(loaded_engine) as session:
        assert count_holdings(session).facts - before == imported.outcomes[Outcome.NEW] > 0


@pytest.mark.parametrize("how", ["dry_run", "all_or_nothing"])
def test_nothing_is_kept(loaded_engine: Engine, how: str) -> None:
    with reading(loaded_engine) as session:
        before = count_holdings(session)
    imported = import_file(loaded_engine, read_file(BAD.encode()), "a test", **{how: True})  # type: ignore[arg-type]
    assert not imported.kept
    assert sum(imported.outcomes.values()) == 2
    with reading(loaded_engine) as session:
        assert count_holdings(session) == before


@pytest.mark.parametrize("file", ROWS)
def test_shipped_rows_take_the_same_path(sqlite_url: str, file: str) -> None:
    imported = import_file(open_engine(sqlite_url), read_file((DATA / file).read_bytes()), "a test")
    assert not imported.refused
    assert set(imported.outcomes) == {Outcome.KNOWN}
