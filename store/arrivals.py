"""What is looked up of whoever writes, in one statement, before anything else is done with an update."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, exists, select
from sqlmodel import Session, col

from store.admin_tables import Draft
from store.alert_tables import Chat
from store.drafts import State, listening_since


@dataclass(frozen=True)
class Arrival:
    """`language` is what the chat chose, empty where it chose none; `drafting`: a draft awaits the person's message."""

    language: str = ""
    drafting: bool = False


_LOOK = select(
    select(col(Chat.locale)).where(col(Chat.address) == bindparam("address")).scalar_subquery(),
    exists().where(
        col(Draft.person_id) == bindparam("person"),
        col(Draft.state) == State.OPEN,
        col(Draft.awaiting) != "",
        col(Draft.changed_at) > bindparam("since"),
    ),
)


def arrival(session: Session, address: str, person_id: int) -> Arrival:
    """What is known of a person who writes in the chat of that address."""
    given = {"address": address, "person": person_id, "since": listening_since()}
    language, drafting = session.connection().execute(_LOOK, given).one()
    return Arrival(language or "", bool(drafting))
