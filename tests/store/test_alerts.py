"""What is recorded becomes alerts: who is told of what, and that nobody is told twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from store.alert_tables import Alert, Chat, ChatKind, ChatState, Delivery, Digest, Happened, Kinds
from store.alerts import Happening, Told, reach
from store.chats import chat_at, end_chat
from store.engine import reading, writing
from store.period import Period
from store.record import Outcome, Recorder
from store.retract import retract
from store.rows import NewLaunch, NewMilestone, NewRow, NewSource
from store.subscriptions import Wish, mute, pause, subscribe, subscriptions_of
from store.words import Bound, Certainty

SOURCE = NewSource("Example Wire", "https://example.com/france", date(2026, 1, 2), "Wang Xiang")
LAUNCH = NewLaunch(
    "xiaomi", "", "france", "2026-11-07", (date(2026, 11, 7),) * 2, Certainty.CONFIRMED, SOURCE
)  # fmt: skip
MILESTONE = NewMilestone(
    "xiaomi", "10 million phones in a month", 10, Bound.EXACT, "million", "world", Period.month(2026, 10), "",
    Certainty.CONFIRMED, SOURCE,
)  # fmt: skip


@pytest.fixture
def engine(loaded_engine: Engine) -> Iterator[Engine]:
    yield loaded_engine


def wants(engine: Engine, address: str, wish: Wish, thread: int = 0) -> None:
    with writing(engine) as session:
        kind = ChatKind.PRIVATE if not address.startswith("-") else ChatKind.SUPERGROUP
        chat = chat_at(session, address, kind)
        subscribe(session, chat.id or 0, wish, address, thread)


def record(engine: Engine, row: NewRow, *, alerts: bool = True) -> Told:
    with writing(engine) as session:
        recorder = Recorder(session, "test", alerts=alerts)
        recorder.record(row)
        return recorder.told


def told(engine: Engine, *states: str) -> list[tuple[str, str, int]]:
    """Who is told of what: (what happened, address, thread) of the deliveries in those states."""
    query = (
        select(col(Alert.happened), col(Chat.address), col(Delivery.thread_id))
        .join_from(Delivery, Alert, col(Alert.id) == col(Delivery.alert_id))
        .join(Chat, col(Chat.id) == col(Delivery.chat_id))
        .where(col(Delivery.state).in_(states or ("pending",)))
    )
    with reading(engine) as session:
        return sorted(tuple(row) for row in session.execute(query))


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish(), True),
        (Wish("xiaomi"), True),
        (Wish("apple"), False),
        (Wish("xiaomi", "france"), True),
        (Wish("xiaomi", "western-europe"), True),
        (Wish(None, "europe"), True),
        (Wish(None, "world"), True),
        (Wish("xiaomi", "spain"), False),
        (Wish(kinds=Kinds.LAUNCH), True),
        (Wish(kinds=Kinds.MILESTONE | Kinds.CORRECTION), False),
        (Wish(least_certainty=Certainty.CONFIRMED), True),
        (Wish(product="mi-a1"), False),
    ],
    ids=str,
)
def test_a_launch_is_told_to_those_who_asked_for_it(engine: Engine, wish: Wish, expected: bool) -> None:
    wants(engine, "101", wish)
    record(engine, LAUNCH)
    assert told(engine) == ([("new", "101", 0)] if expected else [])


def test_a_rumour_is_told_only_to_those_who_want_rumours(engine: Engine) -> None:
    for address, certainty in enumerate(Certainty, 101):
        wants(engine, str(address), Wish("xiaomi", least_certainty=certainty))
    record(engine, replace(LAUNCH, certainty=Certainty.EXPECTED))
    assert [address for _, address, _ in told(engine)] == ["103", "104"]


def test_overlapping_subscriptions_make_one_message_in_each_chat_and_topic(engine: Engine) -> None:
    for wish in (Wish("xiaomi"), Wish("xiaomi", "france"), Wish(None, "europe"), Wish()):
        wants(engine, "101", wish)
        wants(engine, "-1002", wish, thread=7)
    wants(engine, "-1002", Wish())
    assert record(engine, LAUNCH) == Told(1, 3)
    assert told(engine) == [("new", "-1002", 0), ("new", "-1002", 7), ("new", "101", 0)]


def test_the_same_again_is_told_to_nobody_and_a_silent_record_neither(engine: Engine) -> None:
    wants(engine, "101", Wish())
    record(engine, MILESTONE, alerts=False)
    assert told(engine) == []
    record(engine, LAUNCH)
    record(engine, LAUNCH)
    record(engine, MILESTONE)
    assert told(engine) == [("new", "101", 0)]


def test_paused_ended_and_terminal_chats_are_not_told(engine: Engine) -> None:
    for address in ("101", "102", "here"):
        wants(engine, address, Wish())
    with writing(engine) as session:
        pause(session, [one.row_id for one in subscriptions_of(session, "101")])
        end_chat(session, chat_at(session, "102", ChatKind.PRIVATE).id or 0, ChatState.BLOCKED, "blocked")
        chat_at(session, "here", ChatKind.TERMINAL).kind = ChatKind.TERMINAL
    record(engine, LAUNCH)
    assert told(engine) == []


def test_a_moved_date_goes_to_who_got_the_first_and_to_who_subscribes_now_once(engine: Engine) -> None:
    wants(engine, "101", Wish("xiaomi", "france"))
    wants(engine, "102", Wish("xiaomi"))
    record(engine, LAUNCH)
    sent(engine)
    with writing(engine) as session:
        pause(session, [one.row_id for one in subscriptions_of(session, "101")])
    wants(engine, "103", Wish(kinds=Kinds.CORRECTION))
    later = replace(LAUNCH, date_text="2026-11-14", days=(date(2026, 11, 14),) * 2)
    record(engine, later)
    record(engine, later)
    assert told(engine) == [("moved", "101", 0), ("moved", "102", 0), ("moved", "103", 0)]
    sent(engine)
    record(engine, replace(later, certainty=Certainty.EXPECTED))
    assert {address for _, address, _ in told(engine)} == {"101", "102", "103"}


def test_a_correction_takes_the_place_of_what_was_not_sent_yet(engine: Engine) -> None:
    wants(engine, "101", Wish())
    record(engine, LAUNCH)
    record(engine, replace(LAUNCH, date_text="2026-12", days=(date(2026, 12, 1), date(2026, 12, 31))))
    assert told(engine) == [("moved", "101", 0)]
    assert told(engine, "skipped") == [("new", "101", 0)]


def test_a_silent_correction_between_two_does_not_break_the_chain(engine: Engine) -> None:
    wants(engine, "101", Wish())
    record(engine, MILESTONE)
    sent(engine)
    with writing(engine) as session:
        pause(session, [one.row_id for one in subscriptions_of(session, "101")])
    record(engine, replace(MILESTONE, value=11), alerts=False)
    record(engine, replace(MILESTONE, value=12))
    assert told(engine) == [("corrected", "101", 0)]


def test_a_retraction_goes_to_who_was_told_and_the_row_is_answered_with_no_more(engine: Engine) -> None:
    wants(engine, "101", Wish())
    record(engine, LAUNCH)
    sent(engine)
    with reading(engine) as session:
        row_id = session.execute(select(col(Alert.row_id))).scalar_one()
    with writing(engine) as session:
        pause(session, [one.row_id for one in subscriptions_of(session, "101")])
        assert reach(session, Happening(Happened.RETRACTED, "launch", row_id)) == 1
        assert retract(session, "launch", row_id, "test", "a mistake", alerts=True) == Told(1, 1)
    assert told(engine) == [("retracted", "101", 0)]
    assert record(engine, LAUNCH) == Told()  # the same file imported again does not bring it back
    with writing(engine) as session:  # a person who says it again does
        assert Recorder(session, "anna", again=True).record(LAUNCH).outcome is Outcome.NEW
        assert Recorder(session, "anna", again=True).record(LAUNCH).outcome is Outcome.KNOWN


def test_what_is_taken_back_before_it_was_sent_is_not_told_at_all(engine: Engine) -> None:
    wants(engine, "101", Wish())
    record(engine, LAUNCH)
    with reading(engine) as session:
        row_id = session.execute(select(col(Alert.row_id))).scalar_one()
    with writing(engine) as session:
        assert retract(session, "launch", row_id, "test", "a mistake", alerts=True) == Told(1, 0)
    assert told(engine) == []


def test_who_muted_an_alert_is_not_told_of_its_correction(engine: Engine) -> None:
    wants(engine, "101", Wish("xiaomi"))
    wants(engine, "101", Wish("apple"))
    record(engine, LAUNCH)
    sent(engine)
    with writing(engine) as session:
        alert = session.execute(select(col(Alert.id))).scalar_one()
        assert [one.wish.vendor for one in mute(session, alert, "101")] == ["xiaomi"]
        assert [one.paused for one in subscriptions_of(session, "101")] == [True, False]
    record(engine, replace(LAUNCH, date_text="", days=None))
    assert told(engine) == []


def test_what_is_for_a_digest_is_held(engine: Engine) -> None:
    wants(engine, "101", Wish())
    with writing(engine) as session:
        chat_at(session, "101", ChatKind.PRIVATE).digest = Digest.DAILY
    record(engine, LAUNCH)
    assert told(engine, "held") == [("new", "101", 0)]


def test_recording_that_fails_tells_nobody(engine: Engine) -> None:
    wants(engine, "101", Wish())
    with pytest.raises(ZeroDivisionError), writing(engine) as session:
        Recorder(session, "test", alerts=True).record(LAUNCH)
        raise ZeroDivisionError
    assert told(engine) == []


def sent(engine: Engine) -> None:
    with writing(engine) as session:
        session.execute(Delivery.__table__.update().values(state="sent"))  # type: ignore[attr-defined]
