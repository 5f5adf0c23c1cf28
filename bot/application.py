"""The bot in Telegram, and the only place where everything is wired together."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import structlog
from telegram import Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.alerts.dispatcher import Dispatcher
from bot.alerts.gate import Gate
from bot.alerts.listening import listen
from bot.alerts.owners import Owners
from bot.alerts.pacing import Pacing
from bot.alerts.schedule import soon, start_schedule
from bot.answering import Answering
from bot.handlers.chat_settings import SettingsOfChat
from bot.handlers.commands import Commands
from bot.handlers.corrections import PATTERN as CORRECTIONS
from bot.handlers.corrections import Corrections
from bot.handlers.dialogue import Dialogue, utc_today
from bot.handlers.errors import on_error
from bot.handlers.fact_keeping import FactKeeping
from bot.handlers.inline import Inline
from bot.handlers.languages import Languages
from bot.handlers.menu import set_menu
from bot.handlers.messages import Messages
from bot.handlers.presses import PATTERN, Presses
from bot.handlers.privacy import PATTERN as FORGETTING
from bot.handlers.privacy import Privacy
from bot.handlers.role_menu import set_role_menus
from bot.handlers.subscriptions import Subscriptions
from bot.handlers.turns import Turns
from bot.logging import configure_logging
from bot.receiving import receiving
from bot.settings import Settings, SettingsError
from bot.telegram_client import TelegramClient
from bot.views.thumbnail import thumbnails_of
from store.start import start

WORKERS = 12  # questions answered at once; fewer than the connections that SQLAlchemy's pool hands out
_FEEDS_LOOKED_AT = 60  # every so many seconds it is seen whether it is time to ask one
_STOP_SECONDS = 6  # for alerts under way; a container that was told to stop is killed after ten

log = structlog.get_logger("vendorbot")

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


def run(settings: Settings) -> None:
    """Run the bot until SIGTERM or SIGINT. Raises SettingsError and StoreError where it cannot start."""
    signal.signal(signal.SIGTERM, _end)  # until the loop runs, which then waits for what is under way
    token = settings.token()
    configure_logging(settings.log_level, [token, settings.secret()])
    answering = Answering(start(settings.database_url))
    gc.collect()
    gc.freeze()  # what is loaded stays; looked through again and again, it would slow down each message by a fifth
    threading.Thread(target=answering.prepare, name="names", daemon=True).start()
    asyncio.run(_until_stopped(settings, answering))


def _end(_number: int, _frame: object) -> None:
    raise SystemExit(0)


async def _until_stopped(settings: Settings, answering: Answering) -> None:
    serving = asyncio.current_task()
    assert serving is not None
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows: only Ctrl+C, by KeyboardInterrupt
            asyncio.get_running_loop().add_signal_handler(number, serving.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        async with running(settings, answering):
            await asyncio.Event().wait()
    log.info("stopped")


@contextlib.asynccontextmanager
async def running(
    settings: Settings, answering: Answering, today: Callable[[], date] = utc_today
) -> AsyncIterator[AnyApplication]:
    """The bot at work; on leaving, it finishes what it began. Raises SettingsError where Telegram cannot be used."""
    workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="answer")
    gate = Gate(Pacing(settings.broadcast_rate))
    dialogue = Dialogue(answering, workers, today)
    keeping = FactKeeping(settings, dialogue)
    application = build(settings, answering, dialogue, gate, keeping)
    try:
        await _connect(application, settings)
        await application.start()
        application.create_task(set_menu(application.bot))
        application.create_task(set_role_menus(application.bot, dialogue, keeping.roles))
        async with (
            _alerting(settings, application, answering, gate, workers, keeping),
            receiving(settings, application, answering.engine),
        ):
            yield application
    finally:
        workers.shutdown(wait=False, cancel_futures=True)
        await application.shutdown()
        await application.bot.shutdown()


@contextlib.asynccontextmanager
async def _alerting(
    settings: Settings,
    application: AnyApplication,
    answering: Answering,
    gate: Gate,
    workers: Executor,
    keeping: FactKeeping,
) -> AsyncIterator[None]:
    """Alerts go out, and feeds are asked; on leaving, alerts under way arrive."""
    dispatcher = Dispatcher(
        answering.engine, application.bot, answering.catalogue, gate, lease_seconds=settings.lease_seconds
    )
    dispatcher.set_aside = Owners(application, settings.owner_ids).told
    alerts = [asyncio.create_task(one) for one in (dispatcher.run(), listen(answering.engine, dispatcher.wake))]
    schedule = start_schedule(answering.engine, dispatcher, workers, settings.kept())

    async def poll_feeds() -> None:
        if dispatcher.leadership.holds:
            await keeping.feeds.poll(application.bot)

    if settings.feeds:
        schedule.add_job(poll_feeds, "interval", seconds=_FEEDS_LOOKED_AT, next_run_time=soon(2))
    try:
        yield
    finally:
        schedule.shutdown(wait=False)
        for task in alerts:
            task.cancel()
        await asyncio.wait(alerts, timeout=_STOP_SECONDS)


def build(
    settings: Settings, answering: Answering, dialogue: Dialogue, gate: Gate, keeping: FactKeeping
) -> AnyApplication:
    """The application with all its handlers, not connected yet."""
    application: AnyApplication = (
        ApplicationBuilder()
        .token(settings.token())
        .base_url(f"{settings.telegram_api_base}/bot")
        .base_file_url(f"{settings.telegram_api_base}/file/bot")
        .request(TelegramClient())
        .get_updates_request(TelegramClient(connections=2, read_timeout=5))
        .rate_limiter(gate)
        .updater(None)  # see bot/receiving.py
        .concurrent_updates(Turns())
        .build()
    )
    # Edited messages and channel posts are no new questions, and what was sent "via" a bot is that bot's text.
    new = filters.UpdateType.MESSAGE & ~filters.VIA_BOT
    languages, messages = Languages(dialogue, answering), Messages(dialogue, keeping.drafting.typed)
    application.add_handler(TypeHandler(Update, languages.settle), group=-1)  # before any other
    # Most updates are such messages, so it is looked first whether one is; each filter takes its time.
    words = filters.ChatType.PRIVATE & ~filters.COMMAND & ~filters.StatusUpdate.ALL
    application.add_handler(MessageHandler(new & words, messages.private))
    application.add_handler(CommandHandler("language", languages.language, filters.UpdateType.MESSAGE))
    application.add_handler(CallbackQueryHandler(languages.pressed, "^lang:"))
    subscriptions, of_chat = Subscriptions(dialogue, answering), SettingsOfChat(dialogue, answering)
    commands = Commands(dialogue, subscriptions.started_by_link)
    for name in ("start", "help", "ask", "top", "launches", "vendor"):
        application.add_handler(CommandHandler(name, getattr(commands, name), new))
    for name in ("subscribe", "subscriptions", "unsubscribe"):
        application.add_handler(CommandHandler(name, getattr(subscriptions, name), new))
    application.add_handler(CommandHandler("settings", of_chat.settings, new))
    privacy = Privacy(dialogue, answering, settings.kept())
    application.add_handler(CommandHandler("privacy", privacy.privacy, new))
    application.add_handler(CommandHandler("forgetme", privacy.forgetme, new))
    application.add_handler(CallbackQueryHandler(privacy.pressed, FORGETTING))
    keeping.add_handlers(application, new)
    application.add_handler(MessageHandler(new & filters.COMMAND, commands.unknown))
    application.add_handler(MessageHandler(new & filters.ChatType.GROUPS, messages.group))
    shared = (dialogue.answering, dialogue.workers, dialogue.charts, dialogue.today)
    application.add_handler(CallbackQueryHandler(Presses(*shared).pressed, PATTERN))
    application.add_handler(CallbackQueryHandler(subscriptions.pressed, "^(sub|mute):"))
    application.add_handler(CallbackQueryHandler(of_chat.pressed, "^(set:|settings$)"))
    application.add_handler(CallbackQueryHandler(Corrections(dialogue).pressed, CORRECTIONS))
    application.add_handler(CallbackQueryHandler(messages.pressed))
    application.add_handler(InlineQueryHandler(Inline(*shared, thumbnails_of(settings.webhook_url)).typed))
    application.add_error_handler(on_error)
    return application


async def _connect(application: AnyApplication, settings: Settings) -> None:
    """Find out who the bot is, and end any webhook that would keep polled updates from it. Pending updates stay."""
    try:
        await application.initialize()
        if settings.webhook_url is None:
            await application.bot.delete_webhook(drop_pending_updates=False)
    except InvalidToken:
        # The library's own words hold the token: they are neither shown nor chained.
        raise SettingsError(
            f"Telegram does not accept the token (asked at {_host(settings)}). Ask @BotFather for the present one"
            " (/mybots, API Token) and set TELEGRAM_BOT_TOKEN."
        ) from None
    except TelegramError as error:
        raise SettingsError(
            f"Telegram cannot be reached at {_host(settings)}: {error.message}."
            " Check the network and TELEGRAM_API_BASE."
        ) from None


def _host(settings: Settings) -> str:
    """The API's host and port, without a password that the address may hold."""
    return urlsplit(settings.telegram_api_base).netloc.rpartition("@")[2]
