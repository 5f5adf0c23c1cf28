"""The whole bot with neither network nor threads: an update goes in, and Telegram's methods are carried out at once.

Everything that is no bug has an answer: a fault that the bot logged is raised here, and so is a request that the Bot
API would refuse."""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
import warnings
from collections.abc import Callable, MutableMapping
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qsl

import structlog
from telegram.request import RequestData
from telegram.warnings import PTBUserWarning

from bot import application as wiring
from bot.alerts.gate import Gate
from bot.alerts.pacing import Pacing
from bot.answering import Answering
from bot.handlers.dialogue import Dialogue
from bot.handlers.fact_keeping import FactKeeping
from bot.handlers.flood import Allowance
from bot.intake import Intake
from bot.ledger import Taken
from bot.polling import read_update
from bot.settings import Settings
from bot.telegram_client import Form, TelegramClient
from bot.webhook import _parsed
from store.engine import open_engine
from store.inbox import UpdateKey
from tests.telegram.description import Upload, bot_api
from tests.telegram.fixtures import TODAY
from tests.telegram.methods import Methods, RefusedError

TOKEN = "123456789:AAtestTOKENtestTOKENtestTOKENtest_-x"
OWNER, STRANGER = 1, 2
_UNREAD = "an update that cannot be read is left out"  # the one error that is an answer, too


class RefusedByTelegramError(Exception):
    """The bot asked for what the Bot API does not take."""


class AtOnce(Executor):
    """Work is done where it is handed over: one thread, whose processor time is that of the whole."""

    def submit(self, fn: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*arguments, **named))
        except BaseException as error:
            future.set_exception(error)
        return future


class Direct(TelegramClient):
    """Requests are checked, carried out and answered without being sent."""

    def __init__(self, methods: Methods) -> None:
        super().__init__()
        self.methods, self.refused, self.buttons = methods, list[str](), set[str]()

    async def initialize(self) -> None:
        """Nothing to open."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | Form | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        """Telegram's answer."""
        if "/file/bot" in url:
            return 200, self.methods.files.content[url.rpartition("/")[2]]
        name = url.rpartition("/")[2]
        given: dict[str, Any] = {}
        attached, files = {}, {}
        if isinstance(request_data, Form):
            given = dict(parse_qsl(request_data.body.decode()))
        elif request_data:
            given, files = dict(request_data.json_parameters), request_data.multipart_data
        for part, (file_name, content, *_) in files.items():
            upload = Upload(content)
            upload.name = file_name
            (attached if f"attach://{part}" in "".join(given.values()) else given)[part] = upload
        parameters, faults = bot_api().read(name, given)
        if faults:
            self.refused += faults
            return _answer(400, f"Bad Request: {'; '.join(faults)}")
        for row in (parameters.get("reply_markup") or {}).get("inline_keyboard", []):
            self.buttons |= {button["callback_data"] for button in row if "callback_data" in button}
        try:
            return _answer(200, self.methods.carry_out(name, parameters, attached))
        except RefusedError as refused:
            if refused.violation:
                self.refused.append(f"{name}: {refused.description}")
            return _answer(400, f"Bad Request: {refused.description}")


def _answer(status: int, result: Any) -> tuple[int, bytes]:
    body = {"ok": True, "result": result} if status == 200 else {"ok": False, "error_code": 400, "description": result}
    return status, json.dumps(body).encode()


class _Taken:
    """The inbox of a database that is not asked: every update is new."""

    async def take(self, _key: UpdateKey, _body: str, _look: object) -> Taken:
        return Taken(ours=True)

    async def done(self, _key: UpdateKey, _changes: object = ()) -> None: ...

    def put_off(self, _key: UpdateKey) -> None: ...


class Faults(logging.Handler):
    """Whatever is logged as a fault, by structlog or by the standard library."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[BaseException] = []

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None or record.levelno >= logging.ERROR:
            self.found.append(error or RuntimeError(record.getMessage()))

    def __call__(self, _logger: object, level: str, event: MutableMapping[str, Any]) -> str:
        if level in ("error", "critical", "exception") and event["event"] != _UNREAD:
            error = event.get("exc_info")
            self.found.append(error if isinstance(error, BaseException) else RuntimeError(str(event)))
        raise structlog.DropEvent


class DirectBot:
    """One bot on a database of its own; `take` sees an update through."""

    def __init__(self, file: Path) -> None:
        self.methods = Methods(int(TOKEN.partition(":")[0]), "PhoneVendorBot")
        self.client = Direct(self.methods)
        self._faults = Faults()
        self._loop = asyncio.new_event_loop()
        self._numbers = itertools.count(1)
        warnings.simplefilter("ignore", PTBUserWarning)  # that the application does not run: here it need not
        structlog.configure(processors=[self._faults], cache_logger_on_first_use=False)
        logging.getLogger().handlers[:] = [self._faults]
        settings = Settings(
            _env_file=None,
            telegram_bot_token=TOKEN,
            database_url=f"sqlite:///{file}",
            owner_ids=str(OWNER),
        )
        answering = Answering(open_engine(settings.database_url))
        answering._keeping = AtOnce()  # type: ignore[assignment]
        dialogue = Dialogue(answering, AtOnce(), lambda: TODAY)
        keeping = FactKeeping(settings, dialogue)
        with patch.object(wiring, "TelegramClient", lambda **_: self.client):
            self.application = wiring.build(settings, answering, dialogue, Gate(Pacing(None)), keeping)
        self._loop.run_until_complete(self.application.initialize())
        self._intake = Intake(self.application, _Taken(), Allowance(1e9, 1_000_000))  # type: ignore[arg-type]

    def take(self, body: bytes) -> None:
        """See one update through, from its bytes on. Raises what went wrong, and web.HTTPBadRequest for no update."""
        raw = _parsed(body)
        for kind in ("callback_query",):
            if isinstance(raw.get(kind), dict):
                self.methods.presses.add(str(raw[kind].get("id", "")))
        self._loop.run_until_complete(self._take(raw))
        if self._faults.found:
            fault, self._faults.found = self._faults.found[0], []
            raise fault
        if self.client.refused:
            refused, self.client.refused = self.client.refused, []
            raise RefusedByTelegramError("; ".join(refused))

    async def _take(self, raw: dict[str, Any]) -> None:
        update = read_update(raw, self.application.bot)
        seen_through = await self._intake.take(update, raw) if update else None
        if seen_through:
            await seen_through

    def close(self) -> None:
        """Let go of the loop."""
        self._loop.close()

    def message(self, text: str, person: int = OWNER, chat: int | None = None, **more: Any) -> bytes:
        """An update: a message of a person, in private or in a group (a negative number)."""
        place = chat if chat is not None else person
        payload = {"id": place, "type": "private" if place > 0 else "supergroup", "title": "Phones", "first_name": "A"}
        kept = self.methods.new_message(payload, _person(person), text=text, **more)
        return json.dumps({"update_id": next(self._numbers), "message": kept}).encode()

    def press(self, data: str, person: int = OWNER, chat: int | None = None, **more: Any) -> bytes:
        """An update: a button pressed below a message of the bot."""
        place = chat if chat is not None else person
        payload = {"id": place, "type": "private" if place > 0 else "supergroup", "title": "Phones", "first_name": "A"}
        markup = {"inline_keyboard": [[{"text": "Yes", "callback_data": data}]]}
        kept = self.methods.new_message(payload, self.methods.me, **({"text": "Well?"} | more), reply_markup=markup)
        press = {"id": "7", "from": _person(person), "chat_instance": "1", "message": kept, "data": data}
        return json.dumps({"update_id": next(self._numbers), "callback_query": press}).encode()

    def typed(self, query: str, person: int = OWNER) -> bytes:
        """An update: an inline query."""
        self.methods.inline.add("9")
        body = {"id": "9", "from": _person(person), "query": query, "offset": ""}
        return json.dumps({"update_id": next(self._numbers), "inline_query": body}).encode()


def _person(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "is_bot": False,
        "first_name": "Somebody",
        "language_code": ("en", "de", "ru", "zh")[number % 4],
    }
