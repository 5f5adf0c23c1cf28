"""One slow question blocks nobody else, and shows that the bot is at work."""

from __future__ import annotations

import asyncio
import sqlite3
import time

import pytest

from tests.telegram.faults import INTERNAL
from tests.telegram.fixtures import RunningBot
from tests.telegram.server import BotApi

pytestmark = pytest.mark.anyio
SUBSCRIBING = "tell me when xiaomi launches in france"


async def test_a_slow_question_blocks_nobody_and_shows_typing(bot: RunningBot, api: BotApi) -> None:
    slow, other = api.private("Slow"), api.private("Other")
    # Another program writes: what is to be recorded waits for it, what is not is answered meanwhile.
    with sqlite3.connect(bot.file, isolation_level=None) as writer:
        writer.execute("BEGIN IMMEDIATE")
        slow.post(SUBSCRIBING)
        slow.post("what is the weather like")
        typing = await api.next("sendChatAction", slow.id)
        assert typing.parameters["action"] == "typing"
        assert "I don't know" in (await other.ask("what is the weather like")).text
        assert not api.of("sendMessage", slow.id)
        writer.execute("COMMIT")
    assert "France" in (await slow.reply()).text
    assert "I don't know" in (await slow.reply()).text


async def test_typing_stays_in_the_topic_and_a_fault_of_it_is_harmless(bot: RunningBot, api: BotApi) -> None:
    group = api.group(forum=True)
    private = api.private()
    api.fail("sendChatAction", INTERNAL, chat_id=private.id)
    with sqlite3.connect(bot.file, isolation_level=None) as writer:
        writer.execute("BEGIN IMMEDIATE")
        group.post(private.person, f"/ask {SUBSCRIBING}", topic=42)
        private.post(SUBSCRIBING)
        typing = await api.next("sendChatAction", group.id)
        assert typing.parameters["message_thread_id"] == 42
        await api.until(lambda: bool(api.of("sendChatAction", private.id)), "no typing")
        writer.execute("COMMIT")
    assert "admin" in (await group.reply()).text
    assert "France" in (await private.reply()).text


async def test_a_crowd_is_answered_at_once(api: BotApi) -> None:
    chats = [api.private(str(number)) for number in range(60)]
    began = time.monotonic()
    for chat in chats:
        chat.post("how many phones did xiaomi ship in q2 2017")
    replies = await asyncio.gather(*(chat.reply() for chat in chats))
    assert all("Source: " in reply.text for reply in replies)
    assert time.monotonic() - began < 5
