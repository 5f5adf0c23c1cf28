"""Messages that nobody should send, and everybody does: each gets a clear reply, and the next question is answered."""

from __future__ import annotations

import pytest

from bot.handlers.messages import WORDLESS
from tests.telegram.server import BotApi

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("text", ["🎉", "🎉🎉 🙏🏽", "???", "…", "👨‍👩‍👧‍👦", "\u200b\u2060", "-", "/" * 100])
async def test_text_without_words_is_answered_in_words(api: BotApi, text: str) -> None:
    assert (await api.private().ask(text)).text == WORDLESS


@pytest.mark.parametrize(
    "text",
    [
        "a" * 4096,
        "xiaomi " * 585,
        "字" * 4096,
        "<b>x</b> & <script>alert(1)</script>",
        "top five in <i>narnia</i> & co",
        "tell me about <Zorgon> & sons",
        "&lt;b&gt; &amp; &#0; &nbsp",
        "كم هاتف شحنت شاومي في 2017؟",
        "\u202eimoaix shipments",
        "x\x00y\x07z",
        "%s %d {vendor} {0} {",
        "'; DROP TABLE fact; --",
        "١٢٣٤",
        "a\u0301" * 1500,
    ],
    ids=range(14),
)
async def test_odd_text_gets_a_reply(api: BotApi, text: str) -> None:
    chat = api.private()
    reply = await chat.ask(text)
    assert reply.text.strip()
    assert reply.parameters.get("parse_mode") == "HTML", "the HTML was refused"
    assert "reference" not in reply.text
    assert "Source: " in (await chat.ask("how many phones did xiaomi ship in q2 2017")).text


async def test_the_longest_answers_fit_one_message(api: BotApi) -> None:
    chat = api.private()
    for question in (
        "launches",
        "tell me about xiaomi",
        "xiaomi milestones",
        "all launches in the world",
        "/launches world",
    ):
        assert 0 < len((await chat.ask(question)).text) <= 4096
