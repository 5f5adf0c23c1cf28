"""The Bot API server: answers as Telegram does, keeps every request, and notes each one that Telegram would not take.

async with BotApi() as api:               # api.base is the TELEGRAM_API_BASE, api.token the TELEGRAM_BOT_TOKEN
    anna = api.private("Anna")            # see chats.py: a private chat; api.group("Phones") a group
    reply = await anna.ask("top india")   # pushes the message and waits for the bot's next sendMessage to that chat
    reply.text                            # as people see it; reply.parameters as sent; reply.message as Telegram has it
    api.fail("sendMessage", BLOCKED, chat_id=anna.id)   # see faults.py; api.mend() ends all faults
    api.check()                           # raises AssertionError where a request did not fit the Bot API
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.telegram.chats import GroupChat, PrivateChat
from tests.telegram.description import Upload, bot_api
from tests.telegram.faults import Fault, Switched
from tests.telegram.methods import Methods, RefusedError
from tests.telegram.postman import Postman

TOKEN = "123456789:AAtestTOKENtestTOKENtestTOKENtest_-x"


@dataclass(frozen=True)
class Request:
    """One request of the bot: `text` as people see it, `message` as Telegram has it, `status` as it was answered."""

    method: str
    parameters: Mapping[str, Any]
    status: int
    result: Any = None
    at: float = field(default_factory=time.monotonic)

    @property
    def message(self) -> dict[str, Any]:
        assert isinstance(self.result, dict), f"{self.method} was answered with {self.status}: {self.result}"
        return self.result

    @property
    def text(self) -> str:
        return str(self.message.get("text", ""))

    @property
    def caption(self) -> str:
        return str(self.message.get("caption", ""))

    @property
    def uploaded(self) -> bool:
        """Whether the picture or document came as a file, not as the name of one that Telegram has."""
        return any(isinstance(one, Upload) for one in self.parameters.values())

    @property
    def chat_id(self) -> int | None:
        return self.parameters.get("chat_id")

    @property
    def buttons(self) -> list[dict[str, Any]]:
        rows = (self.parameters.get("reply_markup") or {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]


class BotApi:
    """One bot's server, in the running event loop, on a free port of loopback."""

    def __init__(self, token: str = TOKEN, username: str = "PhoneVendorBot") -> None:
        self.token = token
        self.requests: list[Request] = []
        self.polls: list[Mapping[str, Any]] = []
        self.violations: list[str] = []
        self.methods = Methods(int(token.partition(":")[0]), username)
        self._description = bot_api()
        self._faults: list[Switched] = []
        self._unread: defaultdict[tuple[str, int | None], deque[Request]] = defaultdict(deque)
        self._heard = asyncio.Condition()
        self._updates: deque[dict[str, Any]] = deque()
        self._allowed: list[str] = []
        self._pushed = asyncio.Event()
        self._next_update = 1_000
        self.postman: Postman | None = None  # set, it carries updates to a webhook, and none are there to be polled
        self._port = 0
        self._runner: web.ServerRunner | None = None

    async def __aenter__(self) -> BotApi:
        await self.start()
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen; after a stop, on the same port again."""
        # The server is waited for by nobody: polls still open at the end are cut.
        self._runner = web.ServerRunner(web.Server(self._handle, access_log=None), shutdown_timeout=0.01)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Be away: connections are refused from now on."""
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def private(self, name: str = "Anna", language: str | None = None) -> PrivateChat:
        """A new person, and their private chat with the bot; `language` is what their app says it is."""
        return PrivateChat(self, name, language=language)

    def private_of(self, person: dict[str, Any]) -> PrivateChat:
        """The private chat of somebody who is there already."""
        return PrivateChat(self, person["first_name"], person)

    def group(self, title: str = "Phones", *, forum: bool = False) -> GroupChat:
        """A new supergroup that the bot is in."""
        return GroupChat(self, title, forum)

    def push(self, kind: str, body: dict[str, Any]) -> int:
        """Have an update of that kind ("message", "callback_query" ...) for the bot; returns its number."""
        faults = self._description.faults({"update_id": self._next_update, kind: body}, ["Update"], "pushed update")
        assert not faults, faults
        return self.push_as_it_is({kind: body})

    def push_as_it_is(self, update: dict[str, Any]) -> int:
        """As push, for an update that Telegram should not send."""
        number, self._next_update = self._next_update, self._next_update + 1
        if self.postman:
            self.postman.bring({"update_id": number, **update})
        elif not self._allowed or any(kind in self._allowed for kind in update):
            self._updates.append({"update_id": number, **update})
            self._pushed.set()
        return number

    @property
    def pending(self) -> int:
        """How many updates the bot has not confirmed."""
        return len(self._updates)

    def fail(
        self,
        method: str | None,
        fault: Fault,
        *,
        times: int | None = 1,
        chat_id: int | None = None,
        when: Callable[[Mapping[str, Any]], bool] | None = None,
    ) -> None:
        """Let requests of a method, or all, fail: so often or (None) until `mend`; in one chat only, or when told."""
        self._faults.append(Switched(fault, method, chat_id, times, when))

    def mend(self) -> None:
        """End all faults."""
        self._faults.clear()

    async def next(self, method: str = "sendMessage", chat_id: int | None = None, seconds: float = 30.0) -> Request:
        """The next request of that method, to that chat if one is named, that Telegram took. Each is returned once.

        Raises AssertionError where none comes in time."""
        waiting = self._unread[method, chat_id]
        await self.until(lambda: bool(waiting), f"no {method} to {chat_id or 'anyone'}", seconds)
        return waiting.popleft()

    async def until(self, condition: Callable[[], bool], otherwise: str, seconds: float = 30.0) -> None:
        """Wait until requests made that true. Raises AssertionError, saying `otherwise`, where they do not in time."""
        try:
            async with asyncio.timeout(seconds), self._heard:
                await self._heard.wait_for(condition)
        except TimeoutError:
            last = [f"{one.method} {dict(one.parameters)}" for one in self.requests[-3:]]
            raise AssertionError(f"{otherwise} in {seconds} s; last: {last}") from None

    def of(self, method: str, chat_id: int | None = None) -> list[Request]:
        """All requests of a method so far, refused ones too."""
        return [one for one in self.requests if one.method == method and chat_id in (None, one.chat_id)]

    def check(self) -> None:
        """Raise AssertionError with all that did not fit the Bot API since the last check."""
        found, self.violations = self.violations, []
        assert not found, "\n".join(found)

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        if request.path.startswith(f"/file/bot{self.token}/"):
            return web.Response(body=self.methods.files.content[request.path.rpartition("/")[2]])
        token, _, method = request.path.removeprefix("/bot").partition("/")
        if not request.path.startswith("/bot") or ":" not in token:
            return _answer(404, "Not Found")
        if token != self.token:
            return _answer(401, "Unauthorized")
        given = await _given(request)
        attached = _attached(given)
        parameters, faults = self._description.read(method, given)
        if faults:
            self.violations += faults
            return await self._done(method, parameters, 400, f"Bad Request: {'; '.join(faults)}")
        fault = next((one.fault for one in self._faults if one.strikes(method, parameters)), None)
        if fault and fault.seconds:
            await asyncio.sleep(fault.seconds)
        if fault and fault.status != 200 and not fault.done:
            return await self._failed(request, method, parameters, fault)
        if method == "getUpdates":
            return await self._poll(parameters)
        try:
            result = self.methods.carry_out(method, parameters, attached)
        except RefusedError as refused:
            if refused.violation:
                self.violations.append(f"{method}: {refused.description}")
            return await self._done(method, parameters, 400, f"Bad Request: {refused.description}")
        if fault and fault.done:
            await self._done(method, parameters, 200, result)
            return await self._failed(request, method, parameters, fault)
        return await self._done(method, parameters, 200, result)

    async def _done(self, method: str, parameters: Mapping[str, Any], status: int, result: Any) -> web.Response:
        """Keep the request, tell those who wait for it, and answer."""
        kept = Request(method, parameters, status, result)
        self.requests.append(kept)
        if status == 200:
            self._unread[method, None].append(kept)
            if kept.chat_id is not None:
                self._unread[method, kept.chat_id].append(kept)
        async with self._heard:
            self._heard.notify_all()
        return _answer(status, result)

    async def _failed(
        self, request: web.BaseRequest, method: str, parameters: Mapping[str, Any], fault: Fault
    ) -> web.Response:
        if method != "getUpdates" and not fault.done:
            await self._done(method, parameters, fault.status, fault.description)
        if fault.dropped and request.transport:
            request.transport.abort()
        return _answer(fault.status, fault.description, fault.parameters)

    async def _poll(self, parameters: Mapping[str, Any]) -> web.Response:
        """getUpdates: what is below the offset is confirmed and gone; without any, wait as long as the bot wants to."""
        self.polls.append(parameters)
        poll = len(self.polls)
        offset = parameters.get("offset", 0)
        self._allowed = parameters.get("allowed_updates", self._allowed)
        while self._updates and self._updates[0]["update_id"] < offset:
            self._updates.popleft()
        until = time.monotonic() + parameters.get("timeout", 0)
        while not self._updates and time.monotonic() < until and poll == len(self.polls):
            self._pushed.clear()
            try:
                async with asyncio.timeout(min(until - time.monotonic(), 1.0)):
                    await self._pushed.wait()
            except TimeoutError:
                continue
        if poll != len(self.polls):
            return _answer(409, "Conflict: terminated by other getUpdates request")
        return _answer(200, list(self._updates)[: parameters.get("limit", 100)])


async def _given(request: web.BaseRequest) -> dict[str, Any]:
    """A request's parameters, from its address, form or JSON."""
    given: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        given |= await request.json()
    elif request.content_type == "multipart/form-data" or request.content_type == "application/x-www-form-urlencoded":
        for name, value in (await request.post()).items():
            given[name] = value if isinstance(value, str) else _upload(value)
    return given


def _upload(field: Any) -> Upload:
    upload = Upload(field.file.read())
    upload.name = field.filename or ""
    return upload


def _attached(given: dict[str, Any]) -> dict[str, Upload]:
    """The uploads that a parameter points at by `attach://`, taken out of the parameters."""
    texts = "".join(value for value in given.values() if isinstance(value, str))
    names = [name for name, value in given.items() if isinstance(value, Upload) and f"attach://{name}" in texts]
    return {name: given.pop(name) for name in names}


def _answer(status: int, result: Any, parameters: Mapping[str, int] | None = None) -> web.Response:
    body: dict[str, Any] = {"ok": status == 200}
    body |= {"result": result} if status == 200 else {"error_code": status, "description": result}
    if parameters:
        body["parameters"] = parameters
    return web.Response(body=json.dumps(body).encode(), status=status, content_type="application/json")
