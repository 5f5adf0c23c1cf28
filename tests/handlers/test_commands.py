"""The commands, each as the question it stands for."""

from __future__ import annotations

import pytest

from bot.handlers.commands import NO_VENDOR, NOTHING_ASKED
from bot.handlers.menu import DESCRIPTION, SHORT_DESCRIPTION, set_menu
from tests.telegram.faults import INTERNAL
from tests.telegram.fixtures import RunningBot
from tests.telegram.server import BotApi

pytestmark = pytest.mark.anyio


async def test_start_greets_and_offers_questions(api: BotApi) -> None:
    reply = await api.private().ask("/start from_a_link")
    assert reply.text.startswith("Hello!")
    assert len(reply.buttons) == 3


async def test_help_names_every_command(api: BotApi) -> None:
    reply = await api.private().ask("/help")
    for command in ("/ask", "/top", "/launches", "/vendor"):
        assert command in reply.text


async def test_help_does_not_end_a_conversation(api: BotApi) -> None:
    chat = api.private()
    await chat.ask("who was number one in china in q3 2017")
    await chat.ask("/help")
    assert "China" in (await chat.ask("and in q2 2017?")).text


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("/ask how many phones did xiaomi ship in q2 2017", ["Xiaomi", "Q2 2017", "million"]),
        ("/top", ["World", "1. ", "Samsung"]),
        ("/TOP china 2017 q3", ["China", "Q3 2017", "1. "]),
        ("/top\nworldwide 2016", ["World", "2016", "1. Samsung"]),
        ("/launches", ["launch"]),
        ("/launches spain", ["Spain", "7 November 2017"]),
        ("/vendor xiaomi", ["Xiaomi", "profile", "2010"]),
        ("/vendor Samsnug", ["Samsung"]),
    ],
)
async def test_a_command_is_answered(api: BotApi, command: str, words: list[str]) -> None:
    reply = await api.private().ask(command)
    for word in words:
        assert word in reply.text


@pytest.mark.parametrize(
    ("command", "text"), [("/ask", NOTHING_ASKED), ("/ask 🎉", NOTHING_ASKED), ("/vendor", NO_VENDOR)]
)
async def test_a_command_that_lacks_its_words_says_what_to_write(api: BotApi, command: str, text: str) -> None:
    assert (await api.private().ask(command)).text == text


async def test_an_unknown_command_is_named(api: BotApi) -> None:
    chat = api.private()
    assert (await chat.ask("/weather in spain")).text == "I know no command /weather. /help shows what I can do."
    assert len((await chat.ask("/" + "x" * 400)).text) < 100


async def test_the_menu_is_set_once_and_left_when_it_is_right(bot: RunningBot, api: BotApi) -> None:
    await api.next("setMyShortDescription")
    await api.until(lambda: "short_description ru" in api.methods.texts, "the menu was not set in every language")
    english = [one.parameters for one in api.of("setMyCommands") if not one.parameters.get("language_code")]
    menus = {one.get("scope", {}).get("type"): one["commands"] for one in english}
    assert set(menus) == {"default", "all_private_chats", "all_group_chats"}
    assert [one["command"] for one in menus["all_group_chats"]] == [
        *("ask", "top", "launches", "vendor", "subscribe", "subscriptions", "settings", "language", "help"),
    ]
    assert api.methods.texts["description"] == DESCRIPTION
    assert api.methods.texts["short_description"] == SHORT_DESCRIPTION
    before = len(api.of("setMyCommands"))
    await set_menu(bot.application.bot)
    assert len(api.of("setMyCommands")) == before
    assert len(api.of("setMyDescription")) == 6


async def test_a_fault_in_setting_the_menu_stops_nothing(bot: RunningBot, api: BotApi) -> None:
    api.fail("getMyCommands", INTERNAL)
    await set_menu(bot.application.bot)
