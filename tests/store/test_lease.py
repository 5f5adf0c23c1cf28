"""The lease: one holder at a time, taken over from one that ended, and from one that stands still with its locks."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import Engine

from store.engine import StoreError, open_engine, writing
from store.lease import LeaseLostError, holding, renew_lease, return_lease, take_lease


def taken(engine: Engine, owner: str, seconds: float = 60, gone: str = "") -> int | None:
    with holding(engine) as session:
        return take_lease(session, owner, lambda other: other == gone, seconds)


def test_one_holds_it_until_it_is_returned_runs_out_or_its_owner_is_gone(loaded_engine: Engine) -> None:
    assert taken(loaded_engine, "one") == 1
    assert taken(loaded_engine, "two") is None
    with writing(loaded_engine) as session:
        return_lease(session, 1)
    assert taken(loaded_engine, "two", seconds=-1) == 2
    assert taken(loaded_engine, "three") == 3
    assert taken(loaded_engine, "four", gone="three") == 4
    assert taken(loaded_engine, "four") == 5
    with writing(loaded_engine) as session, pytest.raises(LeaseLostError):
        renew_lease(session, 3)


def test_a_holder_that_stands_still_in_a_transaction_keeps_nobody_out(postgres_url: str) -> None:
    """As a process does that is stopped by SIGSTOP between two statements: its transaction holds the lease's row."""
    engine, other = open_engine(postgres_url), open_engine(postgres_url)
    assert taken(engine, "one", seconds=-1) == 1
    locked, over = threading.Event(), threading.Event()
    failed: list[Exception] = []

    def stand_still() -> None:
        try:
            with holding(engine, 1) as session:
                renew_lease(session, 1, seconds=60)
                locked.set()
                over.wait(30)
        except StoreError as error:
            failed.append(error)

    standing = threading.Thread(target=stand_still)
    standing.start()
    assert locked.wait(10)
    assert taken(other, "two") == 2  # waits for the lock, and has it as soon as PostgreSQL has undone the other
    over.set()
    standing.join()
    assert failed  # what it would have written is not
    engine.dispose()
    other.dispose()
