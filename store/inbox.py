"""Updates from Telegram, each dealt with once: by the process that holds it, or by another where that one is gone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import DateTime, TextClause, bindparam, or_, text
from sqlmodel import Session, col

from store.clock import database_now
from store.few_rows import delete_few
from store.tables import Incoming, utc_now

HELD_SECONDS = 10.0
MOST_TRIES = 3  # an update that a process died of so often is given up
PUT_OFF_SECONDS = 30.0
OLDEST = timedelta(days=1)
_GIVEN_UP = timedelta(hours=1)  # by then whoever had it has given it up
_FEW = 100  # left updates that are taken over at once


@dataclass(frozen=True, order=True)
class UpdateKey:
    """What tells updates apart: Telegram's number, and a digest of the whole."""

    update_id: int
    digest: str

    @classmethod
    def of(cls, update_id: int, body: str) -> UpdateKey:
        """The key of an update with that body: JSON with its keys in order."""
        return cls(update_id, hashlib.blake2b(body.encode(), digest_size=16).hexdigest())


@dataclass(frozen=True)
class Left:
    """An update that a process which is gone had taken; `body` is its JSON."""

    key: UpdateKey
    body: str


@lru_cache
def _taking(now: str) -> TextClause:
    """The statement that takes an update, by that clock."""
    statement = f"""INSERT INTO incoming (bot_id, update_id, digest, received_at, body, holder, held_until, tries)
        VALUES (:bot, :number, :digest, :at, :body, :holder, {now} + :seconds, 1)
        ON CONFLICT (bot_id, update_id, digest) DO UPDATE
        SET holder = excluded.holder, held_until = excluded.held_until, tries = incoming.tries + 1
        WHERE incoming.body IS NOT NULL AND incoming.held_until < {now}"""  # noqa: S608 - a clock
    return text(statement).bindparams(bindparam("at", type_=DateTime(timezone=True)))


_FINISHING = text("UPDATE incoming SET body = NULL WHERE bot_id = :bot AND update_id = :number AND digest = :digest")


@dataclass(frozen=True)
class Inbox:
    """The updates of one bot, for one holder: a process, by a name that no other has.

    Another takes over what it holds when it has said nothing for `held_seconds`."""

    bot_id: int
    holder: str
    held_seconds: float = HELD_SECONDS

    def take(self, session: Session, key: UpdateKey, body: str) -> bool:
        """Take an update; False where it has been dealt with, or another process is at it."""
        values = _named(key) | {"body": body, "at": utc_now(), "seconds": self.held_seconds}
        taken = session.connection().execute(_taking(database_now(session)), self._values(values))
        return taken.rowcount == 1

    def done(self, session: Session, *keys: UpdateKey) -> None:
        """These have been dealt with: their numbers are kept, their texts are not."""
        if keys:
            session.connection().execute(_FINISHING, [self._values(_named(key)) for key in keys])

    def put_off(self, session: Session, key: UpdateKey) -> None:
        """It could not be dealt with now: for whoever comes first in a while. That it was tried does not count."""
        waiting = f"""UPDATE incoming SET held_until = {database_now(session)} + :seconds, tries = 0, holder = ''
            WHERE bot_id = :bot AND update_id = :number AND digest = :digest AND body IS NOT NULL"""  # noqa: S608
        self._changed(session, waiting, _named(key) | {"seconds": PUT_OFF_SECONDS})

    def hold(self, session: Session) -> None:
        """This process is still at all that it has taken."""
        holding = f"""UPDATE incoming SET held_until = {database_now(session)} + :seconds
            WHERE bot_id = :bot AND holder = :holder AND body IS NOT NULL"""  # noqa: S608
        self._changed(session, holding, {"seconds": self.held_seconds})

    def leave(self, session: Session) -> int:
        """This process ends: what it has not dealt with is for the next; returns how many that are."""
        leaving = """UPDATE incoming SET held_until = 0, tries = tries - 1
            WHERE bot_id = :bot AND holder = :holder AND body IS NOT NULL"""
        return self._changed(session, leaving, {})

    def take_left(self, session: Session) -> list[Left]:
        """Take over what processes that are gone have left, the oldest first.

        What killed several is given up, and what is so old that nobody waits for it any more."""
        now = database_now(session)
        giving_up = f"""UPDATE incoming SET body = NULL
            WHERE bot_id = :bot AND body IS NOT NULL AND held_until < {now}
            AND (tries >= :most OR received_at < :old)"""  # noqa: S608
        old = bindparam("old", utc_now() - OLDEST, type_=DateTime(timezone=True))
        session.execute(text(giving_up).bindparams(old), {"bot": self.bot_id, "most": MOST_TRIES})
        locking = "FOR UPDATE SKIP LOCKED" if session.get_bind().dialect.name == "postgresql" else ""
        taking = f"""UPDATE incoming SET holder = :holder, held_until = {now} + :seconds, tries = tries + 1
            WHERE bot_id = :bot AND (update_id, digest) IN (
                SELECT update_id, digest FROM incoming WHERE bot_id = :bot AND body IS NOT NULL AND held_until < {now}
                ORDER BY update_id LIMIT {_FEW} {locking}
            ) RETURNING update_id, digest, body"""  # noqa: S608
        found = session.execute(text(taking), self._values({"seconds": self.held_seconds}))
        left = (Left(UpdateKey(number, digest), body) for number, digest, body in found)
        return sorted(left, key=lambda one: one.key)

    def _changed(self, session: Session, statement: str, values: dict[str, Any]) -> int:
        return int(session.execute(text(statement), self._values(values)).rowcount)  # type: ignore[attr-defined]

    def _values(self, values: dict[str, Any]) -> dict[str, Any]:
        return {"bot": self.bot_id, "holder": self.holder} | values


def _named(key: UpdateKey) -> dict[str, Any]:
    return {"number": key.update_id, "digest": key.digest}


def forget_updates(session: Session, now: datetime, after: timedelta, most: int) -> int:
    """Delete the numbers of updates dealt with longer ago than that, so many at most; returns how many.

    One that was not dealt with goes too when it is too old to be: those of a bot that runs here no more, say."""
    over = or_(col(Incoming.body).is_(None), col(Incoming.received_at) < now - OLDEST - _GIVEN_UP)
    return delete_few(session, Incoming, most, col(Incoming.received_at) < now - after, over)


def count_open(session: Session) -> int:
    """How many updates wait to be dealt with."""
    return int(session.execute(text("SELECT count(*) FROM incoming WHERE body IS NOT NULL")).scalar_one())
