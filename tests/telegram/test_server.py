"""The server refuses what Telegram refuses; otherwise the tests on it would prove little."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.telegram.faults import DROPPED, too_many
from tests.telegram.markup import MarkupError, parse_html
from tests.telegram.server import BotApi

pytestmark = pytest.mark.anyio


@pytest.fixture
async def server(anyio_backend: str) -> AsyncIterator[BotApi]:
    async with BotApi() as one:
        yield one


async def call(server: BotApi, method: str, **parameters: Any) -> dict[str, Any]:
    address = f"{server.base}/bot{server.token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(address, json=parameters) as response:
        answer: dict[str, Any] = await response.json()
        assert response.status == answer.get("error_code", 200)
        return answer


@pytest.mark.parametrize(
    ("method", "parameters", "fault"),
    [
        ("sendMessages", {}, "there is no method sendMessages"),
        ("sendMessage", {"chat_id": 1}, "text is missing"),
        ("sendMessage", {"chat_id": 1, "text": "x", "colour": "red"}, "there is no field colour"),
        ("sendMessage", {"chat_id": True, "text": "x"}, "True is no"),
        ("sendMessage", {"chat_id": 1, "text": 5}, "5 is no String"),
        ("sendMessage", {"chat_id": 1, "text": " "}, "message text is empty"),
        ("sendMessage", {"chat_id": 1, "text": "x" * 4097}, "message is too long"),
        ("sendMessage", {"chat_id": 1, "text": "<b>x", "parse_mode": "HTML"}, "can't find end tag"),
        ("sendMessage", {"chat_id": 1, "text": "x", "message_thread_id": 3}, "message thread not found"),
        ("sendMessage", {"chat_id": 1, "text": "x", "reply_parameters": {"message": 1}}, "there is no field message"),
        ("sendMessage", {"chat_id": 1, "text": "x", "link_preview_options": {"is_disabled": 1}}, "1 is no Boolean"),
        ("sendChatAction", {"chat_id": 1, "action": "sleeping"}, "wrong parameter action"),
        ("setMyCommands", {"commands": [{"command": "x"}]}, "description is missing"),
        ("setMyCommands", {"commands": [], "scope": {"type": "everyone"}}, "'everyone' is not"),
    ],
)
async def test_what_telegram_refuses_is_refused_and_noted(
    server: BotApi, method: str, parameters: dict[str, Any], fault: str
) -> None:
    assert fault in (await call(server, method, **parameters))["description"]
    with pytest.raises(AssertionError, match=re.escape(fault)):
        server.check()


@pytest.mark.parametrize(
    ("button", "fits"),
    [
        ({"text": "x", "callback_data": "é" * 32}, True),
        ({"text": "x", "callback_data": "é" * 33}, False),
        ({"text": "x", "callback_data": ""}, False),
        ({"text": "x"}, False),
        ({"text": "x", "callback_data": "y", "url": "https://example.org"}, False),
    ],
)
async def test_buttons_are_checked(server: BotApi, button: dict[str, str], fits: bool) -> None:
    answer = await call(server, "sendMessage", chat_id=1, text="x", reply_markup={"inline_keyboard": [[button]]})
    assert answer["ok"] is fits
    server.violations.clear()


async def test_any_method_is_answered_as_described(server: BotApi) -> None:
    anna = server.private()
    assert (await call(server, "getChat", chat_id=anna.id))["result"]["id"] == anna.id
    assert (await call(server, "getChat", chat_id=5))["description"] == "Bad Request: chat not found"
    assert (await call(server, "exportChatInviteLink", chat_id=5))["result"] == ""
    assert (await call(server, "deleteMessage", chat_id=5, message_id=1))["result"] is True
    assert (await call(server, "getMe"))["result"]["is_bot"] is True
    sent = (await call(server, "sendLocation", chat_id=5, latitude=1.5, longitude=2))["result"]
    assert sent["chat"]["id"] == 5


async def test_updates_are_kept_until_confirmed_and_waited_for(server: BotApi) -> None:
    chat = server.private()
    chat.post("one")
    chat.post("two")
    first = (await call(server, "getUpdates"))["result"]
    assert [one["message"]["text"] for one in first] == ["one", "two"]
    assert (await call(server, "getUpdates", offset=first[0]["update_id"] + 1))["result"] == first[1:]
    began = time.monotonic()
    assert (await call(server, "getUpdates", offset=first[1]["update_id"] + 1, timeout=1))["result"] == []
    assert time.monotonic() - began > 0.9
    assert server.pending == 0


async def test_faults_strike_as_often_as_told(server: BotApi) -> None:
    server.fail("sendMessage", too_many(3), chat_id=7)
    assert (await call(server, "sendMessage", chat_id=8, text="x"))["ok"]
    assert (await call(server, "sendMessage", chat_id=7, text="x"))["parameters"] == {"retry_after": 3}
    assert (await call(server, "sendMessage", chat_id=7, text="x"))["ok"]
    server.fail("sendMessage", DROPPED)
    with pytest.raises(aiohttp.ClientError):
        await call(server, "sendMessage", chat_id=7, text="x")
    assert [one.status for one in server.of("sendMessage", 7)] == [429, 200, 500]
    server.check()


@pytest.mark.parametrize(
    "markup",
    ["<b>x", "x</b>", "<b><i>x</b></i>", "<script>x</script>", "a & b", "a < b", "a > b", '<a href="x">y</a>',
     '<b class="x">y</b>', "<br/>", "&nbsp;", "<!-- x -->"],
)  # fmt: skip
def test_html_that_is_not_telegrams_is_refused(markup: str) -> None:
    with pytest.raises(MarkupError, match="can't parse entities"):
        parse_html(markup)


def test_html_is_read_as_people_see_it() -> None:
    text, entities = parse_html('🎉 <b>a &lt; b</b> <a href="https://example.org/?x=1&amp;y=2">c</a>')
    assert text == "🎉 a < b c"
    assert entities == [
        {"type": "bold", "offset": 3, "length": 5},
        {"type": "text_link", "offset": 9, "length": 1, "url": "https://example.org/?x=1&y=2"},
    ]
    text, entities = parse_html("<pre>x</pre>\n<blockquote expandable>y</blockquote>")
    assert [one["type"] for one in entities] == ["pre", "expandable_blockquote"]
