"""Updates by webhook: only Telegram's, none twice, none lost; and what a machine asks of the bot."""

from __future__ import annotations

import asyncio
import io
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from PIL import Image
from sqlalchemy import text
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from bot.handlers.flood import TOO_FAST
from bot.webhook import MOST_BYTES
from store.engine import open_engine, writing
from store.inbox import Inbox, UpdateKey
from tests.free_port import free_port
from tests.telegram.faults import Fault, too_many
from tests.telegram.fixtures import RunningBot, running_bot
from tests.telegram.postman import SECRET_HEADER, Postman
from tests.telegram.server import BotApi

pytestmark = pytest.mark.anyio

QUESTION = "how many phones did xiaomi ship in q2 2017"
SECRET = "only-Telegram_knows"


@dataclass(frozen=True)
class Webhook:
    """A bot that is called, and who calls it."""

    bot: RunningBot
    postman: Postman
    address: str

    @property
    def api(self) -> BotApi:
        return self.bot.api

    def page(self, path: str) -> str:
        return self.address.removesuffix("/telegram") + path


@asynccontextmanager
async def called(file: Path, **settings: Any) -> AsyncIterator[Webhook]:
    address = f"http://127.0.0.1:{free_port()}/telegram"
    bot_of = running_bot(file, webhook_url=address, webhook_secret=SECRET, **settings)
    async with bot_of as bot, Postman([address], SECRET) as postman:
        bot.api.postman = postman
        yield Webhook(bot, postman, address)


@pytest.fixture(scope="module")
async def webhook(
    anyio_backend: str, loaded_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Webhook]:
    file = Path(shutil.copy(loaded_file, tmp_path_factory.mktemp("webhook") / "vendorbot.db"))
    async with called(file) as one:
        yield one


def update_of(webhook: Webhook, words: str, number: int = 0) -> dict[str, Any]:
    """An update as Telegram sends it, not brought yet."""
    chat = webhook.api.private()
    message = webhook.api.methods.new_message(chat.payload, chat.person, text=words)
    return {"update_id": number or 10_000 + message["message_id"], "message": message}


async def test_questions_and_follow_ups_are_answered(webhook: Webhook) -> None:
    anna = webhook.api.private()
    assert "Source: " in (await anna.ask(QUESTION)).text
    assert "India" in (await anna.ask("and in india?")).text
    told = webhook.api.of("setWebhook")[0].parameters
    assert told["url"] == webhook.address
    assert told["secret_token"] == SECRET
    assert {"message", "callback_query"} <= set(told["allowed_updates"])
    assert not webhook.api.of("deleteWebhook")
    assert not webhook.api.polls


async def test_who_is_not_telegram_is_turned_away(webhook: Webhook) -> None:
    update = update_of(webhook, QUESTION)
    for secret in ("", "only-Telegram_know", f"{SECRET}s", "ünï"):
        assert await webhook.postman.call(webhook.address, update, **{SECRET_HEADER: secret}) == 403
    assert not webhook.api.of("sendMessage", update["message"]["chat"]["id"])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[]", 400),
        (b"[" * 100_000, 400),
        (b'{"update_id": "1"}', 400),
        (b'{"update_id": true}', 400),
        (b'{"update_id": 1e400}', 400),
        (b'{"update_id": ' + b"9" * 5000 + b"}", 400),
        (b'{"update_id": -1}', 400),
        (b" " * (MOST_BYTES + 1), 413),
        (b'{"update_id": 901}', 200),
        (b'{"update_id": 902, "message": {"message_id": 1}}', 200),
        (b'{"update_id": 903, "message": 5}', 200),
        (b'{"update_id": 904, "news_of_tomorrow": {}}', 200),
    ],
    ids=range(15),
)
async def test_what_is_no_update_is_refused_and_what_cannot_be_read_is_left_out(
    webhook: Webhook, body: bytes, status: int
) -> None:
    assert await webhook.postman.call(webhook.address, body) == status
    assert "Hello" in (await webhook.api.private().ask("hello")).text


async def test_an_update_that_comes_again_is_answered_once(webhook: Webhook) -> None:
    update = update_of(webhook, QUESTION)
    statuses = await asyncio.gather(*(webhook.postman.call(webhook.address, update) for _ in range(5)))
    statuses.append(await webhook.postman.call(webhook.address, update))
    assert statuses == [200] * 6
    await webhook.postman.all_confirmed()
    assert len(webhook.api.of("sendMessage", update["message"]["chat"]["id"])) == 1


async def test_a_machine_sees_that_it_is_alive_ready_and_at_work(webhook: Webhook) -> None:
    await webhook.api.private().ask(QUESTION)
    assert await webhook.postman.get(webhook.page("/health")) == (200, "alive\n")
    assert await webhook.postman.get(webhook.page("/ready")) == (200, "ready\n")
    _, figures = await webhook.postman.get(webhook.page("/metrics"))
    for name in (
        'vendorbot_updates_total{fate="taken"}', 'vendorbot_answers_total{outcome="answered"}',
        "vendorbot_answer_seconds_bucket", "vendorbot_update_seconds_count", "vendorbot_told_to_wait_total",
        'vendorbot_webhook_requests_total{status="200"}', "process_resident_memory_bytes",
    ):  # fmt: skip
        assert name in figures
    assert (await webhook.postman.get(webhook.page("/nowhere")))[0] == 404


async def test_inline_results_have_a_small_picture_that_the_bot_serves(webhook: Webhook) -> None:
    offered = await webhook.api.private().type("xiaomi india q3")
    address = offered[0]["thumbnail_url"]
    assert address.startswith(f"{webhook.address}/thumbnail/x-")
    async with aiohttp.ClientSession() as session, session.get(address) as served:
        assert (served.status, served.content_type) == (200, "image/png")
        assert Image.open(io.BytesIO(await served.read())).size == (180, 180)
    for name in ("x-123456.png", "xx-ff9430.png", "..%2F..%2Fmetrics", "x.png"):
        assert (await webhook.postman.get(f"{webhook.address}/thumbnail/{name}"))[0] == 404


async def test_one_name_stands_in_every_line_of_a_question(webhook: Webhook) -> None:
    chat = webhook.api.private()
    webhook.api.fail("sendMessage", too_many(1), chat_id=chat.id)
    webhook.api.fail("sendMessage", Fault(400, "Bad Request: chat not found"), chat_id=chat.id)
    with capture_logs(processors=[merge_contextvars]) as logs:
        said = (await chat.ask(QUESTION)).text
    names = {one["request"] for one in logs}
    assert {"answered", "told to wait", "a question failed"} <= {one["event"] for one in logs}
    assert len(names) == 1
    assert names.pop() in said


async def test_a_flood_of_one_is_slowed_for_that_one(loaded_file: Path, tmp_path: Path, anyio_backend: str) -> None:
    file = Path(shutil.copy(loaded_file, tmp_path / "vendorbot.db"))
    async with called(file, user_rate=0.1, user_burst=3) as webhook:
        flooder, other = webhook.api.private("Flooder"), webhook.api.private("Other")
        for _ in range(50):
            flooder.post("hello")
        replies = [(await flooder.reply()).text for _ in range(4)]
        assert sorted("Hello" in one for one in replies) == [False, True, True, True]
        assert replies.count(TOO_FAST) == 1
        assert "Source: " in (await other.ask(QUESTION)).text
        assert len(webhook.api.of("sendMessage", flooder.id)) == 4
    # What had to wait when the bot ended is answered by the next.
    async with called(file, user_rate=100) as webhook:
        assert "Hello" in (await webhook.api.next("sendMessage", flooder.id)).text


async def test_what_a_process_that_is_gone_had_taken_is_answered_by_the_next(
    loaded_file: Path, tmp_path: Path, anyio_backend: str
) -> None:
    file = Path(shutil.copy(loaded_file, tmp_path / "vendorbot.db"))
    async with BotApi() as api:
        chat = api.private()
        message = api.methods.new_message(chat.payload, chat.person, text=QUESTION)
    engine = open_engine(f"sqlite:///{file}")
    with writing(engine) as session:
        gone = Inbox(int(api.token.partition(":")[0]), "gone")
        body = json.dumps({"update_id": 77, "message": message})
        assert gone.take(session, UpdateKey.of(77, body), body)
        session.execute(text("UPDATE incoming SET held_until = 1"))
    async with called(file) as webhook:
        assert "Source: " in (await webhook.api.next("sendMessage", chat.id)).text
    with writing(engine) as session:
        assert session.execute(text("SELECT body FROM incoming WHERE update_id = 77")).scalar_one() is None


async def test_two_bots_on_one_database_answer_an_update_once(postgres_url: str, anyio_backend: str) -> None:
    first, second = (called(Path("unused"), database_url=postgres_url) for _ in range(2))
    async with first as one, second as two:
        update = update_of(one, QUESTION)
        calls = [bot.postman.call(bot.address, update) for bot in (one, two) for _ in range(3)]
        assert await asyncio.gather(*calls) == [200] * 6
        chat_id = update["message"]["chat"]["id"]
        answers = [one.api.of("sendMessage", chat_id), two.api.of("sendMessage", chat_id)]
        assert sorted(map(len, answers)) == [0, 1]
