"""Any bytes as the data of a button: pressed by the owner or a stranger, in private, in a group, below a picture."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from aiohttp import web

from tests.fuzz.direct import OWNER, STRANGER, DirectBot
from tests.fuzz.fresh import Fresh
from tests.fuzz.seeds import nasty, questions

LONGEST_INPUT = 65
_PHOTO = [{"file_id": "p", "file_unique_id": "u", "width": 10, "height": 10}]
_TYPED = (
    "/start", "/help", "/settings", "/privacy", "/forgetme", "/language", "/subscribe xiaomi", "/subscriptions",
    "/roles", "/grant 5 editor", "/alerts", "/unanswered", "/feeds", "/drafts",
    "/addfact Xiaomi, India, Q3 2017, 9.2 million, estimate, https://example.com/a",
    "/addlaunch Xiaomi, Mi A9, Spain, 7 Nov 2017, confirmed, https://example.com/b",
    "/addmilestone Xiaomi, 10 million phones in a month, worldwide, October 2017, confirmed, https://example.com/c",
    "/addvendor Nothing, GB, 2020, aliases: Nothing Tech", "/history xiaomi india 2017", "/retract xiaomi india 2017",
    "/merge xiaomi mi", "/undo", "/teach mii means xiaomi", "/addfact Xiaomi", "/edit 1",
    "/read Xiaomi shipped 9.3 million phones in India in Q3 2017. Apple shipped 46.7 million phones in Q3 2017.",
)  # fmt: skip


def seeds(file: Path) -> Iterator[bytes]:
    """What stands on the buttons that the bot makes for all kinds of questions and commands, and hostile data."""
    bot = DirectBot(file)
    for text in _TYPED:
        bot.take(bot.message(text))
    for question, _ in questions(40):
        with contextlib.suppress(Exception):  # that is what the other harness is for
            bot.take(bot.message(question, STRANGER))
    bot.close()
    for at, data in enumerate(sorted(bot.client.buttons)):
        yield bytes([at % 12]) + data.encode()
    for text in nasty():
        yield b"\x00" + text.encode("utf-8", "replace")[:64]


def opened(file: Path) -> Callable[[bytes], None]:
    """What takes one input: the first byte says who presses and where. It raises where something is wrong."""
    fresh = Fresh(file, _TYPED)

    def one(data: bytes) -> None:
        bot = fresh.bot
        who, text = data[:1] or b"\x00", data[1:65].decode("utf-8", "ignore")
        person = STRANGER if who[0] & 1 else OWNER
        chat = -100 if who[0] & 2 else person
        more = {"photo": _PHOTO, "text": ""} if who[0] & 4 else {}
        with contextlib.suppress(web.HTTPBadRequest):
            bot.take(bot.press(text, person, chat, **more))

    return one
