"""When something breaks: the person is told in a sentence, the log in full, both with one reference."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from telegram.error import BadRequest

from bot.handlers.reply import within_limit
from store.engine import StoreError
from tests.telegram.faults import (
    BLOCKED,
    CHAT_NOT_FOUND,
    DROPPED,
    HTML_REFUSED,
    INTERNAL,
    UNAUTHORIZED,
    too_many,
)
from tests.telegram.fixtures import RunningBot, running_bot
from tests.telegram.server import BotApi

pytestmark = pytest.mark.anyio

QUESTION = "how many phones did xiaomi ship in q2 2017"


@pytest.fixture
async def fragile_bot(anyio_backend: str, loaded_file: Path, tmp_path: Path) -> AsyncIterator[RunningBot]:
    """A bot of one's own, to break."""
    async with running_bot(Path(shutil.copy(loaded_file, tmp_path / "vendorbot.db"))) as one:
        yield one


async def test_a_broken_database_is_told_in_a_sentence_and_logged_in_full(fragile_bot: RunningBot) -> None:
    chat = fragile_bot.api.private()
    await chat.ask(QUESTION)
    break_database(fragile_bot.file)
    with capture_logs() as logs:
        said = (await chat.ask(QUESTION)).text
    found = re.fullmatch(
        r"I cannot reach my facts right now, so please ask again in a few minutes \(reference ([0-9A-F]{6})\)\.", said
    )
    assert found, said
    logged = next(one for one in logs if one["log_level"] == "error")
    assert logged["reference"] == found[1]
    assert isinstance(logged["exc_info"], StoreError)
    # What needs no database is answered all the same.
    assert "words only" in (await chat.ask("🎉")).text


async def test_a_damaged_page_takes_only_what_stands_on_it(
    loaded_file: Path, tmp_path: Path, anyio_backend: str
) -> None:
    file = Path(shutil.copy(loaded_file, tmp_path / "vendorbot.db"))
    break_page(file, "launch")
    async with running_bot(file) as bot:
        chat = bot.api.private()
        assert "Source: " in (await chat.ask(QUESTION)).text
        with capture_logs() as logs:
            said = (await chat.ask("when does xiaomi launch in spain")).text
        assert said.startswith("I cannot reach my facts right now")
        fault = next(one["exc_info"] for one in logs if one["log_level"] == "error")
        assert "The file is damaged. Put a backup in its place (vendorbot db restore FILE --force)" in str(fault)
        assert "Source: " in (await chat.ask(QUESTION)).text


async def test_the_bot_recovers_with_its_database(fragile_bot: RunningBot, loaded_file: Path) -> None:
    chat = fragile_bot.api.private()
    with sqlite3.connect(fragile_bot.file) as connection:
        connection.execute("ALTER TABLE fact RENAME TO gone")
    assert "reference" in (await chat.ask(QUESTION)).text
    with sqlite3.connect(fragile_bot.file) as connection:
        connection.execute("ALTER TABLE gone RENAME TO fact")
    assert "Source: " in (await chat.ask(QUESTION)).text


async def test_html_that_telegram_refuses_is_sent_as_plain_text(api: BotApi) -> None:
    chat = api.private()
    api.fail("sendMessage", HTML_REFUSED, chat_id=chat.id)
    reply = await chat.ask(QUESTION)
    assert "parse_mode" not in reply.parameters
    assert "Source: " in reply.text
    assert "<" not in reply.text


@pytest.mark.parametrize("fault", [INTERNAL, DROPPED, too_many(1)], ids=["500", "dropped", "429"])
async def test_a_reply_that_did_not_arrive_is_sent_again(api: BotApi, fault: object) -> None:
    chat = api.private()
    api.fail("sendMessage", fault, chat_id=chat.id)  # type: ignore[arg-type]
    assert "Source: " in (await chat.ask(QUESTION)).text
    assert len(api.of("sendMessage", chat.id)) == 2


@pytest.mark.parametrize("fault", [BLOCKED, CHAT_NOT_FOUND, UNAUTHORIZED], ids=["blocked", "no chat", "401"])
async def test_a_reply_that_cannot_arrive_is_given_up_and_others_are_answered(api: BotApi, fault: object) -> None:
    chat, other = api.private(), api.private()
    api.fail("sendMessage", fault, times=None, chat_id=chat.id)  # type: ignore[arg-type]
    chat.post(QUESTION)
    assert "Source: " in (await other.ask(QUESTION)).text
    await api.until(lambda: bool(api.of("sendMessage", chat.id)), "nothing was tried")
    await other.ask(QUESTION)
    assert len(api.of("sendMessage", chat.id)) <= 2


async def test_a_bug_is_told_without_its_traceback(api: BotApi) -> None:
    # Any fault that is nobody's but ours: here Telegram finds something wrong with what the bot sends.
    chat = api.private()
    api.fail("sendMessage", CHAT_NOT_FOUND, chat_id=chat.id)
    with capture_logs() as logs:
        said = (await chat.ask(QUESTION)).text
    found = re.fullmatch(
        r"Something went wrong on my side, so I have no answer;"
        r" whoever runs me finds it under the reference ([0-9A-F]{6})\.",
        said,
    )
    assert found, said
    logged = next(one for one in logs if one["log_level"] == "error")
    assert logged["reference"] == found[1]
    assert isinstance(logged["exc_info"], BadRequest)


def test_a_text_too_long_is_cut_at_a_line_and_says_so() -> None:
    cut = within_limit("\n".join(["line"] * 2000))
    assert len(cut) <= 4096
    assert cut.endswith("line\n…")
    assert within_limit("x" * 5000).endswith("x\n…")
    assert within_limit("short") == "short"


def break_page(file: Path, table: str) -> None:
    """Overwrite the page that leads to all rows of a table."""
    with sqlite3.connect(file) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    whole = file.read_bytes()
    file.write_bytes(whole[: (page - 1) * size] + b"\xff" * size + whole[page * size :])


def break_database(file: Path) -> None:
    """Overwrite the database with rubbish, its side files too."""
    for one in (file, file.with_name(file.name + "-wal"), file.with_name(file.name + "-shm")):
        if one.exists():
            one.write_bytes(b"rubbish " * 4096)
