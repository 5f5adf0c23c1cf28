"""Two vendors made one, and a row that takes another's place, on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine, text

from store.engine import reading, writing
from store.facts import read_row
from store.history import history_of
from store.merging import MergeError, merge_vendors
from store.naming import load_names
from store.period import Period
from store.record import Recorder
from store.rows import NewFact, NewSource
from store.shipped import DATA
from store.vendors import NewVendor, add_vendor
from store.words import Bound, Certainty, Metric, Unit

OLD, NEW = (NewSource("IDC", "https://idc.com/1", date(2017, month, 1)) for month in (1, 2))


def fact(vendor: str, value: float, source: NewSource) -> NewFact:
    period = Period.parse("2016Q4")
    return NewFact(
        vendor, Metric.SHIPMENTS, value, Bound.EXACT, Unit.MILLION, "malta", period, Certainty.ESTIMATE, source
    )


def test_what_one_vendor_has_becomes_the_others(loaded_engine: Engine) -> None:
    with writing(loaded_engine) as session:
        add_vendor(session, NewVendor("Foo Phones", aliases=("fooph",)), "anna", 2017)
    with writing(loaded_engine) as session:
        recorder = Recorder(session, "anna")
        ours, theirs = recorder.record(fact("honor", 1.5, OLD)), recorder.record(fact("foo-phones", 1.7, NEW))
    with writing(loaded_engine) as session:
        merge = merge_vendors(session, "foo-phones", "honor", "anna")
        assert (merge.counts["figures"], merge.counts["aliases"], merge.doubled) == (1, 1, 1)
    with reading(loaded_engine) as session:
        told = history_of(session, "fact", theirs.row_id)
        assert [(one.row.row_id, one.newer_id) for one in told] == [(ours.row_id, theirs.row_id), (theirs.row_id, None)]
        assert read_row(session, "fact", theirs.row_id).vendor == "honor"  # type: ignore[union-attr]
    with writing(loaded_engine) as session:
        assert Recorder(session, "anna").record(fact("fooph", 1.7, NEW)).row_id == theirs.row_id
        for gone, kept in (("foo-phones", "honor"), ("honor", "honor"), ("total", "honor")):
            with pytest.raises(MergeError):
                merge_vendors(session, gone, kept, "anna")


def test_a_newer_file_of_vendors_does_not_bring_a_merged_one_back(loaded_engine: Engine) -> None:
    with writing(loaded_engine) as session:
        merge_vendors(session, "poco", "xiaomi", "anna")
        load_names(session, "vendors.csv", (DATA / "vendors.csv").read_text("utf-8"))
        assert session.execute(text("SELECT count(*) FROM vendor WHERE slug = 'poco'")).scalar_one() == 0


def test_a_row_takes_the_place_of_another_whatever_it_is_about(loaded_engine: Engine) -> None:
    with writing(loaded_engine) as session:
        recorder = Recorder(session, "anna")
        first = recorder.record(fact("honor", 1.5, OLD))
        second = recorder.replace(fact("nokia", 1.5, OLD), first.row_id)
        third = recorder.replace(fact("honor", 1.5, OLD), second.row_id)
    with reading(loaded_engine) as session:
        told = history_of(session, "fact", second.row_id)
        states = [(one.row.vendor, one.newer_id) for one in told]
        assert states == [("honor", second.row_id), ("nokia", third.row_id), ("honor", None)]
