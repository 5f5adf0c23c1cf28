"""What is kept of one person in their private chat: counted, so that they see it, and deleted at their word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlmodel import Session, col

from store.admin_tables import Draft, Person
from store.alert_tables import Chat, Delivery, Subscription
from store.engine import Turn, take_turn
from store.people import forget_who
from store.tables import Audit, Conversation


@dataclass(frozen=True)
class Remembered:
    """How much is kept of a person. `drafts` are theirs, `named`: a row of somebody who tried an admin's command;
    `accountable`: a role or an audit row, which stay."""

    questions: int
    subscriptions: int
    settings: bool
    alerts: int
    drafts: int
    named: bool
    accountable: bool

    @property
    def anything(self) -> bool:
        """Whether there is something to delete."""
        return bool(self.questions or self.subscriptions or self.settings or self.alerts or self.drafts or self.named)


def remembered(session: Session, person_id: int, actor: str) -> Remembered:
    """What is kept of a person, whose private chat has the same number; `actor` is their name in the audit log."""
    chat = _chat_id(person_id)
    roles = session.execute(select(col(Person.role)).where(col(Person.telegram_id) == person_id)).scalars().all()
    audits = _many(session, Audit, col(Audit.actor) == actor)
    return Remembered(
        questions=_many(session, Conversation, _asked_by(person_id)),
        subscriptions=_many(session, Subscription, col(Subscription.chat_id) == chat),
        settings=bool(_many(session, Chat, col(Chat.address) == str(person_id))),
        alerts=_many(session, Delivery, col(Delivery.chat_id) == chat),
        drafts=_many(session, Draft, col(Draft.person_id) == person_id),
        named="" in roles,
        accountable=any(roles) or audits > 0,
    )


def forget_person(session: Session, person_id: int) -> None:
    """Delete it all: last questions, also those in groups, subscriptions, settings, the record of alerts, drafts.

    Subscriptions of groups stay the groups', without who made them; roles and the audit log stay."""
    take_turn(session.connection(), Turn.RECORD)  # nothing is recorded meanwhile for a chat that is about to go
    chat = _chat_id(person_id)
    session.execute(delete(Conversation).where(_asked_by(person_id)))
    session.execute(delete(Delivery).where(col(Delivery.chat_id) == chat))
    session.execute(delete(Subscription).where(col(Subscription.chat_id) == chat))
    session.execute(delete(Chat).where(col(Chat.address) == str(person_id)))
    made = update(Subscription).where(col(Subscription.made_by) == str(person_id))
    session.execute(made.values(made_by=""))
    session.execute(delete(Draft).where(col(Draft.person_id) == person_id))
    forget_who(session, 1, col(Person.telegram_id) == person_id, col(Person.role) == "")


def _asked_by(person_id: int) -> Any:
    return or_(col(Conversation.person_id) == str(person_id), col(Conversation.chat_id) == str(person_id))


def _chat_id(person_id: int) -> Any:
    return select(col(Chat.id)).where(col(Chat.address) == str(person_id)).scalar_subquery()


def _many(session: Session, table: type[Any], *conditions: Any) -> int:
    return int(session.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one())
