"""Words that admins teach: aliases like any other, taken back, seen by every process."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine, text

from bot.answering import Answering
from store.catalogue import read_catalogue
from store.engine import open_engine, reading, writing
from store.shipped import load_shipped
from store.tables import Milestone
from store.taught import Means, names_version, taught_words, teach, withdraw
from store.words import Metric

TODAY = date(2017, 11, 1)


def test_taught_and_taken_back_on_each_database(loaded_engine: Engine) -> None:
    with writing(loaded_engine) as session:
        before = names_version(session)
        vendor = teach(session, "frobly", Means.VENDOR, "xiaomi", "test")
        region = teach(session, "spayn", Means.REGION, "spain", "test", ambiguous=True)
        metric = teach(session, "bleem", Means.METRIC, "market_share", "test")
        assert vendor and region and metric
        assert teach(session, "frobly", Means.VENDOR, "xiaomi", "test") is None
        catalogue = read_catalogue(session)
        assert "frobly" in [name.text for name in catalogue.vendors["xiaomi"].names]
        assert [name.ambiguous for name in catalogue.regions["spain"].names if name.text == "spayn"] == [True]
        assert catalogue.metric_words == (("bleem", Metric.MARKET_SHARE),)
        assert names_version(session) != before
        after = names_version(session)
        for one in (vendor, region, metric):
            assert withdraw(session, one.row_id, "test") == one
            assert withdraw(session, one.row_id, "test") is None
        catalogue = read_catalogue(session)
        assert "frobly" not in [name.text for name in catalogue.vendors["xiaomi"].names]
        assert catalogue.metric_words == ()
        assert taught_words(session) == []
        assert names_version(session) != after
        told = session.execute(text("SELECT action, actor FROM audit WHERE table_name = 'taught' ORDER BY id")).all()
        assert told == [("taught", "test")] * 3 + [("withdrawn", "test")] * 3


@pytest.mark.parametrize(
    ("means", "value"), [(Means.VENDOR, "nobody"), (Means.REGION, "xiaomi"), (Means.METRIC, "weight")]
)
def test_what_is_not_there_has_no_other_name(sqlite_url: str, means: Means, value: str) -> None:
    engine = open_engine(sqlite_url)
    with writing(engine) as session, pytest.raises(LookupError):
        teach(session, "frobly", means, value, "test")
    engine.dispose()


def test_another_process_reads_with_it_at_the_next_question(sqlite_url: str) -> None:
    here, there = open_engine(sqlite_url), Answering(open_engine(sqlite_url))
    with writing(here) as session:
        vendor = teach(session, "frobly", Means.VENDOR, "xiaomi", "test")
        teach(session, "bleem", Means.METRIC, "market_share", "test")
    query = there.ask("frobly bleem", TODAY).query
    assert (query.vendors, query.metric) == (("xiaomi",), Metric.MARKET_SHARE)
    assert vendor
    with writing(here) as session:
        withdraw(session, vendor.row_id, "test")
    there.ask("hello", TODAY)
    assert "frobly" not in there.understanding.lexicon.names
    here.dispose()
    there.engine.dispose()


def test_a_headline_that_another_process_recorded_is_found_at_the_next_question(sqlite_url: str) -> None:
    here, there = open_engine(sqlite_url), Answering(open_engine(sqlite_url))
    with writing(here) as session:
        row = session.get(Milestone, 1)
        assert row is not None
        values = row.model_dump(exclude={"id", "superseded_by_id"}) | {"title": "Wins the Zorblatt prize"}
        session.add(Milestone(**values))
    there.ask("hello", TODAY)
    assert any("w:zorblatt" in story.words for story in there.understanding.lexicon.stories)
    here.dispose()
    there.engine.dispose()


def test_a_taught_name_outlives_new_shipped_data_and_is_known_to_imports(sqlite_url: str) -> None:
    from store.names import Names

    engine = open_engine(sqlite_url)
    with writing(engine) as session:
        teach(session, "frobly", Means.VENDOR, "xiaomi", "test")
        session.execute(text("DELETE FROM shipped WHERE file IN ('vendors.csv', 'regions.csv')"))
        assert load_shipped(session) == ["regions.csv", "vendors.csv"]
    with reading(engine) as session:
        assert Names(session).vendor("frobly") == Names(session).vendor("xiaomi")
    engine.dispose()
