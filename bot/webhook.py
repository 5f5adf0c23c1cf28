"""Updates by webhook, and what a machine asks of the bot: is it alive, is it ready, what has it counted."""

from __future__ import annotations

import asyncio
import hmac
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import structlog
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest

from bot import metrics
from bot.intake import Intake
from bot.polling import ALLOWED_UPDATES, read_update
from bot.sending import persist
from bot.settings import Settings, SettingsError
from bot.views.thumbnail import PATH, thumbnail

MOST_BYTES = 1_048_576  # an update of Telegram has a few thousand, a hundred thousand at the very most
_READ_SECONDS = 10.0
# Telegram sends the updates of one chat one after the other, each when the one before was confirmed: confirmed when it
# was answered, a follow-up finds its question, whichever process it comes to. After this long, order matters less.
_CONFIRMED_AFTER = 5.0
_CHECKED_EVERY = 1.0
_CHECK_SECONDS = 2.0

log = structlog.get_logger("vendorbot.webhook")


class Listener:
    """What the addresses answer. Without an intake there is no webhook, only the rest."""

    def __init__(self, settings: Settings, bot: Bot, intake: Intake | None, check: Callable[[], None]) -> None:
        self._bot, self._intake, self._check = bot, intake, check
        self._secret = settings.secret().encode() if intake else b""
        self._path = urlsplit(settings.webhook_url or "").path or "/"
        self._checked: tuple[float, str] = (-60.0, "not looked yet")
        self._checking = asyncio.Lock()
        self.ending = False

    def routes(self) -> web.Application:
        """The addresses and what answers them."""
        site = web.Application(client_max_size=MOST_BYTES)
        site.router.add_get("/health", self._health)
        site.router.add_get("/ready", self._ready)
        site.router.add_get("/metrics", self._metrics)
        if self._intake:
            site.router.add_post(self._path, self._counted)
            site.router.add_get(self._path.rstrip("/") + PATH, self._thumbnail)
        return site

    async def _health(self, _request: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def _ready(self, _request: web.Request) -> web.Response:
        """503 where updates had better go to another process: the bot ends, or has no database."""
        if self.ending:
            return web.Response(status=503, text="ending\n")
        async with self._checking:
            if time.monotonic() - self._checked[0] > _CHECKED_EVERY:
                trouble = await self._trouble()
                if trouble != self._checked[1]:
                    log.info("readiness changed", now=trouble or "ready")
                self._checked = (time.monotonic(), trouble)
        trouble = self._checked[1]
        return web.Response(status=503 if trouble else 200, text=f"{trouble or 'ready'}\n")

    async def _trouble(self) -> str:
        try:
            async with asyncio.timeout(_CHECK_SECONDS):
                await asyncio.to_thread(self._check)
        except Exception as error:  # whatever it is, the bot is not ready
            log.debug("not ready", reason=str(error))
            return "the database cannot be reached"
        return ""

    async def _metrics(self, _request: web.Request) -> web.Response:
        return web.Response(body=metrics.written(), headers={"Content-Type": metrics.CONTENT_TYPE})

    async def _thumbnail(self, request: web.Request) -> web.Response:
        painted = await asyncio.to_thread(thumbnail, request.match_info["name"])
        if painted is None:
            raise web.HTTPNotFound
        return web.Response(body=painted, content_type="image/png", headers={"Cache-Control": "public, max-age=604800"})

    async def _counted(self, request: web.Request) -> web.Response:
        try:
            response = await self._receive(request)
        except web.HTTPException as refusal:
            metrics.WEBHOOK.labels(str(refusal.status)).inc()
            raise
        metrics.WEBHOOK.labels(str(response.status)).inc()
        return response

    async def _receive(self, request: web.Request) -> web.Response:
        """One update. 200 tells Telegram that it is done with; anything else, to send it again later."""
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), self._secret):
            raise web.HTTPForbidden(text="not Telegram\n")
        assert self._intake is not None
        if self.ending or self._intake.full:
            raise web.HTTPServiceUnavailable(text="later\n", headers={"Retry-After": "1"})
        try:
            async with asyncio.timeout(_READ_SECONDS):
                body = await request.read()
        except TimeoutError:
            raise web.HTTPRequestTimeout from None
        raw = _parsed(body)
        update = read_update(raw, self._bot)
        if update is None:
            return web.Response()  # nor could it be read if it came again
        seen_through = await self._intake.take(update, raw)
        if seen_through:
            await asyncio.wait({seen_through}, timeout=_CONFIRMED_AFTER)
        return web.Response()


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        raise web.HTTPBadRequest(text="no JSON\n") from None
    number = raw.get("update_id") if isinstance(raw, dict) else None
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < 2**63:
        raise web.HTTPBadRequest(text="no update\n")
    return dict(raw)


@asynccontextmanager
async def listening(listener: Listener, address: str, port: int) -> AsyncIterator[int]:
    """The addresses served, for the length of a `with`; gives the port. Raises SettingsError where it is taken."""
    runner = web.AppRunner(listener.routes(), access_log=None, handle_signals=False, shutdown_timeout=1.0)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, address, port, backlog=1024).start()
        except OSError as error:
            raise SettingsError(
                f"Cannot listen on {address}, port {port}: {error.strerror}. Set LISTEN_ADDRESS and LISTEN_PORT."
            ) from None
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


async def announce(bot: Bot, settings: Settings) -> None:
    """Tell Telegram where to send updates. Several processes may do so: it is the same for all. Raises TelegramError,
    and SettingsError where Telegram does not take the address."""
    url = settings.webhook_url or ""
    try:
        await persist(
            lambda: bot.set_webhook(
                url, allowed_updates=ALLOWED_UPDATES, secret_token=settings.secret(), drop_pending_updates=False
            )
        )
    except BadRequest as error:
        raise SettingsError(f"Telegram does not take WEBHOOK_URL: {error.message}.") from None
