"""One name for all that is done for one question: every log line carries it, and an error tells it to the person."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from structlog.contextvars import bound_contextvars, get_contextvars


@contextmanager
def request(**known: object) -> Iterator[None]:
    """A new name, and what else is known, in each log line of the `with`."""
    with bound_contextvars(request=_new_name(), **known):
        yield


def reference() -> str:
    """The name of the request under way; a new one outside of any."""
    return str(get_contextvars().get("request") or _new_name())


def _new_name() -> str:
    return secrets.token_hex(3).upper()
