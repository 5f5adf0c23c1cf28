"""Each update has one holder; what a holder that is gone has left is another's, and what kills is given up."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, text

from store.conversations import last_query, remember
from store.engine import writing
from store.inbox import MOST_TRIES, Inbox, UpdateKey, count_open
from store.retention import Kept, forget

ONE, TWO = Inbox(1, "one"), Inbox(1, "two")
BODY = '{"update_id": 5}'
KEY = UpdateKey.of(5, BODY)


def run_out(engine: Engine) -> None:
    with writing(engine) as session:
        session.execute(text("UPDATE incoming SET held_until = held_until - 3600"))


def test_an_update_has_one_holder(loaded_engine: Engine) -> None:
    keys = [UpdateKey.of(number, str(number)) for number in range(50)]

    def take_all(holder: str) -> int:
        taken = 0
        for key in keys:
            with writing(loaded_engine) as session:
                taken += Inbox(1, holder).take(session, key, "{}")
        return taken

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(take_all, "abcd")) == len(keys)


def test_what_is_held_or_done_is_not_taken_over_and_what_is_left_is(loaded_engine: Engine) -> None:
    with writing(loaded_engine) as session:
        assert ONE.take(session, KEY, BODY)
        assert not TWO.take(session, KEY, BODY)
        assert TWO.take_left(session) == []
    run_out(loaded_engine)
    with writing(loaded_engine) as session:
        ONE.hold(session)
        assert TWO.take_left(session) == []
        assert ONE.leave(session) == 1
        assert [one.body for one in TWO.take_left(session)] == [BODY]
        TWO.done(session, KEY)
        assert count_open(session) == 0
    run_out(loaded_engine)
    with writing(loaded_engine) as session:
        assert not ONE.take(session, KEY, BODY)
        assert ONE.take_left(session) == []
        # Another server's fifth update, and another bot's.
        assert ONE.take(session, UpdateKey.of(5, "{}"), "{}")
        assert Inbox(2, "one").take(session, KEY, BODY)


def test_an_update_that_every_holder_dies_of_is_given_up(loaded_engine: Engine) -> None:
    with writing(loaded_engine) as session:
        ONE.take(session, KEY, BODY)
    for tried in range(1, MOST_TRIES + 1):
        run_out(loaded_engine)
        with writing(loaded_engine) as session:
            assert bool(TWO.take_left(session)) == (tried < MOST_TRIES)
    with writing(loaded_engine) as session:
        assert count_open(session) == 0


def test_old_rows_are_deleted_and_open_updates_are_not(loaded_engine: Engine) -> None:
    with writing(loaded_engine) as session:
        for number in range(4):
            key = UpdateKey.of(number, BODY)
            ONE.take(session, key, BODY)
            if number:
                ONE.done(session, key)
        session.execute(text("UPDATE incoming SET received_at = '2017-11-01 00:00:00' WHERE update_id IN (1, 2)"))
        yesterday = {"at": datetime.now(UTC) - timedelta(hours=24.5)}
        session.execute(text("UPDATE incoming SET received_at = :at WHERE update_id = 0"), yesterday)
        remember(session, "new", "1", {"x": 1})
        remember(session, "old", "1", {"x": 1})
        session.execute(text("UPDATE conversation SET at = '2017-11-01 00:00:00' WHERE chat_id = 'old'"))
    kept = Kept(updates=timedelta(days=1), conversations=timedelta(days=1))
    for deleted in ((1, 2), (0, 0)):
        with writing(loaded_engine) as session:
            forgotten = forget(session, datetime.now(UTC), kept)
        assert (forgotten["conversations"], forgotten["updates"]) == deleted
    with writing(loaded_engine) as session:
        assert last_query(session, "new", "1") == {"x": 1}
