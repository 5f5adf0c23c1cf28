"""Did you mean, and "Not what you meant?": one tap changes the answer where it stands."""

from __future__ import annotations

import pytest

from bot.handlers.buttons import STALE
from bot.handlers.corrections import NO_OTHER
from tests.handlers.test_presses import labels
from tests.telegram.chats import new_person
from tests.telegram.server import BotApi

pytestmark = pytest.mark.anyio

EVEN = "launches in austraia"  # a slip as near to Austria as to Australia
GUESSED = "launches in austarlia"


async def test_two_places_as_near_are_asked_about_and_a_tap_answers_in_place(api: BotApi) -> None:
    chat = api.private()
    asked = await chat.ask(EVEN)
    assert asked.text.endswith("Did you mean:")
    assert labels(asked) == ["Launches in Australia", "Launches in Austria"]
    answer = await chat.press_and_see(asked.message, "Austria", "editMessageText")
    assert answer.message["message_id"] == asked.message["message_id"]
    assert answer.text.startswith("Austria")
    assert "Launches in Austria" not in labels(answer)


async def test_a_follow_up_goes_on_from_what_was_chosen(api: BotApi) -> None:
    chat = api.private()
    asked = await chat.ask(EVEN)
    await chat.press_and_see(asked.message, "Austria", "editMessageText")
    assert (await chat.ask("and in spain?")).text.startswith("Spain")


async def test_a_name_that_nobody_has_is_asked_about_where_one_is_near(api: BotApi) -> None:
    chat = api.private()
    asked = await chat.ask("zumsang share")
    assert "I am not sure what you mean" in asked.text
    assert labels(asked) == ["Samsung market share worldwide in Q3 2017"]
    answer = await chat.press_and_see(asked.message, "Samsung", "editMessageText")
    assert answer.text.startswith("Samsung")


async def test_an_answer_by_a_guess_has_a_way_to_what_was_meant(api: BotApi) -> None:
    chat = api.private()
    guess = await chat.ask(GUESSED)
    assert guess.text.startswith("Australia")
    others = await chat.press_and_see(guess.message, "Not what you meant?", "editMessageReplyMarkup")
    assert "Launches in Austria" in labels(others)
    assert "Not what you meant?" not in labels(others)
    assert set(labels(guess)) - {"Not what you meant?"} <= set(labels(others))
    answer = await chat.press_and_see(others.message, "Launches in Austria", "editMessageText")
    assert answer.text.startswith("Austria")


async def test_the_other_readings_are_there_after_the_conversation_went_on(api: BotApi) -> None:
    chat = api.private()
    guess = await chat.ask(GUESSED)
    await chat.ask("who is number one in india")
    others = await chat.press_and_see(guess.message, "Not what you meant?", "editMessageReplyMarkup")
    assert "Launches in Austria" in labels(others)


async def test_the_other_readings_of_a_long_question_are_there_while_it_is_the_last(api: BotApi) -> None:
    chat = api.private()
    guess = await chat.ask(f"{GUESSED} {'please ' * 12}")
    others = await chat.press_and_see(guess.message, "Not what you meant?", "editMessageReplyMarkup")
    assert "Launches in Austria" in labels(others)
    again = await chat.ask(f"{GUESSED} {'please ' * 13}")
    await chat.ask("hello")
    press = chat.press(again.message, again.buttons[-1]["callback_data"], chat.person)
    assert await chat.said_to(press) == NO_OTHER


async def test_anyone_in_a_group_may_choose(api: BotApi) -> None:
    group = api.group()
    asked = await group.ask(new_person("Anna"), f"/ask {EVEN}")
    group.press(asked.message, asked.buttons[0]["callback_data"], new_person("Ben"))
    assert (await api.next("editMessageText", group.id)).text.startswith("Australia")


@pytest.mark.parametrize("question", ["how many phones did xiaomi ship in q2 2017", "who is number one in india"])
async def test_a_clear_question_has_no_such_button(api: BotApi, question: str) -> None:
    assert "Not what you meant?" not in labels(await api.private().ask(question))


@pytest.mark.parametrize(
    ("data", "said"), [("pick:2", STALE), ("pick:7", STALE), ("other:", NO_OTHER), ("other:#", NO_OTHER)]
)
async def test_forged_data_is_answered_in_a_sentence(api: BotApi, data: str, said: str) -> None:
    chat = api.private()
    asked = await chat.ask(EVEN)
    assert await chat.said_to(chat.press(asked.message, data, chat.person)) == said


async def test_a_button_of_a_message_that_telegram_forgot_says_so(api: BotApi) -> None:
    chat = api.private()
    forgotten = {"chat": chat.payload, "message_id": 5, "date": 0}
    assert await chat.said_to(chat.press(forgotten, "pick:0", chat.person)) == STALE
