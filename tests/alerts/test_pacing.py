"""How fast messages may go, by a clock that the test moves."""

from __future__ import annotations

import random
from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.alerts.pacing import Pacing


def run(rate: int, chats: list[str], jitter: float = 0.0) -> list[tuple[float, str]]:
    """Send one message to each of these in turn, as soon as it may go; returns when each went."""
    pacing, now, went = Pacing(rate), 1000.0, []
    chance = random.Random(1)
    for chat in chats:
        now = max(pacing.ready(now), pacing.chat_ready(chat, chat.startswith("-"), now))
        now = max(now, pacing.ready(now))
        pacing.went(chat, now)
        went.append((now, chat))
        now += chance.uniform(0, jitter)
        pacing.done(chat, chat.startswith("-"), now, taken=True)
    return went


@pytest.mark.parametrize("rate", [1, 7, 30, 1000])
def test_the_rate_is_kept_in_every_second_and_used_to_97_of_100(rate: int) -> None:
    times = [moment for moment, _ in run(rate, [str(number) for number in range(rate * 20)], jitter=0.3 / rate)]
    for first, after in zip(times, times[rate:], strict=False):
        assert after - first > 1.0
    assert len(times) / (times[-1] - times[0] + 1 / rate) > 0.97 * rate


@given(st.lists(st.sampled_from(["1", "2", "3", "-4", "-5"]), min_size=1, max_size=150), st.integers(1, 60))
@settings(max_examples=60, deadline=None)
def test_no_limit_of_a_chat_or_group_is_ever_broken(chats: list[str], rate: int) -> None:
    of_chat: defaultdict[str, list[float]] = defaultdict(list)
    for moment, chat in run(rate, chats):
        of_chat[chat].append(moment)
    for chat, times in of_chat.items():
        assert all(after - before >= 1.0 for before, after in pairwise(times))
        if chat.startswith("-"):
            assert all(after - before >= 60.0 for before, after in zip(times, times[20:], strict=False))


def test_a_wait_for_one_chat_holds_nobody_else() -> None:
    pacing = Pacing(30)
    pacing.told_to_wait("1", 40, 0.0)
    assert pacing.chat_ready("1", False, 0.0) == 40
    assert pacing.chat_ready("2", False, 0.0) == 0
    assert pacing.ready(0.0) == 0


def test_a_wait_told_to_several_in_a_row_is_meant_for_all() -> None:
    pacing = Pacing(30)
    for chat in ("1", "2", "3"):
        pacing.told_to_wait(chat, 5, 0.0)
    assert pacing.ready(0.0) == 5
    pacing = Pacing(30)
    for chat in ("1", "2", "3"):
        pacing.told_to_wait(chat, 5, 0.0)
        pacing.done("9", False, 0.0, taken=True)
    assert pacing.ready(0.0) == 0


def test_what_leaves_late_counts_from_when_it_left() -> None:
    pacing = Pacing(4)
    for _ in range(4):
        pacing.went("1", 0.0)
    pacing.left(0.0, 0.6)
    assert pacing.ready(1.1) == 1.1
    pacing.went("2", 1.1)
    for _ in range(2):
        pacing.went("3", 1.1)
    assert pacing.ready(1.2) > 1.6
