"""An alert's whole life can be read in the logs: one request, from what recorded it to the last mark."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.alerts.desk import Desk
from store.catalogue import read_catalogue
from store.deliveries import claim
from store.engine import reading, writing
from store.lease import renew_lease, take_lease
from store.record import Recorder
from store.subscriptions import Wish
from store.under_way import named
from tests.conftest import Run
from tests.running_process import started
from tests.store.test_alerts import LAUNCH, record, wants
from tests.telegram.faults import BLOCKED, INTERNAL
from tests.telegram.server import BotApi

RECORDED, BEGINS, OUT = "an alert is recorded", "an alert goes out", "an alert is out, as far as it is due"
OLGA = 7_700_000_001
LINE = "/addlaunch Xiaomi, Mi A7, Spain, 7 Nov 2017, confirmed, https://pocketnow.com/1"
FILE = """vendor,product,region,date,certainty,source,url,published
xiaomi,Mi A9,france,2027-03-14,expected,Example Wire,https://example.com/1,2026-01-02
"""


@pytest.mark.anyio
async def test_one_request_leads_from_the_recording_to_the_last_mark(
    environment: dict[str, str], sqlite_url: str, run: Run, tmp_path: Path, anyio_backend: str
) -> None:
    settings = {"LOG_LEVEL": "DEBUG", "OWNER_IDS": str(OLGA)}
    async with BotApi() as api, started(environment, tmp_path, api.base, sqlite_url, **settings) as bot:
        olga = api.private_of({"id": OLGA, "is_bot": False, "first_name": "Olga"})
        anna, ben = api.private("Anna"), api.private("Ben")
        for person in (anna, ben):
            await person.ask("subscribe to xiaomi")
        api.fail("sendMessage", INTERNAL, chat_id=anna.id)
        api.fail("sendMessage", BLOCKED, chat_id=ben.id)
        preview = await olga.ask(LINE)
        button = next(one["callback_data"] for one in preview.buttons if one["text"] == "Record")
        olga.press(preview.message, button, olga.person)
        assert "New launch" in (await anna.reply()).text
        (tmp_path / "launches.csv").write_text(FILE)
        imported = await asyncio.to_thread(run, "facts", "import", "launches.csv", "--alert", database_url=sqlite_url)
        assert "Mi A9" in (await anna.reply()).text
        await bot.until_said(OUT, times=3)  # the first one's with one that is tried again, then with that one
        report = (await olga.ask("/alerts")).text
        await bot.end()
    lines = [json.loads(line) for line in bot.said.splitlines() if line.startswith("{")]

    first = next(one for one in lines if one["event"] == RECORDED)
    assert (first["happened"], first["of"], first["messages"]) == ("new", "launch", 2)
    assert "update" in first, "the press that recorded it"
    assert f"In the log: request {first['request']}" in report, "of what did not get through"
    life = trail(lines, first["request"])
    assert [said for said in life if said.startswith("an alert")] == [RECORDED, BEGINS, OUT, OUT]
    of_first = [one for one in lines if one.get("request") == first["request"] and "delivery" in one]
    paced = ("waits for its chat", "put off, as its chat has more to get")
    for person, story in (
        (anna, ["claimed", "not sent; tried again", "marked", "claimed", "sent", "marked"]),
        (ben, ["claimed", "a chat cannot be reached any more", "marked"]),
    ):
        of_person = [one for one in of_first if one["chat"] == str(person.id)]
        assert [one["event"] for one in of_person if one["event"] not in paced] == story
        assert len({one["delivery"] for one in of_person}) == 1

    told = re.search(r"Its log calls them request (\w+)\.", imported.stdout)
    assert told
    life = trail(lines, told[1])
    assert [said for said in life if not said.startswith("waits")] == ["claimed", BEGINS, "sent", "marked", OUT]


def test_another_process_goes_on_under_the_same_request(loaded_engine: Engine) -> None:
    wants(loaded_engine, "101", Wish("xiaomi"))
    wants(loaded_engine, "102", Wish("xiaomi"))
    with named("5EED05"):
        record(loaded_engine, LAUNCH)
    with reading(loaded_engine) as session:
        desk = Desk(loaded_engine, read_catalogue(session))
    with writing(loaded_engine) as session:
        first, second = (take_lease(session, owner, lambda _: True) for owner in ("one", "two"))
        assert first and second
        renew_lease(session, second)
        assert [one.delivery for one in claim(session, second, datetime.now(UTC), 9)] == ["1-1", "1-2"]
    assert desk.take_over(second) == []
    assert desk.take_over(second + 1) == [(1, "5EED05", 2)]


def test_what_is_rolled_back_is_told_of_nowhere(loaded_engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", "vendorbot.alerts"):
        with writing(loaded_engine) as session, named("DECAF0"):
            Recorder(session, "test", alerts=True).record(LAUNCH)
            session.rollback()
        assert caplog.records == []
        with named("C0FFEE"):
            record(loaded_engine, LAUNCH)
        assert [vars(one)["request"] for one in caplog.records] == ["C0FFEE"]


def trail(lines: list[dict[str, Any]], request: str) -> list[str]:
    """What the log says under that request, in order, of alerts and deliveries."""
    return [one["event"] for one in lines if one.get("request") == request and "alert" in one]
