"""What is too old goes, some rows at a time; what is needed to tell once, and to correct, stays. On both databases."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text, update
from sqlmodel import SQLModel, col

from bot.alerts import schedule
from bot.alerts.letting_go import Calendar, let_go
from store.admin_tables import Draft, Feed, FeedEntry, Person
from store.alert_tables import Alert, Chat, ChatState, Delivery, DeliveryState, Happened, Subscription
from store.chats import find_chat
from store.engine import open_engine, reading, writing
from store.reminders import launches_on, remind
from store.retention import STEPS, Kept, forget
from store.retract import retract
from store.subscriptions import Wish
from store.tables import Conversation, Incoming, Launch, Picture
from store.wanted_tables import Wanted
from tests.store.any_rows import contents, fill, tables_of
from tests.store.test_alerts import LAUNCH, record, told, wants
from tests.telegram.fixtures import running_bot

NOW = datetime.now(UTC)
FOR_GOOD = (
    "audit", "fact", "milestone", "launch", "news", "source", "publisher", "vendor", "region", "product", "alias",
    "taught", "shipped", "lease", "edition",
)  # fmt: skip


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def add(engine: Engine, *rows: SQLModel) -> None:
    with writing(engine) as session:
        for row in rows:
            session.add(row)
            session.flush()


def alert(number: int, days: float, earlier: int | None = None) -> Alert:
    return Alert(id=number, happened=Happened.NEW, table_name="launch", row_id=number, recorded_at=ago(days),
                 earlier_id=earlier)  # fmt: skip


def delivery(of: int, state: DeliveryState, sent: float | None = None, chat: int = 1) -> Delivery:
    return Delivery(alert_id=of, chat_id=chat, state=state, due_at=NOW, sent_at=None if sent is None else ago(sent))


def left(engine: Engine, column: Any) -> list[Any]:
    with reading(engine) as session:
        return sorted(session.execute(select(col(column))).scalars())


def forget_all(engine: Engine, kept: Kept | None = None) -> dict[str, int]:
    with writing(engine) as session:
        return forget(session, NOW, kept or Kept())


def test_who_was_told_is_remembered_for_as_long_as_a_correction_may_come(empty_engine: Engine) -> None:
    add(
        empty_engine,
        Chat(id=1, address="1", kind="private"),
        *(alert(number, days) for number, days in ((1, 800), (2, 800), (3, 800), (4, 10))),
        alert(5, 10, earlier=3),
        delivery(1, DeliveryState.SENT, 799),
        delivery(2, DeliveryState.SENT, 100),  # waited for the end of something, and was told then
        delivery(3, DeliveryState.SENT, 799),  # of which a later alert says that it was wrong
        delivery(4, DeliveryState.SENT, 9),
    )
    assert forget_all(empty_engine) == dict.fromkeys(STEPS, 0) | {"deliveries": 2, "alerts": 1}
    assert left(empty_engine, Delivery.alert_id) == [2, 4]
    assert left(empty_engine, Alert.id) == [2, 3, 4, 5]


def test_what_did_not_get_through_goes_sooner_and_what_still_may_stays(empty_engine: Engine) -> None:
    states = list(DeliveryState)
    add(
        empty_engine,
        *(Chat(id=number, address=str(number), kind="private") for number in range(1, len(states) + 1)),
        alert(1, 61),
        alert(2, 59),
        *(delivery(of, state, 58, chat) for of in (1, 2) for chat, state in enumerate(states, 1)),
    )
    assert forget_all(empty_engine)["unsent_deliveries"] == 3
    over = {DeliveryState.FAILED, DeliveryState.SET_ASIDE, DeliveryState.SKIPPED}
    assert left(empty_engine, Delivery.state) == sorted([*states, *(state for state in states if state not in over)])


def test_the_newest_numbers_are_never_given_away_twice(empty_engine: Engine) -> None:
    rows: tuple[SQLModel, ...] = tuple(
        row
        for number in (1, 2)
        for row in (
            alert(number, 900),
            Chat(id=number, address=str(number), kind="private", state=ChatState.LEFT, ended_at=ago(900)),
            Draft(id=number, person_id=1, kind="fact", state="open", changed_at=ago(900)),
            Person(id=number, telegram_id=number, name="Anna", seen_at=ago(900)),
            Wanted(id=number, text=str(number), reason="no facts", first_on=ago(900), last_on=ago(900)),
        )
    )
    add(empty_engine, *rows)
    forgotten = forget_all(empty_engine)
    for table, name in ((Alert, "alerts"), (Chat, "gone_chats"), (Draft, "drafts"), (Wanted, "unanswered")):
        assert left(empty_engine, table.id) == [2]  # type: ignore[attr-defined]
        assert forgotten[name] == 1
    assert left(empty_engine, Person.name) == [""], "but of a person nothing stays"


def test_chats_that_are_gone_go_with_their_subscriptions(empty_engine: Engine) -> None:
    ages = {1: None, 2: 10.0, 3: 366.0, 4: None}
    add(
        empty_engine,
        *(
            Chat(id=number, address=str(number), kind="private", ended_at=days and ago(days),
                 state=ChatState.BLOCKED if days else ChatState.ACTIVE)
            for number, days in ages.items()
        ),
        *(Subscription(chat_id=number, made_by="1") for number in ages for _ in range(3)),
        alert(1, 1),
        *(delivery(1, DeliveryState.SENT, 1, chat) for chat in ages),
    )  # fmt: skip
    assert forget_all(empty_engine)["gone_chats"] == 4
    assert left(empty_engine, Chat.id) == [1, 2, 4]
    assert set(left(empty_engine, Subscription.chat_id)) == {1, 2, 4}


def test_what_is_for_a_while_only(empty_engine: Engine) -> None:
    for days in (0.5, 400):
        name = str(days)
        add(
            empty_engine,
            Conversation(chat_id=name, person_id="1", query={}, at=ago(days)),
            Incoming(bot_id=1, update_id=1, digest=name, received_at=ago(days), body=None, holder="", held_until=0),
            Incoming(bot_id=2, update_id=1, digest=name, received_at=ago(days), body="{}", holder="", held_until=0),
            Picture(bot_id=1, digest=name, file_id="x", at=ago(days)),
            Feed(digest=name, address="x", asked_at=ago(days)),
            FeedEntry(digest=name, seen_at=ago(days)),
        )
    forgotten = forget_all(empty_engine)
    once = {"updates": 2, "conversations": 1, "pictures": 1, "feeds": 1, "feed_entries": 1}
    assert {name: rows for name, rows in forgotten.items() if rows} == once
    assert left(empty_engine, Picture.digest) == left(empty_engine, FeedEntry.digest) == ["0.5"]


def test_whatever_is_there_foreign_keys_hold_and_what_is_for_good_stays(empty_engine: Engine) -> None:
    with empty_engine.begin() as connection:
        fill(connection, tables_of(connection))
    with empty_engine.connect() as connection:
        before = contents(connection)
    for _ in range(9):
        with writing(empty_engine) as session:
            forget(session, NOW + timedelta(days=9_000), Kept(), most=2)
    with empty_engine.connect() as connection:
        after = contents(connection)
    assert {name: after[name] for name in FOR_GOOD} == {name: before[name] for name in FOR_GOOD}
    assert all(len(after[name]) < len(rows) for name, rows in before.items() if name not in FOR_GOOD)


def test_a_reminder_comes_once_whatever_the_settings(loaded_engine: Engine) -> None:
    wants(loaded_engine, "101", Wish("xiaomi"))
    record(loaded_engine, LAUNCH, alerts=False)
    assert LAUNCH.days is not None
    with writing(loaded_engine) as session:
        launch = next(one for one in launches_on(session, *LAUNCH.days) if one.recorded_at.replace(tzinfo=UTC) > ago(1))
        assert remind(session, launch, Happened.TODAY, ["UTC"], NOW) == 1
        told_then = {"state": DeliveryState.SENT, "sent_at": ago(2.7)}
        session.execute(update(Delivery).values(told_then))
        session.execute(update(Alert).values(recorded_at=ago(2.7)))
        forget(session, NOW, Kept(sent=timedelta(days=1), unsent=timedelta(days=1)))
        assert remind(session, launch, Happened.TODAY, ["UTC"], NOW) == 0


def test_a_correction_after_that_time_reaches_who_subscribes_now(loaded_engine: Engine) -> None:
    wants(loaded_engine, "101", Wish("xiaomi"))
    record(loaded_engine, LAUNCH)
    with writing(loaded_engine) as session:
        chat = find_chat(session, "101")
        assert chat is not None
        session.execute(update(Alert).values(recorded_at=ago(800)))
        session.execute(update(Delivery).values(state=DeliveryState.SENT, sent_at=ago(800)))
        session.add(alert(9_999, 0))
    assert forget_all(loaded_engine)["alerts"] == 1
    with writing(loaded_engine) as session:
        newest = session.execute(select(func.max(col(Launch.id)))).scalar_one()
        retract(session, "launch", newest, "test", alerts=True)
    assert told(loaded_engine) == [("retracted", "101", 0)]


def test_a_wall_clock_that_was_set_is_not_believed() -> None:
    calendar = Calendar(NOW, 1_000)
    assert calendar.astray(NOW + timedelta(days=40), 1_000 + 40 * 86_400) is None, "the machine slept"
    assert calendar.astray(NOW + timedelta(hours=3), 1_060) is None
    assert calendar.astray(NOW + timedelta(days=900), 1_060) == timedelta(days=900, seconds=-60)


@pytest.mark.anyio
async def test_a_running_bot_does_it_by_its_settings(
    sqlite_file: Path, anyio_backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schedule, "_FORGETS_EVERY", 0.3)  # seconds, in the place of an hour
    engine = open_engine(f"sqlite:///{sqlite_file}")
    add(engine, Chat(id=1, address="1", kind="private"), alert(1, 40), alert(2, 20), alert(3, 1))
    add(engine, *(delivery(of, DeliveryState.SENT, days) for of, days in ((1, 40), (2, 20), (3, 1))))
    add(engine, *(Wanted(text=str(days), reason="no facts", first_on=ago(90), last_on=ago(days)) for days in (40, 9)))
    async with running_bot(sqlite_file, keep_deliveries_days=15, keep_unsent_days=7, keep_unanswered_days=30) as bot:
        async with asyncio.timeout(20):
            while left(engine, Alert.id) != [3] or left(engine, Wanted.text) != ["9"]:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        assert "Source: " in (await bot.api.private().ask("whos #1 in india")).text
    assert left(engine, Delivery.alert_id) == [3]
    engine.dispose()


@pytest.mark.anyio
async def test_a_backlog_goes_in_turns_and_stops_when_another_process_leads(
    empty_engine: Engine, anyio_backend: str
) -> None:
    many = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
    with writing(empty_engine) as session:
        for number in (1, 2):
            session.add(alert(number, 900))
        session.execute(text(f"""{many} INSERT INTO delivery (alert_id, chat_id, thread_id, state, digest, due_at,
            attempts, sent_at, last_error, muted) SELECT 1, i, 0, 'sent', false, CURRENT_TIMESTAMP, 0,
            '2017-11-01 00:00:00', '', false FROM n""" if empty_engine.dialect.name == "postgresql" else
            f"""INSERT INTO delivery (alert_id, chat_id, thread_id, state, digest, due_at,
            attempts, sent_at, last_error, muted) {many} SELECT 1, i, 0, 'sent', false, CURRENT_TIMESTAMP, 0,
            '2017-11-01 00:00:00', '', false FROM n"""))  # fmt: skip
    turns = iter((True, False))
    with ThreadPoolExecutor(1) as executor:
        assert await let_go(empty_engine, executor, Kept(), lambda: next(turns, False)) == {"deliveries": 2_000}
        assert await let_go(empty_engine, executor, Kept(), lambda: True) == {"deliveries": 3_000, "alerts": 1}
