"""Private chats: any text is a question."""

from __future__ import annotations

from typing import Any

import pytest

from bot.handlers.messages import WORDLESS
from tests.telegram.server import BotApi

pytestmark = pytest.mark.anyio

PHOTO = [{"file_id": "1", "file_unique_id": "1", "width": 90, "height": 90}]


async def test_a_question_is_answered_with_its_source_and_no_preview(api: BotApi) -> None:
    reply = await api.private().ask("how many phones did xiaomi ship in q2 2017")
    assert "23" in reply.text
    assert "Source: " in reply.text
    assert reply.parameters["parse_mode"] == "HTML"
    assert reply.parameters["link_preview_options"] == {"is_disabled": True}
    assert "reply_parameters" not in reply.parameters


async def test_a_follow_up_is_understood_from_the_question_before(api: BotApi) -> None:
    chat = api.private()
    first = await chat.ask("who was number one in china in q3 2017")
    assert "China" in first.text
    again = await chat.ask("and in q2 2017?")
    assert "China" in again.text
    assert "Q2 2017" in again.text


async def test_two_people_do_not_share_a_conversation(api: BotApi) -> None:
    anna, ben = api.private("Anna"), api.private("Ben")
    await anna.ask("how many phones did samsung ship in q2 2017")
    await ben.ask("how many phones did apple ship in q1 2017")
    follow_up = await anna.ask("and huawei?")
    assert "Huawei" in follow_up.text
    assert "Q2 2017" in follow_up.text


@pytest.mark.parametrize(
    "content",
    [
        {"photo": PHOTO},
        {"voice": {"file_id": "1", "file_unique_id": "1", "duration": 3}},
        {"location": {"latitude": 40.4, "longitude": -3.7}},
        {"contact": {"phone_number": "1", "first_name": "Carla"}},
        {"dice": {"emoji": "🎲", "value": 3}},
    ],
    ids=lambda content: next(iter(content)),
)
async def test_what_is_no_text_is_answered_in_words(api: BotApi, content: dict[str, Any]) -> None:
    chat = api.private()
    chat.post(**content)
    assert (await chat.reply()).text == WORDLESS


async def test_a_sticker_is_answered_in_words(api: BotApi) -> None:
    chat = api.private()
    sticker = {
        "file_id": "1", "file_unique_id": "1", "type": "regular", "width": 512, "height": 512, "is_animated": False,
        "is_video": False,
    }  # fmt: skip
    chat.post(sticker=sticker)
    assert (await chat.reply()).text == WORDLESS


async def test_the_words_below_a_picture_are_a_question(api: BotApi) -> None:
    chat = api.private()
    chat.post(photo=PHOTO, caption="who was number one in china in q3 2017")
    assert "China" in (await chat.reply()).text


async def test_an_album_gets_one_reply(api: BotApi) -> None:
    chat = api.private()
    for _ in range(3):
        chat.post(photo=PHOTO, media_group_id="7")
    assert (await chat.reply()).text == WORDLESS
    await chat.ask("hello")
    assert len(api.of("sendMessage", chat.id)) == 2


async def test_edits_service_messages_and_channel_posts_get_no_reply(api: BotApi) -> None:
    chat = api.private()
    message = chat.post("hello")
    await chat.reply()
    api.push("edited_message", message | {"edit_date": message["date"] + 1, "text": "top five worldwide"})
    pinned = {key: one for key, one in message.items() if key != "entities"}
    chat.post(pinned_message=pinned)
    channel = {"id": -1_009_999, "type": "channel", "title": "News"}
    api.push("channel_post", {"message_id": 1, "date": 1, "chat": channel, "text": "top five worldwide"})
    await chat.ask("hello")
    assert len(api.of("sendMessage", chat.id)) == 2
    assert not api.of("sendMessage", channel["id"])  # type: ignore[arg-type]
    assert api.polls[-1]["allowed_updates"] == ["message", "callback_query", "inline_query"]


async def test_questions_of_one_chat_are_answered_in_order(api: BotApi) -> None:
    chat = api.private()
    quarters = [f"Q{quarter} {year}" for year in (2016, 2017) for quarter in (1, 2, 3, 4)][:7]
    for quarter in quarters:
        chat.post(f"samsung shipments {quarter}")
    replies = [await chat.reply() for _ in quarters]
    assert [quarter for quarter, reply in zip(quarters, replies, strict=True) if quarter in reply.text] == quarters
