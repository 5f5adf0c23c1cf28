"""Subscribing: in words, by buttons and links; lists, changes and ends; who may do it for a group."""

from __future__ import annotations

from typing import Any

import pytest

from bot.handlers.buttons import NOTIFY_ME, STALE
from bot.handlers.subscriptions import ASK_KIND, ASK_REGION, ASK_VENDOR, LIST, NONE
from bot.subscribing import NOT_ADMIN
from tests.telegram.chats import Chat, new_person
from tests.telegram.server import BotApi, Request

pytestmark = pytest.mark.anyio


def labels(reply: Request) -> list[str]:
    return [button["text"] for button in reply.buttons]


def data_of(reply: Request, label: str) -> str:
    return next(button["callback_data"] for button in reply.buttons if label in button["text"])


async def press(api: BotApi, chat: Chat, by: dict[str, Any], reply: Request, label: str) -> Request:
    """Press a button below a message of the bot, which changes it; returns the change."""
    chat.press(reply.message, data_of(reply, label), by)
    return await api.next("editMessageText", chat.id)


async def test_said_in_words_it_is_done_without_a_further_tap(api: BotApi) -> None:
    anna = api.private()
    reply = await anna.ask("tell me when xiaomi launches in france")
    assert "Done. I will tell you here of launches of Xiaomi in France." in reply.text
    again = await anna.ask("tel me wen xaomi lauches in frnace")
    assert "You have that already" in again.text
    assert labels(await anna.ask("/subscriptions")) == ["launches of Xiaomi in France", "Add", "Settings"]
    assert "launches of Xiaomi in France" in (await anna.ask("my subscriptions")).text
    assert "No more" not in (await anna.ask("unsubscribe from samsung")).text
    ended = await anna.ask("unsubscribe from xiaomi")
    assert "I tell you no more of launches of Xiaomi in France" in ended.text
    assert (await anna.ask("/subscriptions")).text == NONE


async def test_guided_by_buttons(api: BotApi) -> None:
    anna = api.private()
    reply = await anna.ask("/subscribe")
    assert reply.text == ASK_VENDOR
    reply = await press(api, anna, anna.person, reply, "Honor")
    assert reply.text == ASK_REGION
    reply = await press(api, anna, anna.person, reply, "Europe")
    assert reply.text == ASK_KIND
    reply = await press(api, anna, anna.person, reply, "Milestones")
    assert reply.text == "Done. I will tell you here of milestones of Honor in Europe."
    reply = await press(api, anna, anna.person, reply, "My subscriptions")
    assert reply.text == LIST
    reply = await press(api, anna, anna.person, reply, "milestones of Honor")
    reply = await press(api, anna, anna.person, reply, "Pause")
    assert reply.text == "Milestones of Honor in Europe (paused)"
    reply = await press(api, anna, anna.person, reply, "Resume")
    reply = await press(api, anna, anna.person, reply, "Change")
    reply = await press(api, anna, anna.person, reply, "Everything")
    reply = await press(api, anna, anna.person, reply, "Confirmed only")
    assert reply.text == "Everything about Honor in Europe, only if confirmed"
    reply = await press(api, anna, anna.person, reply, "Remove")
    assert reply.text == NONE


async def test_a_button_below_an_answer_on_launches_and_milestones(api: BotApi) -> None:
    anna = api.private()
    answer = await anna.ask("when does xiaomi launch in spain")
    assert NOTIFY_ME in labels(answer)
    anna.press(answer.message, data_of(answer, NOTIFY_ME), anna.person)
    assert (await anna.reply()).text == "Done. I will tell you here of launches of Xiaomi in Spain."
    assert NOTIFY_ME in labels(await anna.ask("xiaomi milestones"))
    assert NOTIFY_ME not in labels(await anna.ask("how many phones did xiaomi ship in q2 2017"))


async def test_a_link_subscribes_and_a_forged_one_does_nothing(api: BotApi) -> None:
    anna = api.private()
    done = await anna.ask("/start alert_xiaomi_france")
    assert done.text == "Done. I will tell you here of everything about Xiaomi in France."
    milestones = await anna.ask("/start alert__india_milestones")
    assert milestones.text == "Done. I will tell you here of milestones in India."
    assert (await anna.ask("/start alert_nobody_nowhere")).text.startswith("Hello!")
    assert (await anna.ask("/start alert_xiaomi_france_anything")).text.startswith("Hello!")


async def test_a_link_subscribes_a_group_for_its_admins_only(api: BotApi) -> None:
    group, admin, guest = api.group(), new_person("Ada"), new_person("Gus")
    api.methods.admins.add((group.id, admin["id"]))
    assert (await group.ask(guest, "/start alert_xiaomi")).text == NOT_ADMIN
    assert "Done." in (await group.ask(admin, "/start alert_xiaomi")).text


async def test_kinds_and_certainty_are_said_in_words_and_need_no_name(api: BotApi) -> None:
    anna = api.private()
    await anna.ask("how many phones did samsung ship in q2 2017")
    assert "of corrections." in (await anna.ask("subscribe to corections")).text
    assert (
        "new figures and news of Huawei in India."
        in (await anna.ask("notify me of new figures of huawei in india")).text
    )
    sure = await anna.ask("subscribe to confirmed launches and milestones in europe")
    assert "launches and milestones in Europe, only if confirmed." in sure.text
    assert "of everything." in (await anna.ask("subscribe to everything")).text
    assert "I still tell you of milestones in Europe" in (await anna.ask("unsubscribe from launches in europe")).text
    paused = await anna.ask("pause alerts for huawei")
    assert "Paused: new figures and news of Huawei in India." in paused.text
    assert any("⏸" in label for label in labels(await anna.ask("/subscriptions")))
    assert "I tell you no more of" in (await anna.ask("unsubscribe from everything")).text
    assert (await anna.ask("/subscriptions")).text == NONE


@pytest.mark.parametrize(
    "data", ["sub:do:nobody::1", "sub:do:::999", "sub:one:123456", "sub:remove:1x", "mute:x", "sub:"]
)
async def test_forged_buttons_do_nothing(api: BotApi, data: str) -> None:
    anna = api.private()
    reply = await anna.ask("/subscriptions")
    press_id = anna.press(reply.message, data, anna.person)
    assert await anna.said_to(press_id) == STALE
    assert (await anna.ask("/subscriptions")).text == NONE


async def test_another_chats_subscription_cannot_be_changed(api: BotApi) -> None:
    anna, ben = api.private("Anna"), api.private("Ben")
    await anna.ask("subscribe to samsung")
    of_anna = await anna.ask("/subscriptions")
    remove = data_of(of_anna, "Samsung").replace("one", "remove")
    said = ben.press((await ben.ask("/subscriptions")).message, remove, ben.person)
    assert await ben.said_to(said) == STALE
    assert (await anna.ask("/subscriptions")).text == LIST


async def test_a_group_is_subscribed_by_its_admins_only(api: BotApi) -> None:
    group, admin, guest = api.group(forum=True), new_person("Ada"), new_person("Gus")
    api.methods.admins.add((group.id, admin["id"]))
    words = "@PhoneVendorBot tell me when xiaomi launches in france"
    assert NOT_ADMIN in (await group.ask(guest, words)).text
    assert (await group.ask(guest, "/subscribe")).text == NOT_ADMIN
    assert "Done." in (await group.ask(admin, words, topic=7)).text
    listed = await group.ask(guest, "/subscriptions", topic=7)
    assert "launches of Xiaomi in France" in labels(listed)
    said = group.press(listed.message, data_of(listed, "Xiaomi"), guest)
    assert await group.said_to(said) == NOT_ADMIN
    assert (await group.ask(guest, "/subscriptions")).text == NONE  # it is that topic's


async def test_a_channel_is_subscribed_by_its_admin_in_private(api: BotApi) -> None:
    anna, channel = api.private(), -1_009_000_111
    api.methods.chats[channel] = {"id": channel, "type": "channel", "title": "News", "username": "phone_news"}
    assert "I cannot see @phone_news" in (await anna.ask("/subscribe @phone_news xiaomi launches")).text
    api.methods.admins |= {(channel, anna.person["id"]), (channel, api.methods.me["id"])}
    assert "Done." in (await anna.ask("/subscribe @phone_news xiaomi launches")).text
    assert "everything about Xiaomi" not in (await anna.ask("/subscriptions @phone_news")).text
    assert "launches of Xiaomi" in (await anna.ask("/subscriptions @phone_news")).text
    assert (await anna.ask("/subscriptions")).text == NONE
    assert "no more of launches of Xiaomi" in (await anna.ask("/unsubscribe @phone_news xiaomi")).text
    assert "I cannot see @nowhere" in (await anna.ask("/subscribe @nowhere")).text


async def test_settings_and_language_of_a_group_are_changed_by_its_admins_only(api: BotApi) -> None:
    group, admin, guest = api.group(), new_person("Ada", "en"), new_person("Gus", "en")
    api.methods.admins.add((group.id, admin["id"]))
    shown = await group.ask(guest, "/settings")
    for words in ("/settings daily at 18", "/settings Europe/Paris", "/language es"):
        assert (await group.ask(guest, words)).text == NOT_ADMIN
    for label in ("Daily", "No reminders"):
        assert await group.said_to(group.press(shown.message, data_of(shown, label), guest)) == NOT_ADMIN
    assert (await group.ask(guest, "/settings")).text == shown.text
    assert "once a day, at 18:00" in (await group.ask(admin, "/settings daily at 18")).text
    assert await group.said_to(group.press(shown.message, data_of(shown, "Weekly"), admin)) == ""
    assert "once a week" in (await group.ask(guest, "/settings")).text


async def test_settings_by_buttons_and_words(api: BotApi) -> None:
    anna = api.private()
    reply = await anna.ask("/settings")
    assert "at once" in reply.text
    assert "✓ Instant" in labels(reply)
    reply = await press(api, anna, anna.person, reply, "Daily")
    assert "once a day, at 9:00" in reply.text
    reply = await press(api, anna, anna.person, reply, "18:00")
    reply = await press(api, anna, anna.person, reply, "Quiet 22-8")
    assert "quiet hours: 22:00 to 8:00" in reply.text
    reply = await press(api, anna, anna.person, reply, "No reminders")
    assert "reminders of launches: off" in reply.text
    assert "time zone: Europe/Paris" in (await anna.ask("/settings paris")).text
    assert "quiet hours: 21:30 to 6:00" in (await anna.ask("/settings quiet hours 21:30-6")).text
    assert "once a week, on Monday at 7:00" in (await anna.ask("/settings weekly at 7, reminders on")).text
    assert "once a day, at 18:00" in (await anna.ask("/settings daily at 18")).text
    assert "I know no time zone Atlantis" in (await anna.ask("/settings Atlantis")).text
    assert "once a day, at 18:00" in (await anna.ask("/settings")).text


async def test_only_admins_see_what_went_out(api: BotApi) -> None:
    assert "That is for the admins of this bot." in (await api.private().ask("/alerts")).text
