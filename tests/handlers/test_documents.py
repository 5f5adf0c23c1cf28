"""Files and articles in the chat: what is exported comes back as it was, and who may send what."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from bot.handlers.messages import WORDLESS
from store.files import read_file
from tests.telegram.chats import PrivateChat
from tests.telegram.server import BotApi

pytestmark = pytest.mark.anyio

OWNER = 7_700_000_001
BOT_SETTINGS = {"owner_ids": str(OWNER), "user_rate": 1000}
ARTICLE = "Honor shipped 3.1 million smartphones in Russia in Q2 2017. " + "It was a busy quarter for everyone. " * 20


@pytest.fixture
def owner(api: BotApi) -> PrivateChat:
    return api.private_of({"id": OWNER, "is_bot": False, "first_name": "Olga"})


@pytest.mark.parametrize("form", ["csv", "json"])
async def test_what_is_exported_is_known_when_it_comes_back(api: BotApi, owner: PrivateChat, form: str) -> None:
    owner.post(f"/export {form}")
    sent = (await api.next("sendDocument", owner.id)).message["document"]
    content = api.methods.files.content[sent["file_id"]]
    assert sent["file_name"] == f"vendorbot-{form}-2017-11-01.zip"
    with zipfile.ZipFile(BytesIO(content)) as packed:
        assert packed.namelist() == [f"{name}.{form}" for name in ("facts", "milestones", "launches", "news")]
        rows = sum(1 for name in packed.namelist() for line in read_file(packed.read(name)).lines if line.row)
    assert rows > 8_000
    owner.send_file("all.zip", content)
    reply = await owner.reply(30)
    assert reply.text.endswith("Nothing in it is new.")
    assert "refused" not in reply.text


async def test_a_long_or_forwarded_text_of_an_editor_is_an_article(owner: PrivateChat) -> None:
    assert "Where does it stand?" in (await owner.ask(ARTICLE)).text
    await owner.ask("/cancel")
    origin = {"type": "hidden_user", "date": 0, "sender_user_name": "Somebody"}
    owner.post(ARTICLE[:300], forward_origin=origin)
    assert "Where does it stand?" in (await owner.reply()).text
    await owner.ask("/cancel")
    told = owner.post("Honor shipped 3.1 million smartphones in Russia in Q2 2017.")
    await owner.reply()
    owner.post("/read", reply_to_message={key: one for key, one in told.items() if key != "reply_to_message"})
    assert "1 thing found" in (await owner.reply()).text
    await owner.ask("/cancel")


async def test_what_is_too_large_is_not_even_fetched(api: BotApi, owner: PrivateChat) -> None:
    fetched = len(api.of("getFile"))
    owner.post(document={"file_id": "large", "file_unique_id": "u", "file_name": "a.csv", "file_size": 6_000_000})
    assert "a.csv has 6.0 MB; I take documents of up to 5 MB." in (await owner.reply()).text
    assert len(api.of("getFile")) == fetched


async def test_others_get_what_they_always_got(api: BotApi) -> None:
    anna = api.private()
    anna.send_file("launches.csv", b"x")
    assert (await anna.reply()).text == WORDLESS
    assert "That is for the admins" in (await anna.ask("/export")).text
    assert "That is for the editors" in (await anna.ask("/read x")).text
    assert "Where does it stand?" not in (await anna.ask(ARTICLE)).text


async def test_an_editor_sends_articles_and_no_tables(api: BotApi, owner: PrivateChat) -> None:
    ben = api.private("Ben")
    await owner.ask(f"/grant {ben.id} editor")
    await ben.reply()
    ben.send_file("launches.csv", b"x")
    assert "That is for the admins of this bot." in (await ben.reply()).text
    ben.send_file("article.html", f"<p>{ARTICLE}</p>".encode())
    assert "1 thing found" in (await ben.reply()).text
