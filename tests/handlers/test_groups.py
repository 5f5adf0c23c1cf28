"""Groups: the bot speaks when it is spoken to, quotes what it answers, and stays in the topic."""

from __future__ import annotations

import pytest

from tests.telegram.chats import GroupChat, new_person
from tests.telegram.server import BotApi

pytestmark = pytest.mark.anyio

QUESTION = "who was number one in china in q3 2017"


async def sole_reply(api: BotApi, group: GroupChat) -> str:
    """What the bot said in the group, after everything so far was heard: a last command is answered after it."""
    last = group.post(new_person("Zoe"), "/top china 2017 q3")
    texts: list[str] = []
    while True:
        reply = await group.reply()
        if reply.parameters["reply_parameters"]["message_id"] == last["message_id"]:
            return "\n".join(texts)
        texts.append(reply.text)


async def test_chatter_is_not_answered(api: BotApi) -> None:
    group, anna = api.group(), new_person("Anna")
    group.post(anna, QUESTION)
    group.post(anna, "I like @SomeoneElse and xiaomi")
    group.post(anna, "/weather")
    group.post(anna, "/top@OtherPhoneBot china")
    group.post(anna, photo=[{"file_id": "1", "file_unique_id": "1", "width": 9, "height": 9}])
    assert await sole_reply(api, group) == ""


@pytest.mark.parametrize(
    "text",
    [
        f"@PhoneVendorBot {QUESTION}",
        f"{QUESTION}, @phonevendorbot",
        f"🎉🎉 @PhoneVendorBot, {QUESTION} 🙏",
        f"/ask {QUESTION}",
        f"/ask@PhoneVendorBot {QUESTION}",
    ],
)
async def test_a_mention_is_a_question_without_the_mention(api: BotApi, text: str) -> None:
    group = api.group()
    message = group.post(new_person("Anna"), text)
    reply = await group.reply()
    assert "China" in reply.text
    assert "OPPO" in reply.text
    assert reply.parameters["reply_parameters"] == {
        "message_id": message["message_id"],
        "allow_sending_without_reply": True,
    }


async def test_a_mention_by_name_of_a_bot_without_username_works_too(api: BotApi) -> None:
    group = api.group()
    entity = {"type": "text_mention", "offset": 0, "length": 3, "user": api.methods.me}
    group.post(new_person("Anna"), f"Bot {QUESTION}", entities=[entity])
    assert "OPPO" in (await group.reply()).text


async def test_a_reply_to_the_bot_is_a_question_and_one_to_a_person_is_not(api: BotApi) -> None:
    group, anna = api.group(), new_person("Anna")
    answer = await group.ask(anna, f"/ask {QUESTION}")
    reply = await group.ask(anna, "and in q2 2017?", reply_to=answer.message)
    assert "China" in reply.text
    assert "Q2 2017" in reply.text
    said = group.post(new_person("Ben"), "something else")
    group.post(anna, QUESTION, reply_to=said)
    assert await sole_reply(api, group) == ""


async def test_people_of_a_group_have_conversations_of_their_own(api: BotApi) -> None:
    group, anna, ben = api.group(), new_person("Anna"), new_person("Ben")
    await group.ask(anna, "@PhoneVendorBot how many phones did samsung ship in q2 2017")
    of_ben = await group.ask(ben, "@PhoneVendorBot how many phones did apple ship in q1 2017")
    of_anna = await group.ask(anna, "@PhoneVendorBot and huawei?", reply_to=of_ben.message)
    assert "Huawei" in of_anna.text
    assert "Q2 2017" in of_anna.text


async def test_a_bare_mention_asks_the_message_it_replies_to(api: BotApi) -> None:
    group = api.group()
    question = group.post(new_person("Ben"), QUESTION)
    assert "OPPO" in (await group.ask(new_person("Anna"), "@PhoneVendorBot", reply_to=question)).text
    assert "OPPO" in (await group.ask(new_person("Anna"), "/ask", reply_to=question)).text
    assert "Hello" in (await group.ask(new_person("Anna"), "@PhoneVendorBot")).text


async def test_a_reply_stays_in_its_topic(api: BotApi) -> None:
    group, anna = api.group(forum=True), new_person("Anna")
    reply = await group.ask(anna, f"@PhoneVendorBot {QUESTION}", topic=42)
    assert reply.message["message_thread_id"] == 42
    outside = await group.ask(anna, f"@PhoneVendorBot {QUESTION}")
    assert "message_thread_id" not in outside.parameters


async def test_the_message_that_opened_a_topic_is_no_reply_to_the_bot(api: BotApi) -> None:
    group, anna = api.group(forum=True), new_person("Anna")
    opened = {
        "message_id": 42, "date": 1, "chat": group.payload, "from": api.methods.me,
        "forum_topic_created": {"name": "Phones", "icon_color": 0},
    }  # fmt: skip
    group.post(anna, QUESTION, topic=42, reply_to=opened)
    assert await sole_reply(api, group) == ""


async def test_an_unknown_command_is_answered_only_where_it_names_the_bot(api: BotApi) -> None:
    group = api.group()
    reply = await group.ask(new_person("Anna"), "/weather@PhoneVendorBot")
    assert reply.text == "I know no command /weather. /help shows what I can do."


async def test_an_anonymous_admin_is_answered(api: BotApi) -> None:
    group = api.group()
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    group.post(anonymous, f"/ask {QUESTION}", sender_chat=group.payload)
    assert "OPPO" in (await group.reply()).text


async def test_a_reply_arrives_though_the_question_was_deleted(api: BotApi) -> None:
    group, anna = api.group(), new_person("Anna")
    message = group.post(anna, f"/ask {QUESTION}")
    del api.methods.messages[group.id, message["message_id"]]
    assert "OPPO" in (await group.reply()).text
