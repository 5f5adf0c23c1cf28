"""Inline mode: @bot and a question, in any chat."""

from __future__ import annotations

from typing import Any

import pytest

from tests.telegram.server import BotApi

pytestmark = pytest.mark.anyio


def text_of(result: dict[str, Any]) -> str:
    return str(result["input_message_content"]["message_text"])


async def test_what_is_typed_is_answered_with_source_and_near_questions(api: BotApi) -> None:
    offered = await api.private().type("xiaomi india q3")
    assert offered[0]["title"] == "Xiaomi · India · Q3 2017 · shipments"
    assert "9.2 million" in offered[0]["description"]
    assert "Source: " in text_of(offered[0])
    assert offered[0]["input_message_content"]["link_preview_options"] == {"is_disabled": True}
    assert any("market share" in one["title"] for one in offered[1:])
    assert any("ranking" in one["title"] for one in offered[1:])


async def test_nothing_typed_offers_examples_and_the_private_chat(api: BotApi) -> None:
    offered = await api.private().type("")
    assert len(offered) >= 3
    answered = api.of("answerInlineQuery")[-1].parameters
    assert answered["button"]["start_parameter"]
    assert answered["cache_time"] >= 60


@pytest.mark.parametrize(("typed", "title"), [("xia", "Xiaomi"), ("xiaomi spa", "Xiaomi · Spain")])
async def test_a_name_half_typed_is_completed(api: BotApi, typed: str, title: str) -> None:
    assert any(one["title"].startswith(title) for one in await api.private().type(typed))


@pytest.mark.parametrize("typed", ["what is the weather", "hello", "🎉", "<b>&", "subscribe to xiaomi", "x" * 256])
async def test_what_is_no_question_offers_nothing_that_is_no_answer(api: BotApi, typed: str) -> None:
    for one in await api.private().type(typed):
        assert "Source: " in text_of(one)


async def test_a_chart_that_was_sent_before_is_offered_as_a_picture(api: BotApi) -> None:
    chat, question = api.private(), "nokia shipments since 2010"
    assert {one["type"] for one in await chat.type(question)} == {"article"}
    chat.post(f"chart of {question}")
    photo = await chat.photo()
    pictures = [one for one in await chat.type(question) if one["type"] == "photo"]
    assert [one["photo_file_id"] for one in pictures] == [photo.message["photo"][-1]["file_id"]]


async def test_inline_questions_are_no_part_of_a_conversation(api: BotApi) -> None:
    chat = api.private()
    await chat.ask("how many phones did samsung ship in q2 2017")
    await chat.type("how many phones did apple ship in q1 2017")
    assert "Q2 2017" in (await chat.ask("and huawei?")).text
