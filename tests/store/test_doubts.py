"""What is doubtful about a row before it is recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from store.catalogue import read_catalogue
from store.doubts import Doubt, doubts_about
from store.engine import open_engine, reading
from store.facts import Facts
from store.period import Period
from store.rows import NewFact, NewLaunch, NewRow, NewSource
from store.source_names import source_name
from store.words import Bound, Certainty, Metric, Unit

TODAY = date(2017, 11, 1)
SOURCE = NewSource("Example", "https://example.com/1", date(2017, 10, 31))
FACT = NewFact(
    "xiaomi", Metric.SHIPMENTS, 9.2, Bound.EXACT, Unit.MILLION, "india", Period.parse("2017Q3"), Certainty.ESTIMATE,
    SOURCE,
)  # fmt: skip
LAUNCH = NewLaunch("xiaomi", "", "spain", "2017-11-07", (date(2017, 11, 7),) * 2, Certainty.CONFIRMED, SOURCE)
SHARE = replace(FACT, metric=Metric.MARKET_SHARE, unit=Unit.PERCENT, source=replace(SOURCE, name="IDC"))


@pytest.mark.parametrize(
    ("row", "doubts"),
    [
        (FACT, []),
        (replace(FACT, value=10.2), [Doubt.CONTRADICTS]),
        (replace(FACT, value=92), [Doubt.CONTRADICTS, Doubt.JUMPS]),
        (replace(SHARE, value=23.5), [Doubt.CONTRADICTS]),
        (replace(SHARE, value=64), [Doubt.CONTRADICTS, Doubt.OVER_ALL]),
        (replace(FACT, period=Period.parse("2029Q4"), certainty=Certainty.CONFIRMED, value=9), [Doubt.NOT_OVER]),
        (replace(FACT, source=replace(SOURCE, published=date(2018, 1, 1))), [Doubt.FROM_THE_FUTURE]),
        (LAUNCH, []),
        (replace(LAUNCH, days=(date(2017, 10, 1),) * 2, date_text="2017-10-01"), [Doubt.PAST, Doubt.OTHER_DATE]),
        (replace(LAUNCH, days=(date(2017, 11, 9),) * 2, date_text="2017-11-09"), [Doubt.OTHER_DATE]),
        (replace(LAUNCH, product="Mi Nobody", days=(date(2017, 11, 9),) * 2, date_text="2017-11-09"), []),
    ],
)
def test_what_is_doubtful(loaded_file: Path, row: NewRow, doubts: list[Doubt]) -> None:
    engine = open_engine(f"sqlite:///{loaded_file}")
    with reading(engine) as session:
        facts = Facts(session, read_catalogue(session))
        assert [one.doubt for one in doubts_about(row, facts, None, TODAY)] == doubts
    engine.dispose()


def test_whose_an_address_is(loaded_file: Path) -> None:
    engine = open_engine(f"sqlite:///{loaded_file}")
    with reading(engine) as session:
        assert source_name(session, "https://www.idc.com/any/page") == "IDC"
        assert source_name(session, "https://IDC.com") == "IDC"
        assert source_name(session, "https://nobody-has-this.example/1") is None
        assert source_name(session, "https://%.com/1") is None
    engine.dispose()
