"""Charts in chats: asked for in words or by a button, uploaded once, exchanged in place."""

from __future__ import annotations

import pytest

from tests.telegram.chats import new_person
from tests.telegram.faults import Fault, slow
from tests.telegram.server import BotApi, Request

pytestmark = pytest.mark.anyio

NOT_ALLOWED = Fault(400, "Bad Request: not enough rights to send photos to the chat")


def labels(request: Request) -> list[str]:
    return [button["text"] for button in request.buttons]


async def test_a_chart_is_sent_with_its_finding_and_source(api: BotApi) -> None:
    chat = api.private()
    chat.post("chart of xiaomi shipments since 2015")
    photo = await chat.photo()
    assert photo.message["photo"][-1]["width"] == 1080
    assert "went from" in photo.caption
    assert "Source: " in photo.caption
    assert len(photo.caption) <= 1024
    assert "📊 Chart" not in labels(photo)
    assert not api.of("sendMessage", chat.id)


async def test_the_same_chart_is_uploaded_once_and_by_name_after_that(api: BotApi) -> None:
    first, second = api.private("Anna"), api.private("Ben")
    first.post("plot samsung vs apple 2016")
    assert (await first.photo()).uploaded
    second.post("please draw samsung vs apple 2016")
    again = await second.photo()
    assert not again.uploaded
    api.methods.files.forget()
    second.post("plot samsung vs apple 2016")
    assert (await second.photo()).uploaded
    first.post("plot samsung vs apple 2016")
    assert not (await first.photo()).uploaded


@pytest.mark.parametrize(
    ("question", "follow_up", "heading"),
    [
        ("top five worldwide in q3 2017", "as a chart", "World · Q3 2017"),
        ("compare samsung vs apple 2017", "chart", "Samsung vs Apple"),
        ("how many phones did xiaomi ship in q2 2017", "and as a graph?", "Xiaomi · World"),
        ("xiaomi shipments since 2014", "chart please", "Xiaomi · World"),
    ],
)
async def test_a_chart_can_be_asked_for_after_the_answer(
    api: BotApi, question: str, follow_up: str, heading: str
) -> None:
    chat = api.private()
    await chat.ask(question)
    chat.post(follow_up)
    assert (await chat.photo()).caption.startswith(heading)


async def test_the_button_draws_the_answer_above_it(api: BotApi) -> None:
    chat = api.private()
    answer = await chat.ask("top five worldwide in q3 2017")
    photo = await chat.press_and_see(answer.message, "Chart", "sendPhoto")
    assert photo.caption.startswith("World · Q3 2017")
    earlier = await chat.press_and_see(photo.message, "◀ Q2 2017", "editMessageMedia")
    assert earlier.message["message_id"] == photo.message["message_id"]
    assert earlier.caption.startswith("World · Q2 2017")
    back = await chat.press_and_see(earlier.message, "Q3 2017 ▶", "editMessageMedia")
    assert back.parameters["media"]["media"] == photo.message["photo"][-1]["file_id"]


async def test_what_has_no_chart_is_answered_in_words(api: BotApi) -> None:
    chat = api.private()
    assert "Source" in (await chat.ask("xiaomi milestones as a picture")).text


async def test_in_a_group_that_allows_no_pictures_the_answer_comes_in_words(api: BotApi) -> None:
    group = api.group()
    api.fail("sendPhoto", NOT_ALLOWED, chat_id=group.id)
    reply = await group.ask(new_person("Anna"), "/ask chart of xiaomi shipments since 2015")
    assert "went from" in reply.text


async def test_in_a_topic_the_chart_quotes_the_question_there(api: BotApi) -> None:
    group = api.group(forum=True)
    asked = group.post(new_person("Anna"), "/ask plot samsung vs apple 2017", topic=42)
    photo = await group.photo()
    assert photo.message["message_thread_id"] == 42
    assert photo.parameters["reply_parameters"]["message_id"] == asked["message_id"]


async def test_while_a_chart_is_uploaded_the_chat_shows_it(api: BotApi) -> None:
    chat = api.private()
    api.fail("sendPhoto", slow(1.0), chat_id=chat.id)
    chat.post("chart of lenovo shipments since 2014")
    shown = await api.next("sendChatAction", chat.id)
    assert shown.parameters["action"] == "upload_photo"
    await chat.photo()
