"""What can go wrong between a bot and Telegram, to be switched on by `BotApi.fail`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Fault:
    """An answer in place of the right one. `dropped`: the connection is cut instead; `done`: the request was carried
    out before that; `seconds`: how long it takes. A status of 200 is no fault but a delay."""

    status: int = 500
    description: str = "Internal Server Error"
    retry_after: int | None = None
    dropped: bool = False
    done: bool = False
    seconds: float = 0.0


INTERNAL = Fault()
UNAUTHORIZED = Fault(401, "Unauthorized")
BLOCKED = Fault(403, "Forbidden: bot was blocked by the user")
CHAT_NOT_FOUND = Fault(400, "Bad Request: chat not found")
HTML_REFUSED = Fault(400, "Bad Request: can't parse entities: unsupported start tag at byte offset 0")
DROPPED = Fault(dropped=True)
DROPPED_AFTER_SENDING = Fault(dropped=True, done=True)


def too_many(seconds: int) -> Fault:
    """429: come back in so many seconds."""
    return Fault(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def slow(seconds: float) -> Fault:
    """The right answer, late."""
    return Fault(200, seconds=seconds)


@dataclass
class Switched:
    """A fault that is on: for a method (None: every one), a chat (None: all), so many times (None: until mended)."""

    fault: Fault
    method: str | None
    chat_id: int | None
    times: int | None
    when: Callable[[Mapping[str, Any]], bool] | None = None

    def strikes(self, method: str, parameters: Mapping[str, Any]) -> bool:
        """Whether it is this request that fails; counts it."""
        if self.times == 0 or self.method not in (None, method):
            return False
        if self.chat_id is not None and parameters.get("chat_id") != self.chat_id:
            return False
        if self.when is not None and not self.when(parameters):
            return False
        if self.times is not None:
            self.times -= 1
        return True
