"""Any update that the Bot API can send, through the whole bot: no fault, and no reply that Telegram would refuse."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from structlog.testing import capture_logs

from tests.free_port import free_port
from tests.hostile.updates import updates
from tests.telegram.fixtures import running_bot
from tests.telegram.postman import Postman

pytestmark = pytest.mark.anyio

_MANY = 150


async def test_any_update_is_dealt_with(loaded_file: Path, tmp_path: Path, anyio_backend: str) -> None:
    file = Path(shutil.copy(loaded_file, tmp_path / "vendorbot.db"))
    address = f"http://127.0.0.1:{free_port()}/hook"
    async with running_bot(file, webhook_url=address, webhook_secret="s", user_rate=1000) as bot:
        async with Postman([address], "s") as postman:
            with capture_logs() as logs:
                for update in await asyncio.to_thread(examples):
                    bot.api.methods.presses.add((update.get("callback_query") or {}).get("id", ""))
                    assert await postman.call(address, update) == 200, update
            bot.api.postman = postman
            assert "Hello" in (await bot.api.private().ask("hello")).text
        # What the library cannot read is left out; that is told as an error, and the only one.
        unread = "an update that cannot be read is left out"
        faults = [one for one in logs if one["log_level"] in ("error", "critical") and one["event"] != unread]
        assert faults == []
        assert sum(one["event"] == unread for one in logs) < _MANY / 2
        assert len(bot.api.of("sendMessage")) > _MANY / 10
        bot.api.check()


def examples() -> list[dict[str, Any]]:
    """Some updates, the same in each run, numbered."""
    found: list[dict[str, Any]] = []

    @settings(max_examples=_MANY, database=None, suppress_health_check=list(HealthCheck))
    @given(updates())
    def keep(update: dict[str, Any]) -> None:
        found.append(update | {"update_id": len(found) + 1})

    keep()
    return found
