"""Drafts: whose they are, what a second tap or an old or forged button does, and that they outlive the bot."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from bot.admin import drafts
from store.engine import open_engine, reading
from tests.telegram.chats import PrivateChat
from tests.telegram.fixtures import RunningBot, running_bot
from tests.telegram.server import BotApi, Request

pytestmark = pytest.mark.anyio

OLGA, OTTO = 7_700_000_001, 7_700_000_002
BOT_SETTINGS = {"owner_ids": f"{OLGA},{OTTO}", "user_rate": 1000}
LINE = "/addlaunch Xiaomi, {product}, Spain, 7 Nov 2017, confirmed, https://pocketnow.com/1"


def owner(api: BotApi, person_id: int = OLGA) -> PrivateChat:
    return api.private_of({"id": person_id, "is_bot": False, "first_name": "Olga"})


def data_of(reply: Request, label: str) -> str:
    return str(next(one["callback_data"] for one in reply.buttons if one["text"] == label))


def launches(bot: RunningBot, product: str) -> int:
    query = "SELECT count(*) FROM launch JOIN product ON product.id = launch.product_id WHERE product.name = :name"
    with reading(open_engine(f"sqlite:///{bot.file}")) as session:
        return int(session.execute(text(query), {"name": product}).scalar_one())


async def test_a_double_tap_records_once(bot: RunningBot, api: BotApi) -> None:
    olga = owner(api)
    preview = await olga.ask(LINE.format(product="Mi A7"))
    first, second = (olga.press(preview.message, data_of(preview, "Record"), olga.person) for _ in range(2))
    assert {await olga.said_to(first), await olga.said_to(second)} == {"", drafts.IS_DONE}
    assert launches(bot, "Mi A7") == 1


async def test_nobody_presses_a_button_of_anothers_draft(bot: RunningBot, api: BotApi) -> None:
    olga, otto = owner(api), owner(api, OTTO)
    preview = await olga.ask(LINE.format(product="Mi A8"))
    for label in ("Record", "Edit", "Cancel"):
        press = otto.press(preview.message, data_of(preview, label), otto.person)
        assert await otto.said_to(press) == drafts.NOT_YOURS
    anna = api.private()
    press = anna.press(preview.message, data_of(preview, "Record"), anna.person)
    assert await anna.said_to(press) == "That button is for the editors of this bot."
    assert launches(bot, "Mi A8") == 0


async def test_a_button_of_an_older_state_does_nothing(bot: RunningBot, api: BotApi) -> None:
    olga = owner(api)
    preview = await olga.ask(LINE.format(product="Mi A9"))
    change = data_of(preview, "Edit").replace("edit", "field:date")
    assert await olga.said_to(olga.press(preview.message, change, olga.person)) == ""
    press = olga.press(preview.message, data_of(preview, "Record"), olga.person)
    assert await olga.said_to(press) == drafts.OLDER
    await olga.ask("/cancel")
    press = olga.press(preview.message, data_of(preview, "Record"), olga.person)
    assert await olga.said_to(press) == drafts.IS_DROPPED
    assert launches(bot, "Mi A9") == 0


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("draft:", drafts.NOTHING_SUCH), ("draft:1", drafts.NOTHING_SUCH), ("draft:x:0:record", drafts.NOTHING_SUCH),
        ("draft:1:-1:record", drafts.NOTHING_SUCH), ("draft:²:0:record", drafts.NOTHING_SUCH),
        ("draft:999999999:0:record", drafts.GONE), ("draft:99999999999999999999:0:record", drafts.NOTHING_SUCH),
    ],
)  # fmt: skip
async def test_forged_data_does_nothing(api: BotApi, data: str, said: str) -> None:
    olga = owner(api)
    preview = await olga.ask("/drafts")
    assert await olga.said_to(olga.press(preview.message, data, olga.person)) == said


async def test_what_no_button_of_the_draft_says_does_nothing(api: BotApi) -> None:
    olga = owner(api)
    preview = await olga.ask(LINE.format(product="Mi A6"))
    start = data_of(preview, "Record").removesuffix("record")
    for action in ("launch", "set:x", "field:person_id", "field:", ":", "record_all"):
        press = olga.press(preview.message, start + action, olga.person)
        assert await olga.said_to(press) == drafts.NOTHING_SUCH


async def test_in_a_group_drafts_are_not_begun(api: BotApi) -> None:
    reply = await api.group().ask(owner(api).person, LINE.format(product="Mi A5"))
    assert reply.text == "Write that to me in private: drafts are between the two of us."


async def test_a_draft_outlives_the_bot(bot: RunningBot, api: BotApi) -> None:
    asked = await owner(api).ask("/addlaunch Xiaomi, Spain, confirmed")
    assert "Where does it stand?" in asked.text
    async with running_bot(bot.file, owner_ids=str(OLGA)) as again:
        olga = owner(again.api)
        preview = await olga.ask("https://pocketnow.com/2")
        assert "Xiaomi in Spain: date not known" in preview.text
        press = olga.press(preview.message, data_of(preview, "Cancel"), olga.person)
        assert await olga.said_to(press) == ""
