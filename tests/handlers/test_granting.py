"""Roles in the chat: granted and withdrawn by those who may, told to whom it concerns, shown in their menus."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import text

from bot.handlers.buttons import STALE
from store.engine import open_engine, reading
from tests.telegram.chats import PrivateChat, new_person
from tests.telegram.fixtures import RunningBot
from tests.telegram.server import BotApi, Request

pytestmark = pytest.mark.anyio

OWNER = 7_700_000_001  # larger than 32 bits, as Telegram's ids are
BOT_SETTINGS = {"owner_ids": str(OWNER), "user_rate": 1000}


@pytest.fixture
def owner(api: BotApi) -> PrivateChat:
    return api.private_of({"id": OWNER, "is_bot": False, "first_name": "Olga"})


async def person(api: BotApi, name: str) -> PrivateChat:
    """Somebody who asked for a role once, with an @name."""
    chat = api.private(name)
    chat.person["username"] = f"{name}_phones"
    refused = await chat.ask("/roles")
    assert refused.text == (
        f"That is for the admins of this bot. Your id is {chat.id}: owners make you one with /grant {chat.id} admin."
    )
    return chat


def menu_of(api: BotApi, chat_id: int) -> list[str]:
    for scope, commands in api.methods.commands.items():
        if json.loads(scope)[0] == {"type": "chat", "chat_id": chat_id}:
            return [command["command"] for command in commands]
    return []


async def press(api: BotApi, chat: PrivateChat, reply: Request, label: str) -> Request:
    data = next(one["callback_data"] for one in reply.buttons if label in one["text"])
    chat.press(reply.message, data, chat.person)
    return await api.next("editMessageText", chat.id)


async def test_an_owner_makes_an_admin_who_makes_an_editor(api: BotApi, owner: PrivateChat) -> None:
    anna, ben = await person(api, "Anna"), await person(api, "Ben")
    assert (await owner.ask("/grant @anna_phones admin")).text == "Anna (@anna_phones) is an admin now."
    assert (await anna.reply()).text == "You are an admin of this bot now. Your commands stand in the menu."
    assert {"alerts", "roles", "grant", "top"} <= set(menu_of(api, anna.id))
    assert (await anna.ask(f"/grant {ben.id} editor")).text == "Ben (@ben_phones) is an editor now."
    assert "You are an editor" in (await ben.reply()).text
    assert "Only owners make admins" in (await anna.ask(f"/grant {ben.id} admin")).text
    assert "OWNER_IDS says so" in (await anna.ask(f"/withdraw {OWNER}")).text
    assert "That is for the admins" in (await ben.ask("/alerts")).text
    assert "alerts" not in menu_of(api, ben.id)
    assert "No alert has been recorded" in (await anna.ask("/alerts")).text
    assert (await anna.ask("/withdraw @Ben_Phones")).text == "Ben (@ben_phones) has no role any more."
    assert "no role in this bot any more" in (await ben.reply()).text
    assert (await anna.ask("/withdraw @Ben_Phones")).text == "Ben (@ben_phones) has no role."
    assert menu_of(api, ben.id) == []


async def test_by_reply_in_a_group_and_by_buttons(api: BotApi, owner: PrivateChat, bot: RunningBot) -> None:
    group, cleo = api.group(), new_person("Cleo")
    api.private_of(cleo)
    said = group.post(cleo, "Xiaomi is coming to Spain!")
    which = await group.ask(owner.person, "/grant", reply_to=said)
    assert which.text == "What shall Cleo be?"
    group.press(which.message, which.buttons[0]["callback_data"], cleo)
    made = group.press(which.message, which.buttons[0]["callback_data"], owner.person)
    assert await group.said_to(made) == "Cleo is an editor now."
    listed = await owner.ask("/roles")
    assert f"OWNER_IDS: {OWNER}" in listed.text
    one = await press(api, owner, listed, "Cleo: editor")
    assert one.text == "Cleo is an editor."
    assert (await press(api, owner, one, "Make admin")).text == "Cleo is an admin."
    assert (await press(api, owner, one, "Withdraw")).text == "Cleo has no role any more."
    with reading(open_engine(f"sqlite:///{bot.file}")) as session:
        rows = session.execute(text("SELECT actor, action FROM audit WHERE table_name = 'person' ORDER BY id DESC"))
        assert rows.all()[:3] == [(f"telegram:{OWNER}", "withdraw"), *[(f"telegram:{OWNER}", "grant")] * 2]


async def test_what_names_nobody_says_what_to_write(api: BotApi, owner: PrivateChat) -> None:
    assert "Reply to a message of theirs" in (await owner.ask("/grant editor")).text
    assert "I have not seen @nobody" in (await owner.ask("/grant @nobody editor")).text
    assert "Reply to a message" in (await owner.ask("/withdraw ٣")).text


@pytest.mark.parametrize("data", ["role:", "role:x", "role:999999:admin", "role:1:owner", "role:1:admin:x", "role:²"])
async def test_forged_buttons_do_nothing(api: BotApi, owner: PrivateChat, data: str) -> None:
    listed = await owner.ask("/roles")
    assert await owner.said_to(owner.press(listed.message, data, owner.person)) == STALE


async def test_a_forged_button_of_somebody_without_a_role_is_refused(api: BotApi, owner: PrivateChat) -> None:
    dora: Any = await person(api, "Dora")
    which = await owner.ask(f"/grant {dora.id}")
    for button in which.buttons:
        said = await dora.said_to(dora.press(which.message, button["callback_data"], dora.person))
        assert said == "That button is for the admins of this bot."
    assert "That is for the admins" in (await dora.ask("/alerts")).text
