"""Buttons under answers: another period, another region, pages of a list, a calendar file."""

from __future__ import annotations

import icalendar
import pytest

from bot.handlers.buttons import STALE
from tests.telegram.chats import new_person
from tests.telegram.server import BotApi, Request

pytestmark = pytest.mark.anyio


def labels(request: Request) -> list[str]:
    rows = request.message["reply_markup"]["inline_keyboard"]
    return [button["text"] for row in rows for button in row]


async def test_the_period_before_is_shown_in_place_and_back(api: BotApi) -> None:
    chat = api.private()
    answer = await chat.ask("how many phones did xiaomi ship in q2 2017")
    earlier = await chat.press_and_see(answer.message, "◀ Q1 2017", "editMessageText")
    assert earlier.message["message_id"] == answer.message["message_id"]
    assert "Q1 2017" in earlier.text
    again = await chat.press_and_see(earlier.message, "Q2 2017 ▶", "editMessageText")
    assert again.text == answer.text


async def test_a_follow_up_goes_on_from_what_the_button_showed(api: BotApi) -> None:
    chat = api.private()
    answer = await chat.ask("how many phones did xiaomi ship in q2 2017")
    await chat.press_and_see(answer.message, "◀ Q1 2017", "editMessageText")
    assert "Q1 2017" in (await chat.ask("and samsung?")).text


async def test_the_latest_period_has_none_after_it(api: BotApi) -> None:
    answer = await api.private().ask("top five worldwide in q3 2017")
    assert [label for label in labels(answer) if "▶" in label] == []


async def test_the_same_is_asked_of_another_region(api: BotApi) -> None:
    chat = api.private()
    answer = await chat.ask("xiaomi market share in india in q2 2017")
    listed = await chat.press_and_see(answer.message, "Region", "editMessageReplyMarkup")
    assert "World" in labels(listed)
    shown = await chat.press_and_see(listed.message, "World", "editMessageText")
    assert shown.text.startswith("Xiaomi · World · Q2 2017 · market share")
    listed = await chat.press_and_see(shown.message, "Region", "editMessageReplyMarkup")
    back = await chat.press_and_see(listed.message, "Back", "editMessageText")
    assert labels(back) == labels(shown)


async def test_many_regions_are_paged(api: BotApi) -> None:
    chat = api.private()
    answer = await chat.ask("samsung shipments since 2014")
    first = await chat.press_and_see(answer.message, "Region", "editMessageReplyMarkup")
    before = labels(first)
    assert len(before) <= 10
    second = await chat.press_and_see(first.message, "▶", "editMessageReplyMarkup")
    assert not set(labels(second)) & set(before) - {"Back", "▶"}
    assert labels(await chat.press_and_see(second.message, "◀", "editMessageReplyMarkup")) == before


async def test_a_long_list_is_paged(api: BotApi) -> None:
    chat = api.private()
    answer = await chat.ask("all launches")
    assert "more" in answer.text
    older = await chat.press_and_see(answer.message, "Older", "editMessageText")
    assert "Page 2 of" in older.text
    newer = await chat.press_and_see(older.message, "Newer", "editMessageText")
    assert newer.text == answer.text


async def test_sources_fold_and_link_and_the_finding_can_be_copied_and_shared(api: BotApi) -> None:
    question = "how many phones did xiaomi ship in q2 2017"
    answer = await api.private().ask(question)
    assert "expandable_blockquote" in [one["type"] for one in answer.message["entities"]]
    buttons = {button["text"]: button for button in answer.buttons}
    assert buttons["Source ↗"]["url"].startswith("http")
    assert "23.16 million" in buttons["Copy"]["copy_text"]["text"]
    assert len(buttons["Copy"]["copy_text"]["text"]) <= 256
    assert buttons["Share"]["switch_inline_query"] == question


async def test_a_launch_comes_as_a_calendar_file(api: BotApi) -> None:
    chat = api.private()
    answer = await chat.ask("when does xiaomi launch in spain")
    sent = await chat.press_and_see(answer.message, "Calendar", "sendDocument")
    assert sent.parameters["document"].name.endswith("spain.ics")
    events = icalendar.Calendar.from_ical(sent.parameters["document"]).walk("VEVENT")
    assert str(events[0]["summary"]) == "Xiaomi launches in Spain"
    assert events[0].decoded("dtstart").isoformat() == "2017-11-07"
    assert events[0].decoded("dtend").isoformat() == "2017-11-08"
    assert "confirmed" in events[0]["description"]


async def test_upcoming_launches_come_as_one_file(api: BotApi) -> None:
    chat = api.private()
    answer = await chat.ask("upcoming launches in europe")
    sent = await chat.press_and_see(answer.message, "Calendar", "sendDocument")
    again = await chat.press_and_see(answer.message, "Calendar", "sendDocument")
    assert sent.parameters["document"] == again.parameters["document"]


@pytest.mark.parametrize(
    "data",
    ["svs|2017Q2|nobody|world|||", "svs|2017Q9|xiaomi|world|||", "svs|x", "cvs|||||||",
     "pvs999999|2017Q2|xiaomi|world|||", "svs|2017Q2|xi|world|||9999",
     "sxs|2017Q2|xiaomi|world|||", "svs|2017Q2|xiaomi|world|n٣||"],
)  # fmt: skip
async def test_stale_or_forged_data_is_answered_in_a_sentence(api: BotApi, data: str) -> None:
    chat = api.private()
    answer = await chat.ask("how many phones did xiaomi ship in q2 2017")
    assert await chat.said_to(chat.press(answer.message, data, chat.person)) == STALE


@pytest.mark.parametrize("data", ["svs|1999Q1|xiaomi|spain|||", "ibs|||||", "cas||xiaomi|spain|||", "pbs||||||"])
async def test_a_question_nobody_can_answer_is_said_so(api: BotApi, data: str) -> None:
    chat = api.private()
    answer = await chat.ask("how many phones did xiaomi ship in q2 2017")
    assert (await chat.said_to(chat.press(answer.message, data, chat.person))).endswith(".")
    assert not api.of("editMessageText", chat.id)


async def test_two_quick_presses_of_one_button_do_no_harm(api: BotApi) -> None:
    chat = api.private()
    answer = await chat.ask("how many phones did xiaomi ship in q2 2017")
    data = answer.buttons[0]["callback_data"]
    first, second = chat.press(answer.message, data, chat.person), chat.press(answer.message, data, chat.person)
    assert await chat.said_to(first) == await chat.said_to(second) == ""
    await chat.ask("hello")
    assert len(api.of("sendMessage", chat.id)) == 2


async def test_anyone_in_a_group_may_press(api: BotApi) -> None:
    group = api.group()
    answer = await group.ask(new_person("Anna"), "/ask top five worldwide in q3 2017")
    group.press(answer.message, answer.buttons[0]["callback_data"], new_person("Ben"))
    assert "Q2 2017" in (await api.next("editMessageText", group.id)).text
