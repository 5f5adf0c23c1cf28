"""How long the updates of one person wait."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.handlers.flood import Allowance


def test_a_person_who_writes_like_a_person_never_waits() -> None:
    allowance = Allowance(rate=2, burst=10)
    assert all(allowance.turn(1, second * 0.6).wait == 0 for second in range(500))


def test_a_flood_waits_is_told_once_and_in_the_end_left_out() -> None:
    allowance = Allowance(rate=2, burst=10)
    turns = [allowance.turn(1, 100.0) for _ in range(200)]
    assert [one.wait for one in turns[:13]] == [0.0] * 10 + [0.5, 1.0, 1.5]
    assert sum(one.tell for one in turns) == 1
    assert turns[-1].wait is None
    assert allowance.turn(2, 100.0).wait == 0
    # After a pause it is as if nothing had been, and the next flood is told again.
    again = [allowance.turn(1, 1000.0) for _ in range(12)]
    assert [one.wait for one in again] == [0.0] * 10 + [0.5, 1.0]
    assert sum(one.tell for one in again) == 1


@given(st.lists(st.tuples(st.integers(1, 3), st.floats(0, 5)), max_size=200))
def test_nobody_gets_more_than_the_rate_and_the_burst(asked: list[tuple[int, float]]) -> None:
    allowance, now = Allowance(rate=1, burst=5), 0.0
    went: dict[int, list[float]] = {}
    for person, pause in asked:
        now += pause
        wait = allowance.turn(person, now).wait
        if wait is not None:
            went.setdefault(person, []).append(now + wait)
    for moments in went.values():
        assert moments == sorted(moments)
        for at, moment in enumerate(moments):
            within = sum(1 for one in moments[at:] if one <= moment + 10)
            assert within <= 5 + 10 + 1
