"""How fast Telegram lets a bot send: so many messages a second in all, one a second to a chat, 20 a minute to a group.

Pure: every moment is handed in, in seconds of any clock that only goes forward."""

from __future__ import annotations

import math
from collections import deque

A_CHAT = 1.0  # seconds between two messages to one chat
IN_A_GROUP, GROUP_WINDOW = 20, 60.0
_MARGIN = 1.015  # Telegram counts when messages arrive, not when they leave: a little slower is never too fast
_SPREAD = 0.85
_ALL_AFTER = 3  # chats in a row told to wait, with no message taken between them: then the wait is meant for all


class Pacing:
    """Says when the next message may go, and is told of every one that went. `rate` None: as fast as it gets."""

    def __init__(self, rate: int | None) -> None:
        self.rate = rate
        self._windows: list[tuple[deque[float], float]] = []
        if rate:
            # A second's messages spread over most of it. Not over all: a program that wakes a little late each time
            # catches up.
            few = max(3, math.ceil(rate / 50))
            spread = [(deque[float](maxlen=few), few / rate * _SPREAD)] if few < rate else []
            self._windows = [*spread, (deque(maxlen=rate), _MARGIN)]
        self._free: dict[str, float] = {}
        self._groups: dict[str, deque[float]] = {}
        self._all_held = -math.inf
        self._refused: set[str] = set()

    def ready(self, now: float) -> float:
        """From when on any message may go."""
        moment = max(now, self._all_held)
        for window, length in self._windows:
            if len(window) == window.maxlen:
                moment = max(moment, window[0] + length)
        return moment

    def chat_ready(self, chat: str, in_group: bool, now: float) -> float:
        """From when on a message to that chat may go, as far as it depends on the chat."""
        moment = max(now, self._free.get(chat, now))
        sent = self._groups.get(chat) if in_group else None
        if sent and len(sent) == IN_A_GROUP:
            moment = max(moment, sent[0] + GROUP_WINDOW * _MARGIN)
        return moment

    def went(self, chat: str, now: float) -> None:
        """A message to the chat leaves now."""
        for window, _ in self._windows:
            window.append(now)
        self._free[chat] = max(self._free.get(chat, now), now + A_CHAT)

    def left(self, gone: float, now: float) -> None:
        """What was to leave at `gone` leaves only `now`: the program was busy meanwhile. The rate counts from now."""
        for window, _ in self._windows:
            for at in range(len(window) - 1, -1, -1):
                if window[at] <= gone:
                    if window[at] == gone:
                        window[at] = now
                    break

    def done(self, chat: str, in_group: bool, now: float, *, taken: bool) -> None:
        """It has been answered; `taken`: Telegram took it. From here on the chat's second counts."""
        self._free[chat] = max(self._free.get(chat, now), now + A_CHAT)
        if in_group:
            self._groups.setdefault(chat, deque(maxlen=IN_A_GROUP)).append(now)
        if taken:
            self._refused.clear()
        if len(self._free) > 10_000:
            self._forget(now)

    def told_to_wait(self, chat: str, seconds: float, now: float) -> None:
        """Telegram wants us to wait before the next message to a chat. It does not say whether it means all chats:

        several in a row, and it does."""
        until = now + seconds
        self._free[chat] = max(self._free.get(chat, now), until)
        self._refused.add(chat)
        if len(self._refused) >= _ALL_AFTER:
            self.hold_all(until)

    def hold_all(self, until: float) -> None:
        """No message before that moment."""
        self._all_held = max(self._all_held, until)
        self._refused.clear()

    def _forget(self, now: float) -> None:
        """Let go of chats that no limit holds any more."""
        self._free = {chat: free for chat, free in self._free.items() if free > now}
        self._groups = {chat: sent for chat, sent in self._groups.items() if sent[-1] + GROUP_WINDOW > now}
