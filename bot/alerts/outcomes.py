"""What becomes of a parcel after Telegram has answered, or has not: marks for the store, and waits for the pacing."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial
from logging import DEBUG, ERROR, INFO
from typing import Any

import structlog
from sqlmodel import Session

from bot.alerts.desk import Result
from bot.alerts.faults import Course, Verdict, judge
from bot.alerts.letters import Parcel
from bot.alerts.pacing import A_CHAT, GROUP_WINDOW, IN_A_GROUP, Pacing
from bot.alerts.trail import each
from store.alert_tables import DeliveryState
from store.chats import end_chat, move_chat, move_topic
from store.deliveries import Mark

log = structlog.get_logger("vendorbot.alerts")

_LONGEST_AWAY = 30.0


class Away:
    """How long Telegram has been out of reach, and how long to wait before the next try."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def failed(self, verdict: Verdict) -> None:
        if verdict.course is Course.AWAY:
            if not self.seconds:
                log.warning("Telegram is out of reach; alerts wait")
            self.seconds = min(_LONGEST_AWAY, max(0.5, self.seconds * 1.2))

    def over(self) -> None:
        if self.seconds:
            log.info("Telegram is back; alerts go on")
        self.seconds = 0.0


class Outcomes:
    """Turns answers and failures into results. `counts` is kept for those who ask how it went."""

    def __init__(self, pacing: Pacing) -> None:
        self._pacing = pacing
        self._places: dict[str, float] = {}
        self.counts: Counter[str] = Counter()

    def sent(self, parcel: Parcel, answer: Any, *, in_topic: bool) -> Result:
        """Telegram took it."""
        message_id = answer.get("message_id") if isinstance(answer, dict) else None
        marks = tuple(
            Mark(one, DeliveryState.SENT, one.attempts, message_id=message_id) for one in parcel.claims
        )  # fmt: skip
        self.counts["sent"] += 1
        first = parcel.claims[0]
        return Result(marks, None if in_topic else partial(_move_topic, first.chat_id, first.thread_id))

    def verdict(self, parcel: Parcel, error: Exception, *, plain: bool) -> Verdict:
        """What a failure means for this parcel."""
        return judge(error, parcel.claims[0].attempts, plain=plain)

    def failed(self, parcel: Parcel, error: Exception, verdict: Verdict, now: float) -> Result:
        """Telegram did not take it, or nobody knows."""
        self.counts[verdict.course.name.lower()] += 1
        if verdict.unsure:
            self.counts["unsure"] += 1
        reason, first = f"{type(error).__name__}: {error}", parcel.claims[0]
        match verdict.course:
            case Course.WAIT:
                self._pacing.told_to_wait(parcel.address, verdict.seconds, now)
                each("Telegram has us wait", parcel.claims, INFO, seconds=verdict.seconds)
                return _again(parcel, verdict.seconds, reason)
            case Course.MOVED:
                each("a group became a supergroup", parcel.claims, INFO, now=verdict.moved_to)
                return _again(parcel, 0, reason, partial(move, parcel.address, verdict.moved_to))
            case Course.ENDED | Course.NO_TOPIC:
                each("a chat cannot be reached any more", parcel.claims, INFO, reason=reason)
                marks = tuple(Mark(one, DeliveryState.FAILED, one.attempts + 1, error=reason) for one in parcel.claims)
                return Result(marks, partial(_end, first.chat_id, verdict, reason))
            case Course.ASIDE:
                each("a message is set aside", parcel.claims, ERROR, reason=reason)
                aside = DeliveryState.SET_ASIDE
                return Result(tuple(Mark(one, aside, one.attempts + 1, error=reason) for one in parcel.claims))
            case _:
                level = DEBUG if verdict.course is Course.AWAY else INFO  # that Telegram is away is said once
                each("not sent; tried again", parcel.claims, level, seconds=round(verdict.seconds, 2), reason=reason)
                return _again(parcel, verdict.seconds, reason, counted=verdict.counted)

    def next_place(self, parcel: Parcel, moment: float, now: float) -> float:
        """In how many seconds a parcel may come back whose chat has more to get than it may: each after the other."""
        step = GROUP_WINDOW / IN_A_GROUP if parcel.in_group else A_CHAT
        place = max(moment, self._places.get(parcel.address, 0.0) + step)
        if len(self._places) > 10_000:
            self._places = {chat: last for chat, last in self._places.items() if last > now}
        self._places[parcel.address] = place
        return place - now


def move(old: str, new: str, session: Session) -> None:
    """Everything of a group is now its supergroup's."""
    move_chat(session, old, new)


def _again(parcel: Parcel, seconds: float, reason: str, then: Any = None, *, counted: bool = False) -> Result:
    due = datetime.now(UTC) + timedelta(seconds=seconds + random.uniform(0, 0.05) * seconds)  # noqa: S311
    marks = tuple(
        Mark(one, DeliveryState.PENDING, one.attempts + counted, due, error=reason) for one in parcel.claims
    )  # fmt: skip
    return Result(marks, then)


def _move_topic(chat_id: int, thread_id: int, session: Session) -> None:
    move_topic(session, chat_id, thread_id)


def _end(chat_id: int, verdict: Verdict, reason: str, session: Session) -> None:
    end_chat(session, chat_id, verdict.chat_state, reason)
