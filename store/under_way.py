"""The name of what is under way, a question or an import say: what it records carries it, and so does the log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_NAME: ContextVar[str] = ContextVar("under_way", default="")


def under_way() -> str:
    """The name, 16 characters at most; empty where nothing has one."""
    return _NAME.get()


@contextmanager
def named(name: str) -> Iterator[None]:
    """For the length of a `with`, this is what is under way."""
    token = _NAME.set(name[:16])
    try:
        yield
    finally:
        _NAME.reset(token)
