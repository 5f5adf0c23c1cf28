"""Telegram away, and back: the bot waits for it quietly and loses nothing."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs
from telegram import Bot, Update

from bot import polling
from bot.telegram_client import TelegramClient
from tests.telegram.faults import DROPPED, INTERNAL, UNAUTHORIZED, Fault, too_many
from tests.telegram.fixtures import RunningBot, running_bot
from tests.telegram.server import BotApi

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
async def polling_bot(
    anyio_backend: str, loaded_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[RunningBot]:
    """A bot whose polling may be disturbed, shared by this module."""
    file = Path(shutil.copy(loaded_file, tmp_path_factory.mktemp("polling") / "vendorbot.db"))
    async with running_bot(file) as one:
        yield one


@pytest.mark.parametrize(
    "fault",
    [INTERNAL, DROPPED, UNAUTHORIZED, Fault(404, "Not Found"), Fault(409, "Conflict: terminated by"), too_many(1)],
    ids=["500", "dropped", "401", "404", "409", "429"],
)
async def test_polling_goes_on_after_a_fault(polling_bot: RunningBot, fault: Fault) -> None:
    api = polling_bot.api
    chat = api.private()
    with capture_logs() as logs:
        api.fail("getUpdates", fault)
        await chat.ask("hello")  # ends the poll that is open, so that the next one fails
        assert "Hello" in (await chat.ask("hello")).text
    said = [one["event"] for one in logs if one["event"].startswith("Telegram is")]
    assert said == ["Telegram is out of reach; trying again until it is back", "Telegram is back"]
    assert len(api.of("sendMessage", chat.id)) == 2
    api.check()


@pytest.mark.filterwarnings("ignore:Please use:UserWarning")  # the raw way is needed here
async def test_an_update_that_cannot_be_read_is_left_out_and_the_others_are_answered(polling_bot: RunningBot) -> None:
    api = polling_bot.api
    chat = api.private()
    await chat.ask("hello")
    with capture_logs() as logs:
        api.push_as_it_is({"message": {"message_id": 1, "text": "no date, no chat"}})
        assert "Hello" in (await chat.ask("hello")).text
    assert [one["event"] for one in logs if one["log_level"] == "error"] == [
        "an update that cannot be read is left out"
    ]
    assert len(api.of("sendMessage", chat.id)) == 2


@pytest.mark.filterwarnings("ignore:Please use:UserWarning")
async def test_one_that_cannot_be_taken_and_one_that_cannot_be_fetched_do_not_end_it(
    anyio_backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There may be no memory for it. Nobody else fetches what comes."""
    monkeypatch.setattr(polling, "_TRY_PAUSE", 0.001)
    monkeypatch.setattr(polling._Away, "pause_after", lambda _away, _error: 0.001)
    fetch, fetches = polling._fetch, iter((MemoryError(), None))

    async def with_little_memory(bot: Bot, offset: int | None) -> Any:
        if (error := next(fetches, None)) is not None:
            raise error
        return await fetch(bot, offset)

    monkeypatch.setattr(polling, "_fetch", with_little_memory)
    taken, done = [], asyncio.Event()

    async def deliver(update: Update) -> None:
        assert update.message
        taken.append(update.message.text)
        if update.message.text == "one":
            raise MemoryError
        done.set()

    async with BotApi() as api:
        anna = api.private()
        anna.post("one")
        anna.post("two")
        async with Bot(api.token, base_url=f"{api.base}/bot", request=TelegramClient()) as bot:
            polled = asyncio.create_task(polling.poll(bot, deliver))
            async with asyncio.timeout(20):
                await done.wait()
            polled.cancel()
            await asyncio.wait([polled])
        assert api.pending == 0
    assert taken == ["one", "one", "one", "two"]


async def test_what_was_asked_while_telegram_was_away_is_answered_when_it_is_back(polling_bot: RunningBot) -> None:
    api = polling_bot.api
    chat = api.private()
    await api.stop()
    chat.post("how many phones did xiaomi ship in q2 2017")
    await api.start()
    assert "Source: " in (await chat.reply()).text


async def test_what_was_asked_before_the_start_is_answered_and_confirmed_at_the_stop(
    anyio_backend: str, loaded_file: Path, tmp_path: Path
) -> None:
    async with running_bot(Path(shutil.copy(loaded_file, tmp_path / "vendorbot.db"))) as bot:
        chat = bot.api.private()
        for _ in range(5):
            chat.post("hello")
        for _ in range(5):
            await chat.reply()
    assert bot.api.pending == 0
    assert all(not one.parameters.get("drop_pending_updates") for one in bot.api.of("deleteWebhook"))
