"""One name for all that is done for one question: every log line carries it, an error tells it to the person, and
alerts that are recorded meanwhile keep it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from sqlmodel import Session
from structlog.contextvars import bound_contextvars

from store.arrivals import Arrival
from store.under_way import named

Change = Callable[[Session], object]


@dataclass
class Request:
    """`put_off`: it could not be dealt with now, through nobody's fault, and shall be tried again in a while.

    `arrival`: what is known of who writes, None where nobody has looked. `changes` are written when it has been dealt
    with, in one transaction with that; None where nobody would write them."""

    name: str
    put_off: bool = False
    arrival: Arrival | None = None
    changes: list[Change] | None = None


_CURRENT: ContextVar[Request | None] = ContextVar("request", default=None)


@contextmanager
def request(**known: object) -> Iterator[Request]:
    """A request with a new name, which is in each log line of the `with`, with what else is known."""
    under_way = Request(_new_name())
    token = _CURRENT.set(under_way)
    try:
        with bound_contextvars(request=under_way.name, **known), named(under_way.name):
            yield under_way
    finally:
        _CURRENT.reset(token)


def present() -> Request | None:
    """The request under way in this task or thread."""
    return _CURRENT.get()


def reference() -> str:
    """The name of the request under way; a new one outside of any."""
    under_way = _CURRENT.get()
    return under_way.name if under_way else _new_name()


def put_off() -> bool:
    """Have the request under way tried again in a while; False outside of any, where nobody would."""
    under_way = _CURRENT.get()
    if under_way is None:
        return False
    under_way.put_off = True
    return True


def write_at_end(change: Change) -> bool:
    """Have a change of the store written together with the end of the request under way, before the next of its chat
    begins; False where nobody would, and whoever wants it writes it."""
    under_way = _CURRENT.get()
    if under_way is None or under_way.changes is None:
        return False
    under_way.changes.append(change)
    return True


def _new_name() -> str:
    return secrets.token_hex(3).upper()
