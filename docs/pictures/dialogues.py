"""Draws the dialogues of the README anew from what the bot says now: python -m docs.pictures.dialogues [NAME ...]

The real bot talks to the Bot API server of the tests; its messages become pages, and headless Chromium takes their
pictures. It needs the commands `chromium` (CHROMIUM names another) and Noto fonts with emoji."""

from __future__ import annotations

import asyncio
import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops

from docs.pictures.conversation import Conversation
from store.start import start
from tests.telegram.chats import PrivateChat, new_person
from tests.telegram.fixtures import running_bot
from tests.telegram.server import BotApi, Request

FOLDER = Path(__file__).parent
OLGA = 7_700_000_001
_TALLEST, _WIDTH = 3000, 390
_OUTSIDE = (255, 0, 255)


def private(api: BotApi, language: str | None = None, person: dict[str, Any] | None = None) -> Conversation:
    return Conversation(api, api.private_of(person) if person else api.private(language=language), "Vendorbot")


async def ask(talk: Conversation, text: str, *, picture: bool = False) -> Request:
    assert isinstance(talk.chat, PrivateChat)
    talk.asked(talk.chat.post(text))
    reply = await (talk.chat.photo() if picture else talk.chat.reply())
    talk.answered(reply)
    return reply


async def press(talk: Conversation, reply: Request, label: str, method: str = "editMessageText") -> Request:
    assert isinstance(talk.chat, PrivateChat)
    done = await talk.chat.press_and_see(reply.message, label, method)
    talk.answered(done)
    return done


async def question(api: BotApi) -> Conversation:
    talk = private(api)
    await ask(talk, "how mny phones did xaomi ship in indai last quarter")
    await ask(talk, "and the quarter before?")
    return talk


async def chart(api: BotApi) -> Conversation:
    talk = private(api)
    await ask(talk, "xiaomi share in india since 2015 as a chart", picture=True)
    return talk


async def did_you_mean(api: BotApi) -> Conversation:
    talk = private(api)
    await ask(talk, "launches in austraia")
    await ask(talk, "zumsang share")
    await ask(talk, "launches in austarlia")
    return talk


async def alert(api: BotApi) -> Conversation:
    talk = private(api)
    await ask(talk, "tell me when xiaomi launches in france")
    olga = private(api, person=_olga())
    launch = "Xiaomi, Mi A1, France, 22 May 2018, expected, https://www.mi.com/fr/, by Wang Xiang"
    preview = await ask(olga, f"/addlaunch {launch}")
    await press(olga, preview, "Record")
    talk.answered(await talk.chat.reply())
    return talk


async def admin(api: BotApi) -> Conversation:
    olga = private(api, person=_olga())
    await ask(private(api), "tell me when xiaomi launches in italy")
    preview = await ask(olga, "/addlaunch Xiomi, Mi A1, Italy, 24 May 2018, confirmed, https://www.mi.com/it/")
    olga.bubbles[-1].number = 0  # the record takes its place; here both are shown
    await press(olga, preview, "Record")
    return olga


async def group(api: BotApi) -> Conversation:
    phones, anna, ben = api.group("Phone nerds"), new_person("Anna"), new_person("Ben")
    talk = Conversation(api, phones, "Phone nerds", "24 members, 3 online")
    talk.asked(phones.post(anna, "xiaomi must be first in india by now"), "Anna")
    asked = phones.post(ben, "@PhoneVendorBot whos #1 in india")
    talk.asked(asked, "Ben")
    talk.answered(await phones.reply())
    return talk


async def spanish(api: BotApi) -> Conversation:
    talk = private(api, "es")
    await ask(talk, "cuántos móviles vendió xiaomi en india en el segundo trimestre de 2017")
    await ask(talk, "avísame cuando xiaomi llegue a italia")
    return talk


def _olga() -> dict[str, Any]:
    return {"id": OLGA, "is_bot": False, "first_name": "Olga"}


PICTURES: dict[str, Callable[[BotApi], Awaitable[Conversation]]] = {
    "question": question,
    "chart": chart,
    "did_you_mean": did_you_mean,
    "alert": alert,
    "group": group,
    "admin": admin,
    "spanish": spanish,
}


async def main(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        start(f"sqlite:///{folder}/loaded.db").dispose()
        for name in names or PICTURES:
            file = Path(shutil.copy(f"{folder}/loaded.db", f"{folder}/{name}.db"))
            async with running_bot(file, owner_ids=str(OLGA), user_rate=1000) as bot:
                talk = await PICTURES[name](bot.api)
            page = Path(folder) / f"{name}.html"
            page.write_text(talk.page(), "utf-8")
            _save(_shot(page), FOLDER / f"dialogue_{name}.png")
            print(f"{name}: {len(talk.bubbles)} messages")


def _shot(page: Path) -> Image.Image:
    """The page as a picture, cut to the phone."""
    shot = page.with_suffix(".png")
    settings = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=2"]
    where = [f"--window-size={_WIDTH},{_TALLEST}", f"--screenshot={shot}", page.as_uri()]
    chromium = os.environ.get("CHROMIUM", "chromium")
    subprocess.run([chromium, *settings, *where], check=True, capture_output=True, timeout=60)  # noqa: S603
    picture = Image.open(io.BytesIO(shot.read_bytes())).convert("RGB")
    phone = ImageChops.difference(picture, Image.new("RGB", picture.size, _OUTSIDE)).getbbox()
    return picture.crop(phone)


def _save(picture: Image.Image, path: Path) -> None:
    picture.quantize(200, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
