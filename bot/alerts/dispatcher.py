"""Sends what is due: claimed in batches, paced, posted, marked. One process at a time does, the others wait for it."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import Any, TypeVar

import structlog
from sqlalchemy import Engine
from telegram import Bot

from bot.alerts import trail
from bot.alerts.desk import Desk, Result
from bot.alerts.faults import Course
from bot.alerts.gate import Gate
from bot.alerts.leadership import Leadership
from bot.alerts.letters import Parcel
from bot.alerts.outcomes import Away, Outcomes
from bot.telegram_client import Form, TelegramClient
from store.alert_tables import DeliveryState
from store.catalogue import Catalogue
from store.deliveries import Mark
from store.engine import StoreError
from store.lease import SECONDS, LeaseLostError

BATCH = 500  # deliveries claimed at once
IN_FLIGHT = 200  # messages sent and not yet marked, at most: what a kill can repeat
POLL_SECONDS = 0.5  # how soon what another process recorded is seen
_PATIENCE = 2.0  # seconds that a parcel waits here for its chat; longer, it waits in the store
_STANDBY_SECONDS = 1.0
_HANGING_AFTER = 1.0

log = structlog.get_logger("vendorbot.alerts")

Given = TypeVar("Given")


def utc_now() -> datetime:
    return datetime.now(UTC)


def most_open(rate: int | None, in_flight: int = IN_FLIGHT) -> int:
    """How many messages may be sent and not yet marked, without those that Telegram keeps waiting: what a kill repeats.

    Enough for answers that take a sixteenth of a second, and half a second at Telegram's usual 30."""
    return min(in_flight, max(16, rate // 16)) if rate else in_flight


class Dispatcher:
    """`run` sends until it is cancelled; `wake` tells it that something was recorded. `sent` counts what became of
    messages since the start, for the log and for those who ask."""

    def __init__(
        self,
        engine: Engine,
        bot: Bot,
        catalogue: Catalogue,
        gate: Gate,
        *,
        in_flight: int = IN_FLIGHT,
        lease_seconds: float = SECONDS,
    ) -> None:
        self._client = bot.request
        self._url = f"{bot.base_url}/sendMessage"
        self._gate = gate
        self._threads = ThreadPoolExecutor(3, thread_name_prefix="alerts")
        self._desk = Desk(engine, catalogue, lease_seconds)
        self.leadership = Leadership(engine, self._threads, lease_seconds)
        self._slots = asyncio.Semaphore(in_flight)
        self._woken, self._filled = asyncio.Event(), asyncio.Event()
        self._ready: deque[Parcel] = deque()
        self._results: list[Result] = []
        self._settling = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()
        self._outcomes = Outcomes(gate.pacing)
        self._away = Away()
        self._trail = trail.Trail()
        self._open, self._writing = 0, False
        self._waiting_since: dict[Parcel, float] = {}  # for an answer, the longest first
        self._most_open = most_open(gate.pacing.rate, in_flight)
        self.counts: Counter[str] = self._outcomes.counts
        self.set_aside: Callable[[int, str, str], None] | None = None

    def wake(self) -> None:
        """Look for what is due at once. To be called in the event loop."""
        self._woken.set()

    async def run(self) -> None:
        """Send alerts whenever this process is the one to do so."""
        settling = asyncio.create_task(self._settle())  # also what was sent under a lease that is lost
        try:
            while True:
                try:
                    if await self.leadership.take():
                        await self._lead()
                except (StoreError, LeaseLostError) as error:
                    log.warning("alerts wait", reason=str(error) or "another process took over")
                except Exception:
                    log.exception("the dispatcher failed and begins anew")
                await asyncio.sleep(_STANDBY_SECONDS)
        finally:
            settling.cancel()
            await asyncio.wait([settling])
            await self._stop()

    async def _lead(self) -> None:
        """Send for as long as the lease holds."""
        # A second connection is open before the first message needs it: until it is marked, a kill would repeat it.
        left, _ = await asyncio.gather(
            self._in_thread(lambda: self._desk.take_over(self._lease)), self._in_thread(lambda: self._desk.settle([]))
        )
        for alert, name, count in left:
            log.info("taking over deliveries of a process that ended", request=name, alert=alert, count=count)
        while self._results or self._writing:  # noqa: ASYNC110 - sent before the database was away: not to be sent again
            await asyncio.sleep(0.05)
        tasks = [asyncio.create_task(one) for one in (self.leadership.keep(), self._claim(), self._send())]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
            self._ready.clear()
            await self._finish()

    @property
    def _lease(self) -> int:
        if self.leadership.number is None:
            raise LeaseLostError
        return self.leadership.number

    async def _claim(self) -> None:
        """Keep a batch ready."""
        while True:
            if len(self._ready) > BATCH // 2 or (self._away.seconds and self._ready):
                await asyncio.sleep(0.005)
                continue
            self._woken.clear()
            now = utc_now()
            parcels: list[Parcel] = []
            if await self._in_thread(lambda now=now: self._desk.anything_due(now)):  # type: ignore[misc]
                parcels = await self._in_thread(lambda now=now: self._desk.claim(self._lease, now, BATCH))  # type: ignore[misc]
                self._trail.claimed(claim for parcel in parcels for claim in parcel.claims)
                self._ready.extend(parcels)
                self._filled.set()
            if not parcels:
                if not self._open and not self._results and not self._ready:
                    self._trail.nothing_due()
                await _set_or_late(self._woken, POLL_SECONDS)

    async def _send(self) -> None:
        """Start what is ready, each in its time; a chat that has to wait keeps nobody else waiting."""
        waiting: dict[str, tuple[float, Parcel]] = {}  # one a chat; what else it gets waits in the store
        while True:
            now = self._gate.clock()
            parcel = self._next(waiting, now)
            if parcel is None:
                self._filled.clear()
                pause = min((moment for moment, _ in waiting.values()), default=now + 60) - now
                await _set_or_late(self._filled, max(pause, 0.001))
                continue
            moment = self._gate.pacing.chat_ready(parcel.address, parcel.in_group, now)
            if parcel.address in waiting or moment > now:
                seconds = self._outcomes.next_place(parcel, moment, now)
                if parcel.address not in waiting and seconds < _PATIENCE and len(waiting) < BATCH:
                    waiting[parcel.address] = (now + seconds, parcel)
                    trail.each("waits for its chat", parcel.claims, seconds=round(seconds, 2))
                else:
                    self._put_off(parcel, seconds)
                continue
            await self._slots.acquire()
            self._open += 1
            try:
                if self._away.seconds:
                    await asyncio.sleep(self._away.seconds)
                while self._open - self._hanging() > self._most_open:  # noqa: ASYNC110 - a kill would repeat these
                    await asyncio.sleep(0.001)
                gone = await self._gate.alert(parcel.address)
            except asyncio.CancelledError:
                self._open -= 1
                self._slots.release()
                raise
            task = asyncio.create_task(self._deliver(parcel, gone))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    def _next(self, waiting: dict[str, tuple[float, Parcel]], now: float) -> Parcel | None:
        """The parcel whose turn it is: one whose chat was waited for, else the next of the batch."""
        if waiting:
            chat, (moment, parcel) = min(waiting.items(), key=lambda one: one[1][0])
            if moment <= now:
                del waiting[chat]
                return parcel
        return self._ready.popleft() if self._ready else None

    async def _deliver(self, parcel: Parcel, gone: float) -> None:
        """Post one message and note what became of it. Whatever goes wrong, the others go on."""
        in_topic, plain = True, False
        while True:
            if not self.leadership.holds:
                # Stopped or cut off for so long that another process may be sending this. If none is, it is due still.
                self._note(Result(tuple(Mark(one, DeliveryState.PENDING, one.attempts) for one in parcel.claims)))
                return
            try:
                sent = await self._post(parcel, parcel.form(plain=plain, in_topic=in_topic), gone)
            except Exception as error:
                verdict = self._outcomes.verdict(parcel, error, plain=plain)
                if verdict.course is Course.PLAIN or (verdict.course is Course.NO_TOPIC and in_topic):
                    plain = plain or verdict.course is Course.PLAIN
                    in_topic = in_topic and verdict.course is not Course.NO_TOPIC
                    gone = await self._gate.alert(parcel.address)
                    continue
                self._away.failed(verdict)
                self._gate.pacing.done(parcel.address, parcel.in_group, self._gate.clock(), taken=False)
                result = self._outcomes.failed(parcel, error, verdict, self._gate.clock())
                self._note(result)
                if self.set_aside and any(one.state is DeliveryState.SET_ASIDE for one in result.marks):
                    self.set_aside(parcel.claims[0].alert_id, parcel.address, str(error))
                return
            self._away.over()
            self._gate.pacing.done(parcel.address, parcel.in_group, self._gate.clock(), taken=True)
            result = self._outcomes.sent(parcel, sent, in_topic=in_topic)
            trail.each("sent", parcel.claims, message=result.marks[0].message_id)
            self._note(result)
            return

    async def _post(self, parcel: Parcel, form: Form, gone: float) -> Any:
        """Telegram's answer."""
        assert isinstance(self._client, TelegramClient)
        self._waiting_since[parcel] = now = self._gate.clock()
        self._gate.pacing.left(gone, now)
        try:
            return await self._client.send_form(self._url, form)
        finally:
            del self._waiting_since[parcel]

    def _hanging(self) -> int:
        """How many messages wait so long for an answer that they keep no other from being sent."""
        if self._open <= self._most_open:
            return 0
        before = self._gate.clock() - _HANGING_AFTER
        return sum(1 for _ in takewhile(lambda since: since < before, self._waiting_since.values()))

    def _put_off(self, parcel: Parcel, seconds: float) -> None:
        due = utc_now() + timedelta(seconds=seconds)
        marks = tuple(Mark(one, DeliveryState.PENDING, one.attempts, due) for one in parcel.claims)
        trail.each("put off, as its chat has more to get", parcel.claims, seconds=round(seconds, 2))
        self._results.append(Result(marks))
        self._settling.set()

    def _note(self, result: Result) -> None:
        """Have a result written down; its place among those in flight is free when that is done."""
        self._results.append(replace(result, frees=True))
        self._settling.set()

    async def _settle(self) -> None:
        """Write results down as they come, all that have come at once."""
        while True:
            await self._settling.wait()
            self._settling.clear()
            try:
                await self._write_down()
            except Exception as error:
                # What went out must not be forgotten: it would go out again.
                log.warning("what was sent could not be written down yet", reason=str(error), count=len(self._results))
                await asyncio.sleep(0.5)
                self._settling.set()

    async def _write_down(self) -> None:
        """Write all results down, and free their places. Raises StoreError; then they are kept."""
        results, self._results, self._writing = self._results, [], True
        try:
            await self._in_thread(lambda: self._desk.settle(results))
        except BaseException:
            self._results = results + self._results
            raise
        finally:
            self._writing = False
        self._trail.marked(mark for result in results for mark in result.marks)
        for result in results:
            if result.frees:
                self._open -= 1
                self._slots.release()

    async def _finish(self) -> None:
        """Let what is under way arrive, and be written down."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=5)
        for _ in range(100):
            if not self._results and not self._writing and not self._open:
                break
            await asyncio.sleep(0.02)

    async def _stop(self) -> None:
        """Give back what was claimed, and the lease."""
        number = self.leadership.number
        with contextlib.suppress(StoreError, RuntimeError):
            if number is not None:
                await self._in_thread(lambda: self._desk.leave(number))
            await self.leadership.give_up()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _in_thread(self, call: Callable[[], Given]) -> Given:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)


async def _set_or_late(event: asyncio.Event, seconds: float) -> None:
    """Wait for an event, so long at most. (asyncio.wait_for of Python 3.11 can lose a cancellation.)"""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
