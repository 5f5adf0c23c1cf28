"""The store's side of sending: what is claimed, put into parcels, and what became of them written down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import groupby

import structlog
from sqlalchemy import Engine
from sqlmodel import Session

from bot.alerts.letters import Letters, Parcel, UnreadableError
from bot.alerts.trail import each, known
from store.alert_tables import ChatState, DeliveryState
from store.catalogue import Catalogue
from store.deliveries import Claim, Mark, anything_due, claim, give_back, hurry, left_by_others, mark
from store.engine import reading
from store.lease import SECONDS, holding, renew_lease
from store.moments import quiet_until

log = structlog.get_logger("vendorbot.alerts")


@dataclass(frozen=True)
class Result:
    """What became of a parcel, what else follows from it for the store, and whether that frees a place in flight."""

    marks: tuple[Mark, ...]
    then: Callable[[Session], object] | None = None
    frees: bool = False


class Desk:
    """Blocking calls, each one transaction; they run in threads, one of each kind at a time.

    `seconds`: for how long each claim holds the lease."""

    def __init__(self, engine: Engine, catalogue: Catalogue, seconds: float = SECONDS) -> None:
        self._engine, self._seconds = engine, seconds
        self._letters = Letters(catalogue)

    def anything_due(self, now: datetime) -> bool:
        """Raises StoreError."""
        with reading(self._engine) as session:
            return anything_due(session, now)

    def take_over(self, lease: int) -> list[tuple[int, str, int]]:
        """Make pending again what earlier holders of the lease had claimed; returns of which alerts, their requests and
        how many each. Raises StoreError."""
        with holding(self._engine, self._seconds) as session:
            left = left_by_others(session, lease)
            give_back(session, lease, others=True)
            return left

    def leave(self, lease: int) -> None:
        """Give back what was claimed and not sent. Raises StoreError."""
        with holding(self._engine, self._seconds) as session:
            give_back(session, lease, others=False)

    def claim(self, lease: int, now: datetime, most: int) -> list[Parcel]:
        """Claim what is due and put it into parcels, in order; what is not to be sent now is put off or skipped.

        Raises LeaseLostError and StoreError."""
        with holding(self._engine, self._seconds) as session:
            renew_lease(session, lease, self._seconds)
            claims = claim(session, lease, now, most)
            off = {id(one): put_off for one in claims if (put_off := _put_off(one, now))}
            mark(session, list(off.values()))
        each("claimed", claims, lease=lease)
        for put_off in off.values():
            each(put_off.error or "waits for the end of quiet hours", [put_off.claim], due=str(put_off.due_at))
        wanted = [one for one in claims if id(one) not in off]
        with reading(self._engine) as session:
            parcels = list(self._parcels(session, wanted, now.date()))
        unreadable = [one for one in parcels if isinstance(one, Mark)]
        if unreadable:
            self.settle([Result(tuple(unreadable))])
        return [one for one in parcels if isinstance(one, Parcel)]

    def settle(self, results: Iterable[Result]) -> None:
        """Write down what became of parcels. Raises StoreError, and nothing is written."""
        results = list(results)
        with holding(self._engine, self._seconds) as session:
            hurry(session)
            mark(session, [one for result in results for one in result.marks])
            for result in results:
                if result.then:
                    result.then(session)

    def _parcels(self, session: Session, claims: list[Claim], today: date) -> Iterator[Parcel | Mark]:
        """A parcel for each single delivery and each digest; a mark for what cannot be put into words."""
        for one in claims:
            if not one.digest:
                letter = partial(self._letters.of_one, session, one, today)
                yield from self._wrapped((one,), letter)
        digests = sorted(
            (one for one in claims if one.digest), key=lambda one: (one.chat_id, one.thread_id, one.alert_id)
        )
        for _, group in groupby(digests, key=lambda one: (one.chat_id, one.thread_id)):
            together = tuple(group)
            if len(together) == 1:
                yield from self._wrapped(together, partial(self._letters.of_one, session, together[0], today))
            else:
                yield from self._wrapped(together, partial(self._letters.of_digest, session, together, today))

    def _wrapped(self, claims: tuple[Claim, ...], letter: Callable[[], object]) -> Iterator[Parcel | Mark]:
        try:
            yield Parcel(claims, letter(), claims[0].attempts)  # type: ignore[arg-type]
        except Exception as error:
            # One alert that cannot be told must not keep the others from being told.
            expected = isinstance(error, UnreadableError)
            log.exception("an alert cannot be worded", **known(claims[0]), exc_info=None if expected else error)
            for one in claims:
                yield Mark(one, DeliveryState.SET_ASIDE, one.attempts, error=f"cannot be worded: {error}")


def _put_off(one: Claim, now: datetime) -> Mark | None:
    """Why a claim is not sent now: the chat has ended, or has quiet hours."""
    if one.chat_state != ChatState.ACTIVE:
        return Mark(one, DeliveryState.SKIPPED, one.attempts, error=f"the chat is {one.chat_state}")
    quiet = (one.quiet_from, one.quiet_to)
    if quiet[0] is None or quiet[1] is None:
        return None
    until = quiet_until(one.timezone, (quiet[0], quiet[1]), now)
    return Mark(one, DeliveryState.PENDING, one.attempts, until) if until else None
