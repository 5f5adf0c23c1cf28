"""What the answers ask of the store, on SQLite and PostgreSQL: current rows only, of all that is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from store.catalogue import read_catalogue
from store.engine import reading, writing
from store.facts import Facts
from store.period import Period
from store.record import Recorder
from store.words import Metric
from tests.store.test_record import FACT, LAUNCH, on

SHIPMENTS = [Metric.SHIPMENTS]
PERU = [
    replace(FACT, region="peru"),
    on(replace(FACT, region="peru"), date(2020, 3, 1), value=1.7),
    replace(FACT, region="peru", vendor="samsung", value=2.0),
    replace(FACT, region="peru", vendor="total", value=6.0),
    replace(FACT, region="peru", period=Period.parse("2019Q3"), value=1.2),
    replace(FACT, region="peru", period=Period.year(2019), value=5.0),
]


@pytest.fixture
def engine(loaded_engine: Engine) -> Engine:
    with writing(loaded_engine) as session:
        Recorder(session, "a test").record_all(PERU)
        Recorder(session, "a test").record(replace(LAUNCH, region="peru"))
    return loaded_engine


def test_numbers(engine: Engine) -> None:
    with reading(engine) as session:
        facts = Facts(session, read_catalogue(session))
        quarter = Period.parse("2019Q4")
        values = facts.values(["xiaomi", "samsung"], SHIPMENTS, "peru", [quarter, Period.year(2019)])
        ours = {(one.vendor, str(one.period), one.value) for one in values if one.source.name == "Somebody"}
        assert ours == {("xiaomi", "2019Q4", 1.7), ("xiaomi", "2019", 5.0), ("samsung", "2019Q4", 2.0)}
        ranked = {one.vendor for one in facts.ranking("peru", quarter, SHIPMENTS) if one.source.name == "Somebody"}
        assert ranked == {"xiaomi", "samsung"}
        history = [one for one in facts.history(["xiaomi"], SHIPMENTS, "peru") if one.source.name == "Somebody"]
        assert sorted(str(one.period) for one in history) == ["2019", "2019Q3", "2019Q4"]


def test_what_there_is(engine: Engine) -> None:
    with reading(engine) as session:
        facts = Facts(session, read_catalogue(session))
        of_one, of_all = facts.periods(["xiaomi"], SHIPMENTS, "peru"), facts.periods((), SHIPMENTS, "peru")
        assert {Period.parse("2019Q3"), Period.parse("2019Q4"), Period.year(2019)} <= set(of_one) <= set(of_all)
        assert of_all == sorted(of_all, key=lambda period: (period.end, period.start), reverse=True)
        assert facts.regions(["xiaomi"], SHIPMENTS)["peru"] >= 3
        assert facts.regions((), SHIPMENTS)["peru"] >= facts.regions(["xiaomi"], SHIPMENTS)["peru"] + 2


def test_of_nothing_there_is_nothing(engine: Engine) -> None:
    with reading(engine) as session:
        facts = Facts(session, read_catalogue(session))
        assert facts.values([], SHIPMENTS, "peru", [Period.parse("2019Q4")]) == []
        assert facts.values(["xiaomi"], [], "peru", [Period.parse("2019Q4")]) == []
        assert facts.values(["xiaomi"], SHIPMENTS, "atlantis", [Period.parse("2019Q4")]) == []
        assert facts.ranking("peru", Period.parse("1999Q1"), SHIPMENTS) == []


def test_launches(engine: Engine) -> None:
    with reading(engine) as session:
        facts = Facts(session, read_catalogue(session))
        found = facts.launches(["xiaomi"], ["peru"])
        assert ("2017-11-07", "Somebody") in {(one.date_text, one.source.name) for one in found}
        day = date(2017, 11, 7)
        assert found[0].days is None or found[0].days <= (found[-1].days or (date.max, date.max))
        assert facts.launches(["xiaomi"], ["peru"], between=(day, day))
        assert not facts.launches(["xiaomi"], ["peru"], between=(date(1999, 1, 1), date(1999, 1, 2)))
