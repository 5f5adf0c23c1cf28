"""What can go wrong between a bot and Telegram, to be switched on by `BotApi.fail`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Fault:
    """An answer in place of the right one. `dropped`: the connection is cut instead; `done`: the request was carried
    out before that; `seconds`: how long it takes; `migrated_to`: the group's new id. A status of 200 is a delay."""

    status: int = 500
    description: str = "Internal Server Error"
    retry_after: int | None = None
    dropped: bool = False
    done: bool = False
    seconds: float = 0.0
    migrated_to: int | None = None

    @property
    def parameters(self) -> dict[str, int]:
        """What the answer says besides its description."""
        said = {"retry_after": self.retry_after, "migrate_to_chat_id": self.migrated_to}
        return {name: value for name, value in said.items() if value is not None}


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


def migrated(to: int) -> Fault:
    """400: the group is a supergroup now, with this id."""
    return Fault(400, "Bad Request: group chat was upgraded to a supergroup chat", migrated_to=to)


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
