"""Answers that cannot be sent are sent later: by the same process, or by the next."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot import sending
from store import inbox
from tests.free_port import free_port
from tests.telegram.faults import DROPPED
from tests.telegram.fixtures import running_bot
from tests.telegram.postman import Postman

pytestmark = pytest.mark.anyio

QUESTION = "how many phones did xiaomi ship in q2 2017"


async def test_what_could_not_be_sent_is_sent_when_telegram_is_back(
    loaded_file: Path, tmp_path: Path, anyio_backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # An hour in a second: the pauses are shorter, the course of things is the same.
    monkeypatch.setattr(sending, "_PAUSES", (0.01, 0.01))
    monkeypatch.setattr(inbox, "PUT_OFF_SECONDS", 0.1)
    file = Path(shutil.copy(loaded_file, tmp_path / "vendorbot.db"))
    address = f"http://127.0.0.1:{free_port()}/hook"
    settings = {"webhook_url": address, "webhook_secret": "s", "lease_seconds": 1}
    async with running_bot(file, **settings) as bot, Postman([address], "s") as postman:
        bot.api.postman = postman
        chats = [bot.api.private() for _ in range(5)]
        bot.api.fail("sendMessage", DROPPED, times=None)
        with capture_logs() as logs:
            for chat in chats:
                chat.post(QUESTION)
            await postman.all_confirmed()
            await bot.api.until(lambda: len(bot.api.of("sendMessage", chats[0].id)) > 6, "it was not tried again")
            bot.api.mend()
            for chat in chats:
                assert "Source: " in (await chat.reply()).text
        assert "Hello" in (await chats[0].ask("hello")).text
        for chat in chats[1:]:
            assert len([one for one in bot.api.of("sendMessage", chat.id) if one.status == 200]) == 1
    assert {one["log_level"] for one in logs} <= {"debug", "info", "warning"}
    assert "the answer could not be sent; it is tried again in a while" in {one["event"] for one in logs}


async def test_what_could_not_be_sent_before_the_end_is_sent_after_the_next_start(
    loaded_file: Path, tmp_path: Path, anyio_backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "_PAUSES", (0.01,))
    monkeypatch.setattr(inbox, "PUT_OFF_SECONDS", 0.0)
    file = Path(shutil.copy(loaded_file, tmp_path / "vendorbot.db"))
    async with running_bot(file) as bot:
        chat = bot.api.private()
        bot.api.fail("sendMessage", DROPPED, times=None, chat_id=chat.id)
        chat.post(QUESTION)
        await bot.api.until(lambda: len(bot.api.of("sendMessage", chat.id)) > 1, "it was not tried")
        await bot.api.private().ask("hello")
    async with running_bot(file) as bot:
        assert "Source: " in (await bot.api.next("sendMessage", chat.id)).text
