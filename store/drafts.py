"""Drafts: what a person is about to record, kept until it is recorded, dropped or forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session, col

from store.admin_tables import Draft
from store.few_rows import delete_few, not_the_newest
from store.tables import utc_now

NOBODY = 0  # the person of a draft that nobody has taken yet
_LISTENS_FOR = timedelta(minutes=30)  # after that, a person's message is a question again


class State(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True)
class KnownDraft:
    row_id: int
    person_id: int
    kind: str
    state: State
    revision: int
    awaiting: str
    content: Mapping[str, Any]
    changed_at: datetime


class StaleError(Exception):
    """The draft was changed, recorded or dropped since it was read."""


def new_draft(
    session: Session, person_id: int, kind: str, content: Mapping[str, Any], awaiting: str = ""
) -> KnownDraft:
    """Keep a new draft of a person."""
    draft = Draft(person_id=person_id, kind=kind, state=State.OPEN, awaiting=awaiting, content=dict(content))
    if awaiting:
        _stop_listening(session, person_id)
    session.add(draft)
    session.flush()
    return _known(draft)


def draft_at(session: Session, row_id: int) -> KnownDraft | None:
    """That draft, in whatever state."""
    draft = session.get(Draft, row_id)
    return _known(draft) if draft else None


def listens_between() -> tuple[datetime, datetime]:
    """A draft that was changed between these still awaits its person's message. The clock may have been set back."""
    return utc_now() - _LISTENS_FOR, utc_now() + _LISTENS_FOR


def listening_draft(session: Session, person_id: int) -> KnownDraft | None:
    """The draft that the person's next message is for, if any."""
    query = select(Draft).where(
        col(Draft.person_id) == person_id,
        col(Draft.state) == State.OPEN,
        col(Draft.awaiting) != "",
        col(Draft.changed_at).between(*listens_between()),
    )
    found = session.execute(query.order_by(col(Draft.changed_at).desc())).scalars().first()
    return _known(found) if found else None


def open_drafts(session: Session, person_id: int, most: int = 20) -> list[KnownDraft]:
    """A person's open drafts, the newest first."""
    query = select(Draft).where(col(Draft.person_id) == person_id, col(Draft.state) == State.OPEN)
    return [_known(one) for one in session.execute(query.order_by(col(Draft.id).desc()).limit(most)).scalars()]


def last_done(session: Session, person_id: int, since: datetime) -> KnownDraft | None:
    """What the person recorded last, not before that moment."""
    query = select(Draft).where(
        col(Draft.person_id) == person_id, col(Draft.state) == State.DONE, col(Draft.changed_at) >= since
    )
    for one in session.execute(query.order_by(col(Draft.changed_at).desc(), col(Draft.id).desc())).scalars():
        if one.content.get("recorded") and not one.content.get("undone"):
            return _known(one)
    return None


def change_draft(
    session: Session,
    draft: KnownDraft,
    *,
    content: Mapping[str, Any] | None = None,
    awaiting: str = "",
    state: State = State.OPEN,
    person_id: int | None = None,
) -> KnownDraft:
    """Change a draft as it was read, once. Raises StaleError where it is no longer so: another press was faster."""
    if awaiting:
        _stop_listening(session, draft.person_id)
    values = {
        "content": dict(draft.content if content is None else content),
        "awaiting": awaiting,
        "state": state,
        "revision": draft.revision + 1,
        "changed_at": utc_now(),
        "person_id": draft.person_id if person_id is None else person_id,
    }
    same = (
        col(Draft.id) == draft.row_id,
        col(Draft.revision) == draft.revision,
        col(Draft.state) == draft.state,
        col(Draft.person_id) == draft.person_id,
    )
    changed = session.execute(update(Draft).where(*same).values(values).execution_options(synchronize_session=False))
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise StaleError
    session.expire_all()
    found = draft_at(session, draft.row_id)
    assert found is not None
    return found


def _stop_listening(session: Session, person_id: int) -> None:
    """A person's message is for one draft at a time, the newest that asked."""
    others = update(Draft).where(col(Draft.person_id) == person_id, col(Draft.awaiting) != "")
    session.execute(others.values(awaiting="").execution_options(synchronize_session=False))


def forget_drafts(session: Session, now: datetime, after: timedelta, most: int) -> int:
    """Delete drafts that were changed last longer ago than that, so many at most; returns how many."""
    return delete_few(session, Draft, most, col(Draft.changed_at) < now - after, not_the_newest(col(Draft.id)))


def _known(draft: Draft) -> KnownDraft:
    assert draft.id is not None
    return KnownDraft(
        draft.id, draft.person_id, draft.kind, State(draft.state), draft.revision, draft.awaiting, draft.content,
        draft.changed_at,
    )  # fmt: skip
