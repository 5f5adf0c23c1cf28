"""Every command and button of the application, tried by somebody of each role: who may, and that others are refused.

`pytest -s tests/handlers/test_role_matrix.py` prints the matrix."""

from __future__ import annotations

import re

import pytest
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.admin.bench import Workshop
from bot.handlers.access import REFUSED, REFUSED_PRESS, needed_role
from bot.handlers.role_menu import MENU, commands_for
from store.people import Role
from tests.telegram.chats import PrivateChat
from tests.telegram.fixtures import RunningBot

pytestmark = pytest.mark.anyio

OWNER = 7_700_000_001
BOT_SETTINGS = {"owner_ids": str(OWNER), "user_rate": 1000, "user_burst": 1000}
# For each pattern of buttons, data that it takes; a new pattern needs one here.
PRESSES = {
    "s": "svs|2017Q2|xiaomi|world|||", "sub": "sub:list", "mute": "mute:1", "set": "set:digest:daily",
    "settings": "settings", "ask": "ask:0", "pick": "pick:0", "lang": "lang:en", "want": "want:list",
    "alerts": "alerts:again", "role": "role:list", "draft": "draft:1:0:record", "row": "row:history:fact:1",
    "forget": "forget:no",
}  # fmt: skip


@pytest.fixture(scope="module")
async def people(bot: RunningBot) -> dict[Role, PrivateChat]:
    """Somebody of each role."""
    owner = bot.api.private_of({"id": OWNER, "is_bot": False, "first_name": "Olga"})
    chats = {role: bot.api.private(role.word.capitalize()) for role in (Role.NOBODY, Role.EDITOR, Role.ADMIN)}
    for role in (Role.EDITOR, Role.ADMIN):
        await owner.ask(f"/grant {chats[role].id} {role.word}")
        await chats[role].reply()
    return {**chats, Role.OWNER: owner}


def commands(bot: RunningBot) -> dict[str, Role]:
    """Each command of the application, and the role that its handler states."""
    handlers = (one for group in bot.application.handlers.values() for one in group)
    return {
        name: needed_role(one.callback) for one in handlers if isinstance(one, CommandHandler) for name in one.commands
    }


def buttons(bot: RunningBot) -> dict[str, Role]:
    """Data for each pattern of buttons, and the role that its handler states."""
    found = {}
    for group in bot.application.handlers.values():
        for one in group:
            if isinstance(one, CallbackQueryHandler):
                pattern = re.compile(one.pattern or "^ask:")
                fitting = [data for data in PRESSES.values() if pattern.match(data)]
                assert fitting, f"add data for buttons of {pattern.pattern} to PRESSES"
                found |= dict.fromkeys(fitting, needed_role(one.callback))
    return found


def row(name: str, needed: Role, allowed: dict[Role, bool]) -> str:
    return f"{name:28} {needed.word:8}" + "".join(f"{'yes' if may else '-':>8}" for may in allowed.values())


async def test_each_command_is_for_those_who_may_and_for_nobody_else(
    bot: RunningBot, people: dict[Role, PrivateChat]
) -> None:
    print(f"\n{'command':28} {'needs':8}" + "".join(f"{role.word:>8}" for role in people))
    for name, needed in commands(bot).items():
        allowed = {}
        for role, chat in people.items():
            said = (await chat.ask(f"/{name}")).text if name != "export" or role < needed else ""
            allowed[role] = said not in {one.format(id=chat.id) for one in REFUSED.values()}
        print(row(f"/{name}", needed, allowed))
        assert allowed == {role: role >= needed for role in people}, name


async def test_each_button_is_for_those_who_may_and_for_nobody_else(
    bot: RunningBot, people: dict[Role, PrivateChat]
) -> None:
    print(f"\n{'button':28} {'needs':8}" + "".join(f"{role.word:>8}" for role in people))
    shown = {role: await chat.ask("/settings") for role, chat in people.items()}
    for data, needed in buttons(bot).items():
        allowed = {}
        for role, chat in people.items():
            said = await chat.said_to(chat.press(shown[role].message, data, chat.person))
            allowed[role] = said not in REFUSED_PRESS.values()
        print(row(data, needed, allowed))
        assert allowed == {role: role >= needed for role in people}, data


async def test_the_menu_shows_each_role_its_commands_and_no_others(bot: RunningBot) -> None:
    stated = {name: role for name, role in commands(bot).items() if role is not Role.NOBODY}
    assert {command.command: role for role, command in MENU} == stated
    assert {one.command for one in commands_for(Role.NOBODY)} <= set(commands(bot))


async def test_a_role_that_was_withdrawn_ends_at_once(bot: RunningBot, people: dict[Role, PrivateChat]) -> None:
    owner, ben = people[Role.OWNER], bot.api.private("Ben")
    await owner.ask(f"/grant {ben.id} admin")
    await ben.reply()
    asked = await ben.ask("/merge poco into xiaomi")
    merge = next(one["callback_data"] for one in asked.buttons if one["text"] == "Merge")
    waiting = await ben.ask("/addlaunch")
    assert "Which vendor?" in waiting.text
    await owner.ask(f"/grant {ben.id} editor")
    await ben.reply()
    assert "needs a role" in await ben.said_to(ben.press(asked.message, merge, ben.person))
    await owner.ask(f"/withdraw {ben.id}")
    await ben.reply()
    assert "for the editors" in await ben.said_to(ben.press(asked.message, merge, ben.person))
    assert "Which product?" not in (await ben.ask("Xiaomi")).text


def test_each_kind_of_draft_states_its_role() -> None:
    from bot.admin.workshops import Workshops

    kinds = Workshops.of(None).by_kind  # type: ignore[arg-type]
    print("\n" + "\n".join(f"{kind:12} {shop.role.word}" for kind, shop in kinds.items()))
    shops: list[Workshop] = list(kinds.values())
    assert all(shop.role >= Role.EDITOR for shop in shops)
