"""How long rows are kept that are for a while only. What is older is let go of, some thousand a transaction.

docs/operators.md has the whole table, and what is kept for good. Two rules hold whatever the settings say:

- Told once. A reminder may be due for 65 hours (from its hour in the first time zone to the end of the day in the
  last), and only its delivery says that a chat had it already; a repeated update is known by its number for the day
  that Telegram repeats it. So deliveries and alerts stay a week at least, updates a day.
- Whoever was told is told of the correction, for as long as `sent`, counted from the message: the delivery says who
  was told, the alert what of. An alert goes when none of its deliveries is left and no later alert corrects it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from store.alert_tables import OVER, Alert, Chat, Delivery, DeliveryState, Subscription
from store.conversations import forget_old
from store.drafts import forget_drafts
from store.engine import Turn, take_turn
from store.feeds import forget_entries, forget_feeds
from store.few_rows import delete_few, not_the_newest
from store.inbox import forget_updates
from store.people import forget_people
from store.pictures import forget_pictures
from store.wanted import forget_wanted

TOLD_ONCE = timedelta(days=7)  # the least that an alert and its deliveries are kept
MOST = 2_000  # rows in one transaction; a writer waits for some hundredths of a second
_CHATS = 50  # each with its subscriptions


@dataclass(frozen=True)
class Kept:
    """For how long. `sent` deliveries: for as long as a correction may be owed; `unsent` ones that are over: for the
    record; `updates`: their numbers, so that none is dealt with twice; `gone_chats`: which removed or blocked us."""

    sent: timedelta = timedelta(days=730)
    unsent: timedelta = timedelta(days=60)
    updates: timedelta = timedelta(days=2)
    conversations: timedelta = timedelta(days=1)
    drafts: timedelta = timedelta(days=30)
    unanswered: timedelta = timedelta(days=180)
    people: timedelta = timedelta(days=30)
    gone_chats: timedelta = timedelta(days=365)
    pictures: timedelta = timedelta(days=90)
    feed_entries: timedelta = timedelta(days=180)


Step = Callable[[Session, datetime, Kept, int], int]  # deletes so many rows at most, and returns how many it did


def forget(session: Session, now: datetime, kept: Kept, most: int = MOST) -> dict[str, int]:
    """Take each step once; returns how many rows of what were deleted."""
    return {name: step(session, now, kept, most) for name, step in STEPS.items()}


def _sent(session: Session, now: datetime, kept: Kept, most: int) -> int:
    last = _last_alert_before(session, now - max(kept.sent, TOLD_ONCE))
    sent = (col(Delivery.state) == DeliveryState.SENT, col(Delivery.sent_at) < now - kept.sent)
    return delete_few(session, Delivery, most, col(Delivery.alert_id) <= last, *sent) if last else 0


def _unsent(session: Session, now: datetime, kept: Kept, most: int) -> int:
    last = _last_alert_before(session, now - max(kept.unsent, TOLD_ONCE))
    return delete_few(session, Delivery, most, col(Delivery.alert_id) <= last, OVER) if last else 0


def _alerts(session: Session, now: datetime, kept: Kept, most: int) -> int:
    later = aliased(Alert)
    return delete_few(
        session,
        Alert,
        most,
        col(Alert.recorded_at) < now - max(kept.sent, kept.unsent, TOLD_ONCE),
        ~exists(select(col(Delivery.alert_id)).where(col(Delivery.alert_id) == col(Alert.id))),
        ~exists(select(col(later.id)).where(col(later.earlier_id) == col(Alert.id))),
        not_the_newest(col(Alert.id)),
    )


def _gone_chats(session: Session, now: datetime, kept: Kept, most: int) -> int:
    """With their subscriptions. What they were sent stays its time, under a number that leads to nobody."""
    take_turn(session.connection(), Turn.RECORD)  # nothing is recorded meanwhile for a chat that is about to go
    old = select(col(Chat.id)).where(col(Chat.ended_at) < now - kept.gone_chats, not_the_newest(col(Chat.id)))
    chats = list(session.execute(old.limit(_CHATS)).scalars())
    subscriptions = delete_few(session, Subscription, most, col(Subscription.chat_id).in_(chats))
    if subscriptions == most:
        return subscriptions  # the chats themselves when nothing names them any more
    return subscriptions + delete_few(session, Chat, most, col(Chat.id).in_(chats))


STEPS: dict[str, Step] = {
    "deliveries": _sent,
    "unsent_deliveries": _unsent,
    "alerts": _alerts,
    "gone_chats": _gone_chats,
    "updates": lambda session, now, kept, most: forget_updates(session, now, kept.updates, most),
    "conversations": lambda session, now, kept, most: forget_old(session, now, kept.conversations, most),
    "drafts": lambda session, now, kept, most: forget_drafts(session, now, kept.drafts, most),
    "feed_entries": lambda session, now, kept, most: forget_entries(session, now, kept.feed_entries, most),
    "feeds": lambda session, now, kept, most: forget_feeds(session, now, kept.feed_entries, most),
    "people": lambda session, now, kept, most: forget_people(session, now, kept.people, most),
    "unanswered": lambda session, now, kept, most: forget_wanted(session, now.date(), kept.unanswered, most),
    "pictures": lambda session, now, kept, most: forget_pictures(session, now, kept.pictures, most),
}


def _last_alert_before(session: Session, moment: datetime) -> int | None:
    """The number of the last alert recorded before that: what is older has a lower one, and is found by it."""
    before = select(col(Alert.id)).where(col(Alert.recorded_at) < moment)
    return session.execute(before.order_by(col(Alert.recorded_at).desc()).limit(1)).scalar()
