"""The first start migrates and loads the shipped data; every later one finds it done."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import astuple

from sqlalchemy import text

from store.engine import open_engine, reading, writing
from store.holdings import count_holdings
from store.shipped import load_shipped
from store.start import start


def test_first_start_loads_and_second_does_nothing(empty_url: str) -> None:
    engine = start(empty_url)
    with reading(engine) as session:
        first = count_holdings(session)
        audits = session.execute(text("SELECT count(*) FROM audit")).scalar_one()
    assert min(astuple(first)[:6]) > 0
    assert audits >= first.rows
    start(empty_url)
    with reading(engine) as session:
        assert count_holdings(session) == first
        assert session.execute(text("SELECT count(*) FROM audit")).scalar_one() == audits


def test_a_changed_file_is_loaded_again_and_adds_nothing_twice(loaded_engine: object) -> None:
    engine = loaded_engine
    with writing(engine) as session:  # type: ignore[arg-type]
        before = count_holdings(session)
        session.execute(text("UPDATE shipped SET digest = 'older'"))
        changed = load_shipped(session)
        assert {"vendors.csv", "regions.csv", "facts.csv"} <= set(changed)
        assert count_holdings(session) == before
        assert load_shipped(session) == []


def test_two_first_starts_at_once(empty_url: str) -> None:
    program = "import sys; from store.start import start; start(sys.argv[1])"
    both = [
        subprocess.Popen([sys.executable, "-c", program, empty_url], stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [one.communicate(timeout=60)[1] for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    engine = open_engine(empty_url)
    with reading(engine) as session:
        doubled = "SELECT count(*) FROM (SELECT slug FROM vendor GROUP BY slug HAVING count(*) > 1) AS twice"
        assert session.execute(text(doubled)).scalar_one() == 0
        held = count_holdings(session)
        assert session.execute(text("SELECT count(*) FROM fact")).scalar_one() >= held.facts > 0
        same = (
            "SELECT count(*) FROM (SELECT 1 FROM fact WHERE superseded_by_id IS NULL"
            " GROUP BY vendor_id, metric, region_id, period, source_id HAVING count(*) > 1) AS twice"
        )
        assert session.execute(text(same)).scalar_one() == 0
    engine.dispose()
