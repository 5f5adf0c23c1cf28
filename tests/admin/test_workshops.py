"""Drafts of every kind from beginning to end, on SQLite and PostgreSQL, without Telegram."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from bot.admin import drafts
from bot.admin.bench import Bench
from bot.admin.card import Card
from bot.admin.drafts import Drafts
from bot.admin.histories import Histories
from bot.admin.roles import Roles
from bot.admin.workshops import Workshops
from bot.answering import Answering
from store.drafts import NOBODY, forget_drafts
from store.engine import reading, writing

OLGA, ANNA = 7_700_000_001, 7_700_000_002
ROWS = (
    b"vendor,product,region,date,certainty,source,url,published\n"
    b"nokia,Nokia 9,malta,2018-02,rumoured,Pocketnow,https://pocketnow.com/9,2017-10-31\n"
)


@pytest.fixture
def bench(loaded_engine: Engine) -> Bench:
    return Bench(Answering(loaded_engine), lambda: date(2017, 11, 1))


def rows(bench: Bench, statement: str) -> list[tuple[object, ...]]:
    with reading(bench.engine) as session:
        return [tuple(row) for row in session.execute(text(statement))]


def data_of(card: Card, label: str) -> str:
    return next(one.data for row in card.buttons for one in row if one.label.startswith(label))


def test_each_kind_of_draft_does_what_it_says(bench: Bench) -> None:
    shops, roles = Workshops.of(bench), Roles(bench.engine, [OLGA, ANNA])
    desk = Drafts(bench, roles, shops)

    def press(card: Card, label: str) -> Card:
        return desk.press(OLGA, data_of(card, label))

    asked = shops.adding.begin(OLGA, "fact", "Honor, Malta, 2016Q4, shipments, confirmed")
    assert "What is the figure?" in asked.plain
    assert desk.typed(ANNA, "1.5 million") is None
    asked = typed(desk, "1.5 million")
    preview = typed(desk, "https://idc.com/1")
    assert "Honor shipped 1.5 million smartphones in Malta in Q4 2016 (confirmed, IDC)" in preview.plain
    assert desk.press(ANNA, data_of(preview, "Record")).notice == drafts.NOT_YOURS
    assert press(preview, "Record").plain.startswith("Recorded as fact")
    assert press(preview, "Record").notice == drafts.IS_DONE

    history = Histories(bench).find("honor shipments malta 2016q4")
    number = int(data_of(history, "Edit").rpartition(":")[2])
    edited = shops.adding.begin_edit(OLGA, "fact", number, "1.7 million")
    assert f"It would take the place of fact {number}." in edited.plain
    press(edited, "Record")
    press(shops.undoing.begin(OLGA), "Undo")
    told = Histories(bench).of("fact", number).plain
    assert [told.count(words) for words in ("1.5 million", "1.7 million", "took its place", "current")] == [2, 1, 2, 1]

    imported = press(shops.importing.begin(OLGA, "launches.csv", ROWS), "Import, tell nobody")
    assert imported.plain == "Imported. New: 1. /undo takes it back within 15 minutes."
    gone = shops.retracting.begin(OLGA, f"launch {rows(bench, 'SELECT max(id) FROM launch')[0][0]} it was a rumour")
    assert press(gone, "Take back").plain.startswith("Taken back.")

    article = bench.keep(
        NOBODY, "article", shops.articles.read("Honor shipped 3 million smartphones in Malta in Q1 2017.")
    )
    taken = desk.press(OLGA, data_of(desk.listed(OLGA), "Take"))
    assert "Where does it stand?" in taken.plain
    assert desk.press(ANNA, f"draft:{article.row_id}:0:take").notice == drafts.NOT_YOURS
    candidate = typed(desk, "pocketnow.com/malta")
    assert "That was the last one. Recorded: 1" in press(candidate, "Record").plain

    added = typed(desk, "Foo Phones, GB", of=lambda: shops.vendor.begin(OLGA, ""))
    press(added, "Add")
    assert press(shops.merging.begin(OLGA, "foo phones into honor"), "Merge").plain.startswith(
        "Foo Phones is Honor now."
    )
    assert bench.lexicon.names["foophones"][0].value == "honor"
    actors = rows(bench, "SELECT DISTINCT actor FROM audit WHERE actor <> 'shipped data'")
    assert actors == [(f"telegram:{OLGA}",)]


def typed(desk: Drafts, words: str, of: Callable[[], Card] | None = None) -> Card:
    """What Olga's next message leads to."""
    if of is not None:
        of()
    card = desk.typed(OLGA, words)
    assert card is not None
    return card


def test_old_drafts_are_forgotten(bench: Bench) -> None:
    bench.keep(OLGA, "fact", {"cells": {}})
    later = datetime.now(UTC) + timedelta(days=2)
    with writing(bench.engine) as session:
        assert forget_drafts(session, later, timedelta(days=3)) == 0
        assert forget_drafts(session, later, timedelta(days=1)) == 1
