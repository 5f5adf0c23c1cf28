"""What is remembered of the facts holds as long as nobody changed them, whichever process it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from store.catalogue import read_catalogue
from store.edition import Remembered, present_edition
from store.engine import open_engine, reading, writing
from store.facts import Facts
from store.record import Recorder
from store.retract import retract
from store.vendors import NewVendor, add_vendor
from store.words import Metric
from tests.store.test_record import FACT, on, record


def _asked(engine: Engine, remembered: Remembered) -> tuple[Remembered, list[float]]:
    """What a process answers that remembers so much, and what it remembers then."""
    with reading(engine) as session:
        edition = present_edition(session.connection())
        remembered = remembered if remembered.edition == edition else Remembered(edition)
        found = Facts(session, read_catalogue(session), remembered).history(["xiaomi"], [Metric.SHIPMENTS], "peru")
        return remembered, [fact.value for fact in found if fact.source.name == FACT.source.name]


def test_what_another_process_records_or_takes_back_is_seen_at_once(loaded_engine: Engine) -> None:
    other, fact = open_engine(loaded_engine.url.render_as_string(hide_password=False)), replace(FACT, region="peru")
    remembered, none = _asked(loaded_engine, Remembered())
    assert none == []
    record(other, fact)
    remembered, first = _asked(loaded_engine, remembered)
    assert first == [1.5]
    corrected = record(other, on(fact, date(2020, 3, 1), value=1.7))[0]
    remembered, second = _asked(loaded_engine, remembered)
    assert second == [1.7]
    with writing(other) as session:
        retract(session, "fact", corrected.row_id, "a test")
    assert _asked(loaded_engine, remembered)[1] == []
    other.dispose()


def test_an_edition_lasts_while_nothing_changes_and_is_never_had_twice(loaded_engine: Engine) -> None:
    seen = {edition := _asked(loaded_engine, Remembered())[0].edition}
    with pytest.raises(RuntimeError), writing(loaded_engine) as session:
        Recorder(session, "a test").record(replace(FACT, region="peru"))
        raise RuntimeError
    assert _asked(loaded_engine, Remembered())[0].edition == edition
    for name in ("Quux", "Quuux"):
        with writing(loaded_engine) as session:
            add_vendor(session, NewVendor(name), "a test", 2020)
        seen.add(_asked(loaded_engine, Remembered())[0].edition)
    assert len(seen) == 3


def test_remembering_is_bounded() -> None:
    remembered, read = Remembered(), []
    for number in range(400):
        remembered.once(number, lambda number=number: read.append(number) or [number] * 100)
    remembered.once(399, lambda: read.append("again") or [])
    assert read == list(range(400))
    assert len(remembered) < 30_000
