"""/privacy and /forgetme: what is kept of people, said truly, and gone at their word."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from bot.handlers.privacy import AUDIT_STAYS, DONE, DONE_BUT_AUDIT, LEFT, NOTHING_KEPT, ONLY_PRIVATE
from store.retention import Kept
from store.tables import metadata
from tests.telegram.chats import PrivateChat
from tests.telegram.fixtures import RunningBot
from tests.telegram.server import BotApi, Request

pytestmark = pytest.mark.anyio

OWNER = 7_700_000_002
BOT_SETTINGS = {"owner_ids": str(OWNER), "user_rate": 1000}
# What may hold something of a person, and which words of /privacy tell of it; every other table is of facts.
TOLD_OF = {
    "conversation": "last question",
    "chat": "language, time zone, digest, quiet hours",
    "subscription": "subscriptions",
    "delivery": "Which alerts a chat was sent",
    "incoming": "Messages that come in",
    "wanted": "could not answer",
    "person": "command for admins",
    "draft": "drafts of facts",
    "audit": "who recorded a fact for good",
    "taught": "who recorded a fact for good",
}
NOT_OF_PEOPLE = {
    *("vendor", "region", "product", "alias", "source", "publisher", "fact", "milestone", "launch", "news"),
    *("picture", "shipped", "edition", "alert", "lease", "feed", "feed_entry"),
}


def rows_of(bot: RunningBot, person_id: int) -> dict[str, int]:
    """How many rows hold the number of a person, by table, but for the updates that are being dealt with."""
    found = {}
    with closing(sqlite3.connect(bot.file)) as database:
        for table in set(metadata.tables) - {"incoming"}:
            columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
            where = " OR ".join(f"CAST({column} AS TEXT) LIKE '%{person_id}%'" for column in columns)
            many = database.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0]
            found |= {table: many} if many else {}
    return found


async def press(api: BotApi, chat: PrivateChat, reply: Request, label: str) -> str:
    return str((await chat.press_and_see(reply.message, label, "editMessageText")).parameters["text"])


async def test_what_is_kept_is_told_with_how_long(api: BotApi) -> None:
    told = (await api.private().ask("/privacy")).text
    for words in TOLD_OF.values():
        assert words in told
    assert "used for 30 minutes, kept for 1 day." in told
    assert f"{Kept().sent.days} days" in told
    assert "/forgetme" in told


def test_each_table_is_told_of_or_holds_nothing_of_people() -> None:
    assert set(metadata.tables) == set(TOLD_OF) | NOT_OF_PEOPLE, "say in /privacy what a new table keeps of people"


async def test_all_of_a_private_chat_is_shown_and_then_gone(bot: RunningBot, api: BotApi) -> None:
    anna = api.private_of({"id": 8_800_000_123, "is_bot": False, "first_name": "Anna"})
    group = api.group()
    await anna.ask("tell me when xiaomi launches in france")
    await anna.ask("tell me when honor launches in spain")
    await anna.ask("/settings daily at 18")
    await group.ask(anna.person, "/ask top india q3 2017")
    await anna.ask("/roles")
    shown = await anna.ask("/forgetme")
    assert "• your last questions in 2 chats" in shown.text
    assert "• 2 subscriptions" in shown.text
    assert "• the settings and the language of this chat" in shown.text
    assert "• your number and name, from a command for admins" in shown.text
    assert "nobody knows any more whose they are" in shown.text
    assert await press(api, anna, shown, "Keep it") == LEFT
    assert rows_of(bot, anna.id)
    assert await press(api, anna, await anna.ask("/forgetme"), "Delete it all") == DONE
    assert rows_of(bot, anna.id) == {}
    assert (await anna.ask("/forgetme")).text == NOTHING_KEPT
    assert "no subscriptions" in (await anna.ask("/subscriptions")).text


async def test_who_recorded_facts_is_told_what_stays(bot: RunningBot, api: BotApi) -> None:
    owner = api.private_of({"id": OWNER, "is_bot": False, "first_name": "Olga"})
    await owner.ask("tell me when xiaomi launches in italy")
    await owner.ask("/teach zorblatt = Xiaomi")
    shown = await owner.ask("/forgetme")
    assert AUDIT_STAYS in shown.text
    assert await press(api, owner, shown, "Delete it all") == DONE_BUT_AUDIT
    assert set(rows_of(bot, OWNER)) <= {"audit", "taught"}


async def test_a_group_is_not_asked_what_one_person_wants(api: BotApi) -> None:
    anna, group = api.private(), api.group()
    reply = await group.ask(anna.person, "/forgetme")
    assert reply.text == ONLY_PRIVATE
    group.press(reply.message, "forget:yes", anna.person)
    assert "What I keep" in (await group.ask(anna.person, "/privacy")).text


async def test_in_the_language_of_the_person(api: BotApi) -> None:
    lucia = api.private("Lucía", "es")
    await lucia.ask("top 5 india q3 2017")
    shown = await lucia.ask("/forgetme")
    assert "• tu última pregunta en 1 chat" in shown.text
    assert (
        await press(api, lucia, shown, "Borrarlo todo")
        == "Borrado. Ya no guardo nada de ti; escríbeme y empezamos de nuevo."
    )
