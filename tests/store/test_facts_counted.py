"""What the store holds, asked on SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from store.catalogue import read_catalogue
from store.engine import reading
from store.facts import ENOUGH, Facts
from store.period import Period
from store.tables import Fact, Region, Vendor
from store.words import Metric

COUNTED = [Metric.SHIPMENTS, Metric.MARKET_SHARE]


@pytest.mark.parametrize("region", ["india", "world", "nowhere"])
def test_periods_are_those_that_facts_are_of(loaded_engine: Engine, region: str) -> None:
    with reading(loaded_engine) as session:
        facts = Facts(session, read_catalogue(session))
        plain = select(col(Fact.period)).join(Region, col(Fact.region_id) == Region.id)
        texts = session.execute(
            plain.where(col(Region.slug) == region, col(Fact.metric).in_(COUNTED), col(Fact.superseded_by_id).is_(None))
        ).scalars()
        wanted = {Period.parse(text) for text in texts}
        found = facts.periods((), COUNTED, region)
    assert set(found) == wanted
    assert len(found) == len(wanted)
    assert found == sorted(found, key=lambda one: (one.end, one.start), reverse=True)


def test_regions_are_counted(loaded_engine: Engine) -> None:
    with reading(loaded_engine) as session:
        facts = Facts(session, read_catalogue(session))
        rows = session.execute(
            select(col(Region.slug), col(Vendor.slug))
            .join(Fact, col(Fact.region_id) == Region.id)
            .join(Vendor, col(Fact.vendor_id) == Vendor.id)
            .where(col(Fact.metric).in_(COUNTED), col(Fact.superseded_by_id).is_(None))
        ).all()
        everybody = facts.regions((), COUNTED)
        xiaomi = facts.regions(["xiaomi"], COUNTED)
    assert xiaomi == Counter(region for region, vendor in rows if vendor == "xiaomi")
    assert everybody == {region: min(count, ENOUGH) for region, count in Counter(region for region, _ in rows).items()}


def test_a_ranking_is_read_once_and_can_be_changed_by_whoever_got_it(loaded_engine: Engine) -> None:
    with reading(loaded_engine) as session:
        facts = Facts(session, read_catalogue(session))
        first = facts.ranking("india", Period.quarter(2017, 3), COUNTED)
        assert first
        first.clear()
        assert facts.ranking("india", Period.quarter(2017, 3), COUNTED)
