"""Any bytes as the body of a webhook call, and any update that the Bot API describes."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from aiohttp import web
from hypothesis import HealthCheck, given, settings

from tests.fuzz.direct import OWNER, STRANGER, DirectBot
from tests.fuzz.fresh import Fresh
from tests.fuzz.seeds import nasty, questions
from tests.hostile.updates import updates

LONGEST_INPUT = 6_000
_DESCRIBED = b"\x00"  # inputs that begin so are no JSON but choices, of which hypothesis makes an update


def seeds(file: Path) -> Iterator[bytes]:
    """Questions as messages, in private and in groups; inline queries; presses; and choices for hypothesis."""
    bot = DirectBot(file)
    for at, (question, _) in enumerate(questions(25)):
        yield bot.message(question, STRANGER, -100 if at % 3 == 0 else None)
        if at % 5 == 0:
            yield bot.typed(question, STRANGER)
    for text in nasty():
        yield bot.message(text, OWNER)
    for text in ("/settings", "/addfact Xiaomi, India, Q3 2017, 9.2 million, estimate, https://example.com/a"):
        yield bot.message(text, OWNER, entities=[{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}])
    for data in ("ask:0", "set:tz", "draft:1:0:record", "sub:1", "mute:1", "lang:de", "settings"):
        yield bot.press(data)
    yield b'{"update_id": 1, "message": ' + b"[" * 900 + b"]" * 900 + b"}"
    bot.close()
    for at in range(200):
        yield _DESCRIBED + bytes((at * number * 37 + number) % 256 for number in range(400))


def opened(file: Path) -> Callable[[bytes], None]:
    """What takes one input. It raises where something is wrong."""
    fresh = Fresh(file)

    @settings(database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(updates())
    def described(update: dict[str, Any]) -> None:
        fresh.bot.take(json.dumps(update).encode())

    def one(data: bytes) -> None:
        if data.startswith(_DESCRIBED):
            described.hypothesis.fuzz_one_input(data[1:])  # type: ignore[attr-defined]
            return
        with contextlib.suppress(web.HTTPBadRequest):
            fresh.bot.take(data)

    return one
