"""Drafts of every kind from beginning to end, on SQLite and PostgreSQL, without Telegram."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from random import Random

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
from store.engine import open_engine, reading, writing

OLGA, ANNA = 7_700_000_001, 7_700_000_002
ROWS = (
    b"vendor,product,region,date,certainty,source,url,published\n"
    b"nokia,Nokia 9,malta,2018-02,rumoured,Pocketnow,https://pocketnow.com/9,2017-10-31\n"
)

ACTIONS = (
    "record", "quiet", "edit", "field", "set", "back", "do", "one", "not", "next", "all", "everything", "tell", "whole",
    "open", "take", "drop", "nonsense",
)  # fmt: skip


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
    with ThreadPoolExecutor(4) as taps:  # several at once, as from several processes
        said = list(taps.map(lambda _: press(preview, "Record"), range(4)))
    assert sorted(one.notice for one in said) == ["", *[drafts.IS_DONE] * 3]
    assert sum(one.plain.startswith("Recorded as fact") for one in said) == 1

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
    for _ in range(2):
        bench.keep(OLGA, "fact", {"cells": {}})
    later = datetime.now(UTC) + timedelta(days=2)
    with writing(bench.engine) as session:
        assert forget_drafts(session, later, timedelta(days=3), 9) == 0
        assert (
            forget_drafts(session, later, timedelta(days=1), 9) == 1
        )  # the newest stays, so that no number comes twice


def test_whatever_is_pressed_nothing_breaks_and_nothing_is_recorded_twice(sqlite_url: str) -> None:
    bench = Bench(Answering(open_engine(sqlite_url)), lambda: date(2017, 11, 1))
    shops = Workshops.of(bench)
    desk = Drafts(bench, Roles(bench.engine, [OLGA]), shops)
    begun = [
        lambda: shops.adding.begin(OLGA, "launch", "Xiaomi, Mi A8, Malta, confirmed, https://pocketnow.com/1"),
        lambda: shops.adding.begin_edit(OLGA, "fact", 1),
        lambda: shops.articles.begin(OLGA, "Honor shipped 3 million smartphones in Malta in Q1 2017. https://x.com/1"),
        lambda: shops.importing.begin(OLGA, "launches.csv", ROWS),
        lambda: shops.retracting.begin(OLGA, "fact 2 wrong"),
        lambda: shops.vendor.begin(OLGA, "Foo Phones"),
        lambda: shops.merging.begin(OLGA, "poco into redmi"),
        lambda: shops.undoing.begin(OLGA),
    ]
    chance = Random(7)
    arguments = [
        "",
        "0",
        "1",
        "999",
        "-",
        "vendor",
        "certainty",
        "url",
        "rumoured",
        "on",
        "x:y",
        "٣",
        "spain",
        "a" * 40,
    ]
    for begin in begun * 4:
        begin()
        for _ in range(6):
            number, revision = rows(bench, "SELECT id, revision FROM draft ORDER BY id DESC LIMIT 1")[0]
            action, argument = chance.choice(ACTIONS), chance.choice(arguments)
            card = desk.press(OLGA, f"draft:{number}:{revision}:{action}:{argument}")
            assert card.plain or card.notice
            if chance.random() < 0.3:
                desk.typed(OLGA, chance.choice(["7 Nov 2017", "Samsung", "x", "https://x.com/2", "=1", "ж" * 300]))
    same = "SELECT count(*) FROM launch WHERE superseded_by_id IS NULL"
    same += " GROUP BY vendor_id, product_id, region_id, source_id"
    assert {count for (count,) in rows(bench, same)} == {1}
