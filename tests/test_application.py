"""`vendorbot run` as a process: how it starts, how it ends, what it says, and that it never says the token."""

from __future__ import annotations

import asyncio
import json
import signal
from pathlib import Path

import pytest

from tests import running_process
from tests.running_process import SECRET_PART as SECRET
from tests.telegram.faults import BLOCKED, DROPPED, INTERNAL, UNAUTHORIZED, Fault, slow
from tests.telegram.server import TOKEN, BotApi

pytestmark = pytest.mark.anyio


def started(environment: dict[str, str], file: Path, base: str, token: str = TOKEN, level: str = "INFO"):  # type: ignore[no-untyped-def]
    settings = {"TELEGRAM_BOT_TOKEN": token, "LOG_LEVEL": level}
    return running_process.started(environment, file.parent, base, f"sqlite:///{file}", **settings)


async def test_it_answers_and_ends_at_sigterm_with_what_is_under_way_done(
    environment: dict[str, str], sqlite_file: Path, anyio_backend: str
) -> None:
    async with BotApi() as api, started(environment, sqlite_file, api.base) as bot:
        chat = api.private()
        assert "Source: " in (await chat.ask("how many phones did xiaomi ship in q2 2017")).text
        api.fail("sendMessage", slow(0.5))
        chat.post("hello")
        await api.until(lambda: len(api.polls) > 2, "the question was not fetched")
        await bot.end()
        assert bot.code == 0
        assert "Hello" in (await chat.reply()).text
        assert api.pending == 0
        api.check()
    lines = [json.loads(line) for line in bot.said.splitlines()]
    assert [line["event"] for line in lines if line["logger"] == "vendorbot"] == ["running", "stopped"]
    assert {line["level"] for line in lines} == {"info"}


async def test_the_token_is_in_no_log_line(environment: dict[str, str], sqlite_file: Path, anyio_backend: str) -> None:
    async with BotApi() as api, started(environment, sqlite_file, api.base, level="DEBUG") as bot:
        chat = api.private()
        await chat.ask("hello")
        for fault in (INTERNAL, DROPPED, UNAUTHORIZED, BLOCKED, Fault(400, f"Bad Request: {TOKEN}")):
            api.fail("sendMessage", fault, chat_id=chat.id)
            chat.post("hello")
            sent = len(api.of("sendMessage", chat.id))
            await api.until(lambda sent=sent: len(api.of("sendMessage", chat.id)) > sent, "no reply")  # type: ignore[misc]
        api.fail("getUpdates", Fault(500, f"Internal Server Error of {TOKEN}"))
        chat.post("🎉")
        await api.until(lambda: "words only" in str(api.requests[-1].result), "no reply")
        await api.stop()
        await bot.end(signal.SIGINT)
        assert bot.code == 0
    assert "getUpdates" in bot.said
    assert "***" in bot.said
    assert "Traceback" in bot.said


@pytest.mark.parametrize("token", [f"987654321:{SECRET}", f"123456789:{SECRET[:-1]}y"])
async def test_a_wrong_token_is_said_in_a_sentence(
    environment: dict[str, str], sqlite_file: Path, anyio_backend: str, token: str
) -> None:
    async with BotApi() as api, started(environment, sqlite_file, api.base, token) as bot:
        await bot.wait()
        assert bot.code == 1
        assert bot.said == (
            f"vendorbot: Telegram does not accept the token (asked at {api.base.removeprefix('http://')})."
            " Ask @BotFather for the present one (/mybots, API Token) and set TELEGRAM_BOT_TOKEN.\n"
        )


async def test_a_missing_token_is_said_in_a_sentence(
    environment: dict[str, str], sqlite_file: Path, anyio_backend: str
) -> None:
    async with started(environment, sqlite_file, "http://127.0.0.1:1", token="") as bot:
        await bot.wait()
    assert bot.code == 1
    assert bot.said.startswith("vendorbot: TELEGRAM_BOT_TOKEN is not set.")
    assert bot.said.count("\n") == 1


async def test_an_api_that_is_no_bot_api_is_said_in_a_sentence(
    environment: dict[str, str], sqlite_file: Path, anyio_backend: str
) -> None:
    async with BotApi() as api:
        api.fail("getMe", Fault(502, "Bad Gateway"), times=None)
        async with started(environment, sqlite_file, api.base) as bot:
            await bot.wait()
    assert bot.code == 1
    assert bot.said.startswith("vendorbot: Telegram cannot be reached at 127.0.0.1:")
    assert bot.said.count("\n") == 1


async def test_an_api_that_is_away_at_the_start_is_said_in_a_sentence(
    environment: dict[str, str], sqlite_file: Path, anyio_backend: str
) -> None:
    async with BotApi() as api:
        base = api.base
    async with started(environment, sqlite_file, base) as bot:
        await bot.wait()
    assert bot.code == 1
    assert bot.said.startswith(f"vendorbot: Telegram cannot be reached at {base.removeprefix('http://')}: ")
    assert bot.said.endswith("Check the network and TELEGRAM_API_BASE.\n")
    assert bot.said.count("\n") == 1


async def test_it_ends_at_sigterm_while_it_starts_and_while_telegram_is_away(
    environment: dict[str, str], sqlite_file: Path, anyio_backend: str
) -> None:
    async with BotApi() as api:
        asked = asyncio.Event()

        def note(_parameters: object) -> bool:
            asked.set()
            return True

        api.fail("getMe", slow(60), when=note)
        async with started(environment, sqlite_file, api.base) as bot:
            await asyncio.wait_for(asked.wait(), 20)
            await bot.end()
            assert bot.code == 0
        api.mend()
        async with started(environment, sqlite_file, api.base) as bot:
            await api.private().ask("hello")
            await api.stop()
            await asyncio.sleep(0.5)  # long enough to be missed
            await bot.end()
            assert bot.code == 0
            assert "Traceback" not in bot.said
            assert bot.said.count("out of reach") == 1
