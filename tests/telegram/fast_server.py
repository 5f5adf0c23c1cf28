"""A bare Bot API server for floods: it checks nothing, answers at once, and notes which chat got which alert when.

Runs in the event loop (`FastApi`), or as a process of its own that prints its port and, at the end, its count:
python -m tests.telegram.fast_server"""

from __future__ import annotations

import asyncio
import json
import random
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.telegram.faults import Fault

_CHAT = re.compile(rb"(?:^|&)chat_id=(-?\d+)")
_ALERT = re.compile(rb"mute%3A(\d+)")
_LENGTH = re.compile(rb"[Cc]ontent-[Ll]ength: (\d+)")
_ME = {"id": 123456789, "is_bot": True, "first_name": "Vendorbot", "username": "PhoneVendorBot"}
_RESULTS = {"getMe": _ME, "getMyDescription": {"description": ""}, "getMyShortDescription": {"short_description": ""}}


@dataclass(frozen=True)
class Arrived:
    """A message that a chat got: `answered` is False where the sender cannot know of it."""

    at: float
    chat: int
    alert: int
    answered: bool = True


class FastApi:
    """`fault` says what happens to a message, by its chat; None is the usual: it arrives and is answered."""

    def __init__(self, fault: Callable[[int], Fault | None] = lambda _chat: None, seconds: float = 0.0) -> None:
        self.arrived: list[Arrived] = []
        self.log: list[tuple[float, int]] = []  # when a message came, and for which chat
        self.open = 0  # messages that have arrived and are not answered yet
        self.fault, self.seconds = fault, seconds
        self.port = 0
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Transport] = set()

    async def __aenter__(self) -> FastApi:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Connection(self), "127.0.0.1", self.port, backlog=1024)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_error: object) -> None:
        assert self._server
        self._server.close()
        for transport in list(self._connections):
            transport.abort()

    @property
    def tried(self) -> int:
        """How many messages came, whatever became of them."""
        return len(self.log)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class _Connection(asyncio.Protocol):
    def __init__(self, api: FastApi) -> None:
        self._api, self._heard = api, bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._api._connections.add(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._transport:
            self._api._connections.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        self._heard += data
        while (end := self._heard.find(b"\r\n\r\n")) >= 0:
            length = _LENGTH.search(self._heard, 0, end)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self._heard) < whole:
                return
            method = bytes(self._heard[: self._heard.index(b" HTTP/")]).rpartition(b"/")[2].decode()
            body = bytes(self._heard[end + 4 : whole])
            del self._heard[:whole]
            self._request(method, body)

    def _request(self, method: str, body: bytes) -> None:
        api = self._api
        if method == "getUpdates":
            asyncio.get_running_loop().call_later(20, self._answer, 200, [])
            return
        if method != "sendMessage":
            self._answer(200, _RESULTS.get(method, [] if method.startswith("get") else True))
            return
        chat, alert = _CHAT.search(body), _ALERT.search(body)
        assert chat
        number = int(chat[1])
        now = time.monotonic()
        api.log.append((now, number))
        fault = api.fault(number)
        if fault is None or fault.done:
            api.arrived.append(Arrived(now, number, int(alert[1]) if alert else 0, fault is None))
        if fault is None:
            result = {"message_id": api.tried, "date": 0, "chat": {"id": number, "type": "private"}, "text": ""}
            if api.seconds:
                api.open += 1
                asyncio.get_running_loop().call_later(api.seconds * random.uniform(0.5, 1.5), self._later, result)
            else:
                self._answer(200, result)
        elif fault.dropped and self._transport:
            self._transport.abort()
        elif fault.seconds:
            return  # hangs for good: the other side gives up
        else:
            self._answer(fault.status, fault.description, fault.parameters)

    def _later(self, result: object) -> None:
        self._api.open -= 1
        self._answer(200, result)

    def _answer(self, status: int, result: object, parameters: object = None) -> None:
        if self._transport is None or self._transport.is_closing():
            return
        body: dict[str, object] = {"ok": status == 200}
        body |= {"result": result} if status == 200 else {"error_code": status, "description": result}
        if parameters:
            body["parameters"] = parameters
        content = json.dumps(body).encode()
        self._transport.write(
            b"HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            % (status, len(content), content)
        )


async def _serve() -> None:
    async with FastApi() as api:
        print(api.port, flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
        print(len(api.arrived), flush=True)


if __name__ == "__main__":
    asyncio.run(_serve())
