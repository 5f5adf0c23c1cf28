"""What is looked up of whoever writes, in one statement, before anything else is done with an update."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import DateTime, bindparam, text
from sqlmodel import Session

from store.drafts import listens_between


@dataclass(frozen=True)
class Arrival:
    """`language` is what the chat chose, empty where it chose none; `drafting`: a draft awaits the person's message."""

    language: str = ""
    drafting: bool = False


_LOOK = text(
    "SELECT (SELECT locale FROM chat WHERE address = :address), EXISTS (SELECT 1 FROM draft"
    " WHERE person_id = :person AND state = 'open' AND awaiting <> '' AND changed_at BETWEEN :since AND :until)"
).bindparams(*(bindparam(name, type_=DateTime(timezone=True)) for name in ("since", "until")))


def arrival(session: Session, address: str, person_id: int) -> Arrival:
    """What is known of a person who writes in the chat of that address."""
    since, until = listens_between()
    given = {"address": address, "person": person_id, "since": since, "until": until}
    language, drafting = session.connection().execute(_LOOK, given).one()
    return Arrival(language or "", bool(drafting))
