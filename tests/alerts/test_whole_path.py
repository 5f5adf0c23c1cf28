"""From words to alert: subscribed in a chat, recorded by another process, told, muted, and seen by the owner."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.answering import Answering
from bot.application import running
from store.start import start
from tests.conftest import Run
from tests.telegram.fixtures import TODAY, settings_for
from tests.telegram.server import BotApi

pytestmark = pytest.mark.anyio

OWNER = 77
COLUMNS = "vendor,product,region,date,certainty,source,url,published\n"


@pytest.fixture
async def api(anyio_backend: str, sqlite_file: Path) -> AsyncIterator[BotApi]:
    """The server of a bot on this test's database."""
    async with BotApi() as server:
        settings = settings_for(server, sqlite_file, broadcast_rate=10).model_copy(update={"owner_ids": (OWNER,)})
        engine = start(settings.database_url)
        async with running(settings, Answering(engine), lambda: TODAY):
            yield server
        engine.dispose()
        server.check()


async def test_what_another_process_records_is_told_within_seconds(
    api: BotApi, run_process: Run, tmp_path: Path
) -> None:
    anna, ben = api.private("Anna"), api.private("Ben")
    await anna.ask("tell me when xiaomi launches in france")
    await ben.ask("tell me when apple launches in france")
    file = tmp_path / "launches.csv"
    file.write_text(f"{COLUMNS}xiaomi,Mi A9,france,2027-03-14,expected,Example Wire,https://example.com/1,2026-01-02\n")
    dry = await asyncio.to_thread(run_process, "facts", "import", str(file), "--alert", "--dry-run")
    assert "1 would go out, in 1 message(s). This would reach 1 chat(s)." in dry.stdout
    imported = await asyncio.to_thread(run_process, "facts", "import", str(file), "--alert")
    assert "Alerts: 1, in 1 message(s)" in imported.stdout
    alert = await anna.reply(5)
    assert "Launch, not confirmed" in alert.text
    assert "expected, not confirmed" in alert.text

    again = await asyncio.to_thread(run_process, "facts", "import", str(file), "--alert")
    assert "Alerts: 0" in again.stdout
    muted = anna.press(alert.message, alert.buttons[0]["callback_data"], anna.person)
    assert await anna.said_to(muted) == "Muted: launches of Xiaomi in France. /subscriptions turns it on again."
    file.write_text(f"{COLUMNS}xiaomi,Mi A9,france,2027-04-01,expected,Example Wire,https://example.com/2,2026-02-02\n")
    moved = await asyncio.to_thread(run_process, "facts", "import", str(file), "--alert")
    assert "in 0 message(s)" in moved.stdout
    assert [one.text for one in api.of("sendMessage", ben.id)][1:] == []


async def test_the_owner_sees_what_went_out(api: BotApi, run_process: Run, tmp_path: Path) -> None:
    anna, owner = api.private("Anna"), api.private("Olga")
    owner.person["id"] = OWNER
    assert "No alert has been recorded yet" in (await owner.ask("/alerts")).text
    await anna.ask("subscribe to xiaomi")
    file = tmp_path / "launches.csv"
    file.write_text(f"{COLUMNS}xiaomi,,france,2027-03-14,confirmed,Example Wire,https://example.com/1,2026-01-02\n")
    await asyncio.to_thread(run_process, "facts", "import", str(file), "--alert")
    await anna.reply(5)
    await asyncio.sleep(0.3)
    report = (await owner.ask("/alerts")).text
    assert "new launch: Xiaomi, France" in report
    assert "1 sent in " in report


async def test_answers_go_ahead_of_alerts(api: BotApi, run_process: Run, tmp_path: Path) -> None:
    anna = api.private("Anna")
    crowd = [api.private(f"Person {number}") for number in range(30)]
    for person in crowd:
        await person.ask("subscribe to xiaomi")
    file = tmp_path / "launches.csv"
    file.write_text(f"{COLUMNS}xiaomi,,france,2027-03-14,confirmed,Example Wire,https://example.com/1,2026-01-02\n")
    await asyncio.to_thread(run_process, "facts", "import", str(file), "--alert")
    await crowd[0].reply(5)
    answer = await anna.ask("top five worldwide")
    told = [one for one in api.of("sendMessage") if "New launch" in one.text]
    assert "1. " in answer.text
    assert len(told) < len(crowd)
