"""People, their roles, and what is known of feeds, on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, select
from sqlmodel import col

from store.engine import reading, writing
from store.feeds import already_read, feed_answered, feed_failed, forget_entries, known_feed, unread
from store.people import Role, forget_people, meet, people_with_roles, person_at, person_named, role_of, set_role
from store.tables import Audit

ANNA, BEN = 7_700_000_001, 7_700_000_002  # larger than 32 bits, as Telegram's ids are


def test_roles_are_granted_named_audited_and_withdrawn(loaded_engine: Engine) -> None:
    with writing(loaded_engine) as session:
        anna, ben = meet(session, ANNA, "Anna_Phones", "Anna"), meet(session, BEN)
        assert set_role(session, anna.row_id, Role.ADMIN, "telegram:1") is not None
        assert set_role(session, anna.row_id, Role.ADMIN, "telegram:1") is None
        assert set_role(session, 99_999, Role.ADMIN, "telegram:1") is None
    with reading(loaded_engine) as session:
        assert (role_of(session, ANNA), role_of(session, BEN), role_of(session, 5)) == (Role.ADMIN, *[Role.NOBODY] * 2)
        assert [one.label for one in people_with_roles(session)] == ["Anna (@anna_phones)"]
        assert person_named(session, "@ANNA_phones") == people_with_roles(session)[0]
        audit = session.execute(select(Audit).where(col(Audit.table_name) == "person")).scalars().one()
        assert audit.detail == {"telegram_id": ANNA, "from": "", "to": "admin"}
    later = datetime.now(UTC) + timedelta(days=31)
    with writing(loaded_engine) as session:
        assert forget_people(session, later, timedelta(days=30), 9) == 1
        assert forget_people(session, later, timedelta(days=30), 9) == 0
        assert person_at(session, ben.row_id) is None
        assert set_role(session, ben.row_id, Role.EDITOR, "telegram:1") is None, "a button of before"
        assert meet(session, 5).row_id != ben.row_id
        set_role(session, anna.row_id, Role.NOBODY, "telegram:1")
        assert people_with_roles(session) == []
    assert ben.label == str(BEN)


def test_entries_of_feeds_are_read_once_and_failures_counted(loaded_engine: Engine) -> None:
    address = "https://example.com/feed.xml"
    with writing(loaded_engine) as session:
        assert unread(session, ["a", "b", "a"]) == {"a", "b"}
        assert unread(session, ["b", "c"]) == {"c"}
        for _ in range(2):
            feed_failed(session, address, "it did not answer")
    with writing(loaded_engine) as session:
        assert already_read(session, ["a", "d"]) == {"a"}
        assert (known_feed(session, address).failures, known_feed(session, address).last_error) == (
            2,
            "it did not answer",
        )
        feed_answered(session, address, '"2"', "Tue")
    with writing(loaded_engine) as session:
        known = known_feed(session, address)
        assert (known.failures, known.etag, known.asked_at is not None) == (0, '"2"', True)
        later = datetime.now(UTC) + timedelta(days=181)
        assert forget_entries(session, later, timedelta(days=180), 2) == 2
        assert forget_entries(session, later, timedelta(days=180), 2) == 1
