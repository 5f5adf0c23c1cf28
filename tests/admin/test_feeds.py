"""Feeds: what is new in them waits for a person, and none can lead the bot inside, hang it or fill its memory."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.admin.feeds.entries import read_entries
from bot.admin.feeds.fetching import Fetcher, FetchError, is_public
from store.catalogue import read_catalogue
from store.engine import open_engine, reading
from store.facts import Facts
from store.words import Metric
from tests.admin.feed_server import TELLING, FeedServer, feed_server, rss
from tests.telegram.fixtures import running_bot
from tests.telegram.server import Request

pytestmark = pytest.mark.anyio

OWNER = 7_700_000_001
LOOPBACK = Fetcher(["127.0.0.1"], seconds=0.5)


@pytest.fixture(scope="module")
async def feed(anyio_backend: str) -> AsyncIterator[FeedServer]:
    async with feed_server() as server:
        yield server


async def test_a_feed_is_sent_again_only_when_it_has_changed(feed: FeedServer) -> None:
    first = await LOOPBACK.fetch(f"{feed.address}/moved")
    assert first.body is not None
    assert [one.title for one in read_entries(first.body, first.address, first.content_type)] == ["News 1"]
    assert (await LOOPBACK.fetch(f"{feed.address}/feed.xml", first.etag)).body is None


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/hangs", "did not answer whole within"), ("/drips", "did not answer whole within"),
        ("/huge", "larger than 2 MB"), ("/packed", "packed body"), ("/round", "redirects more than 5 times"),
        ("/inside", "private address"), ("/file", "no http or https"), ("/nothing", "status 404"),
    ],
)  # fmt: skip
async def test_what_goes_wrong_is_said(feed: FeedServer, path: str, reason: str) -> None:
    with pytest.raises(FetchError, match=reason):
        await LOOPBACK.fetch(feed.address + path)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433"])
async def test_nothing_inside_is_asked(feed: FeedServer, host: str) -> None:
    before = len(feed.asked)
    port = feed.address.rpartition(":")[2]
    with pytest.raises(FetchError):
        await Fetcher(seconds=5).fetch(f"http://{host}:{port}/feed.xml")
    assert len(feed.asked) == before


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True), ("2606:2800:21f::1", True), ("10.1.2.3", False), ("172.16.0.1", False),
        ("192.168.1.1", False), ("169.254.169.254", False), ("100.64.0.1", False), ("127.8.9.1", False),
        ("0.0.0.0", False), ("224.0.0.1", False), ("255.255.255.255", False), ("::1", False), ("::", False),
        ("fe80::1%eth0", False), ("fd00::1", False), ("::ffff:10.0.0.1", False), ("2002:7f00:1::", False),
        ("64:ff9b::a00:1", False), ("64:ff9b::5db8:d70e", True), ("somewhere", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


@settings(max_examples=40)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: rss(text).encode("utf-8", "ignore"))))
def test_any_body_is_read_or_refused(body: bytes) -> None:
    try:
        read_entries(body, "https://example.com/feed", "application/xml")
    except FetchError as error:
        assert str(error)


def test_a_feed_cannot_read_files_or_grow(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("Honor shipped 9 million smartphones in Russia in Q2 2017.")
    for entity in (f'SYSTEM "file://{secret}"', '"' + "Honor " * 1000 + '"'):
        head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a {entity}>' + "".join(
            f"<!ENTITY a{number} '{'&a;' * 50}'>" for number in range(3)
        )
        body = f"{head}]><rss version='2.0'><channel><item><title>&a;</title></item></channel></rss>".encode()
        try:
            found = read_entries(body, "", "application/xml")
        except FetchError:
            continue
        assert all("9 million" not in one.html and len(one.html) < 100_000 for one in found)


async def test_what_a_feed_tells_waits_for_an_admin(feed: FeedServer, loaded_file: Path, tmp_path: Path) -> None:
    file = Path(shutil.copy(loaded_file, tmp_path / "vendorbot.db"))
    feed.body, feed.etag = rss(TELLING, "The weather is fine."), '"2"'
    addresses = f"{feed.address}/feed.xml,{feed.address}/broken"
    async with running_bot(file, owner_ids=str(OWNER), feeds=addresses, feeds_allowed_addresses="127.0.0.1") as bot:
        olga = bot.api.private_of({"id": OWNER, "is_bot": False, "first_name": "Olga"})
        told = await olga.reply(20)
        assert told.text.startswith("The feeds brought an article that tells something. /drafts shows it")
        engine = open_engine(f"sqlite:///{file}")
        with reading(engine) as session:
            recorded = Facts(session, read_catalogue(session)).history(["honor"], [Metric.SHIPMENTS], "russia")
        assert recorded == []
        report = await olga.ask("/feeds")
        assert "failures in a row: 1; what it sent is no RSS and no Atom, or is broken" in report.text
        listed = await olga.ask("/drafts")
        assert [one["text"] for one in listed.buttons] == ["Take: Article: News 1"]
        candidate = await pressed(olga, listed, "Take")
        assert "Honor shipped 3.1 million smartphones in Russia in Q2 2017" in candidate.text
        assert "Source: Pocketnow, 31 October 2017" in candidate.text
        assert "That was the last one. Recorded: 1" in (await pressed(olga, candidate, "Record")).text
        engine.dispose()


async def pressed(chat, reply: Request, label: str) -> Request:  # type: ignore[no-untyped-def]
    return await chat.press_and_see(reply.message, label, "editMessageText")
