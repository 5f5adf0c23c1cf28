"""Suggested questions as buttons."""

from __future__ import annotations

import pytest

from bot.handlers.buttons import STALE
from tests.telegram.chats import new_person
from tests.telegram.server import BotApi

pytestmark = pytest.mark.anyio


async def test_what_is_not_answered_offers_questions_that_are(api: BotApi) -> None:
    chat = api.private()
    reply = await chat.ask("what is the weather like")
    assert 1 <= len(reply.buttons) <= 3
    for button in reply.buttons:
        assert button["text"] not in reply.text
        press = chat.press(reply.message, button["callback_data"], chat.person)
        assert await chat.said_to(press) == ""
        assert "Source: " in (await chat.reply()).text


async def test_a_press_in_a_group_is_answered_there(api: BotApi) -> None:
    group, anna = api.group(forum=True), new_person("Anna")
    offer = await group.ask(anna, "/ask what is the weather like", topic=42)
    group.press(offer.message, offer.buttons[0]["callback_data"], new_person("Ben"))
    reply = await group.reply()
    assert reply.parameters["reply_parameters"]["message_id"] == offer.message["message_id"]
    assert reply.message["message_thread_id"] == 42


@pytest.mark.parametrize("data", ["ask:7", "ask:-1", "ask:x", "drop:1", "🎉" * 16])
async def test_forged_data_is_answered_with_a_sentence(api: BotApi, data: str) -> None:
    chat = api.private()
    offer = await chat.ask("what is the weather like")
    press = chat.press(offer.message, data, chat.person)
    assert await chat.said_to(press) == STALE


async def test_a_button_of_a_message_that_telegram_forgot_says_so(api: BotApi) -> None:
    chat = api.private()
    forgotten = {"chat": chat.payload, "message_id": 5, "date": 0}
    press = chat.press(forgotten, "ask:0", chat.person)
    assert await chat.said_to(press) == STALE


async def test_a_press_too_old_to_confirm_is_answered_all_the_same(api: BotApi) -> None:
    chat = api.private()
    offer = await chat.ask("what is the weather like")
    api.methods.presses.discard(chat.press(offer.message, "ask:0", chat.person))
    assert "Source: " in (await chat.reply()).text
