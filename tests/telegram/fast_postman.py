"""A bare carrier of updates to webhooks for floods: kept connections, whole requests written at once, only the status
read. Calls go to the addresses in turn; what is not confirmed with 200 is brought again, to the next of them."""

from __future__ import annotations

import asyncio
import json
import re
from collections import deque
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from tests.telegram.postman import SECRET_HEADER

_LENGTH = re.compile(rb"[Cc]ontent-[Ll]ength: (\d+)")
_PAUSE = 0.1


class FastPostman:
    """As many calls at once as `connections` to each address; Telegram itself holds 40, or 100 where it is told to."""

    def __init__(self, addresses: Sequence[str], secret: str, connections: int = 100) -> None:
        self._addresses, self._secret, self._connections = addresses, secret, connections
        self._free: deque[_Connection] = deque()
        self._all: list[_Connection] = []
        self._waiting: deque[bytes] = deque()
        self._brought = 0
        self._confirmed = asyncio.Event()
        self.confirmed = 0
        self.refused = 0  # calls that were not answered with 200, and made again

    async def __aenter__(self) -> FastPostman:
        loop = asyncio.get_running_loop()
        for number in range(self._connections * len(self._addresses)):
            address = urlsplit(self._addresses[number % len(self._addresses)])
            head = (
                f"POST {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\nContent-Type: application/json\r\n"
                f"{SECRET_HEADER}: {self._secret}\r\nContent-Length: "
            )
            _, connection = await loop.create_connection(
                lambda head=head: _Connection(self, head.encode()), address.hostname, address.port
            )
            self._all.append(connection)
        self._free.extend(self._all)
        return self

    async def __aexit__(self, *_error: object) -> None:
        for connection in self._all:
            connection.close()

    def bring(self, update: dict[str, Any]) -> None:
        """Bring an update as soon as a connection is free."""
        self._brought += 1
        self._bring(json.dumps(update).encode())

    async def all_confirmed(self) -> None:
        """Wait until every update was confirmed."""
        while self.confirmed < self._brought:
            self._confirmed.clear()
            await self._confirmed.wait()

    def _bring(self, body: bytes) -> None:
        if self._free:
            self._free.popleft().call(body)
        else:
            self._waiting.append(body)

    def _answered(self, connection: _Connection, body: bytes, status: int) -> None:
        self._free.append(connection)
        if status == 200:
            self.confirmed += 1
            self._confirmed.set()
        else:
            self.refused += 1
            asyncio.get_running_loop().call_later(_PAUSE, self._bring, body)
        if self._waiting:
            self._free.popleft().call(self._waiting.popleft())


class _Connection(asyncio.Protocol):
    """One call at a time."""

    def __init__(self, postman: FastPostman, head: bytes) -> None:
        self._postman, self._head, self._body, self._heard = postman, head, b"", bytearray()
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def call(self, body: bytes) -> None:
        self._body = body
        self._transport.write(b"%s%d\r\n\r\n%s" % (self._head, len(body), body))

    def data_received(self, data: bytes) -> None:
        self._heard += data
        end = self._heard.find(b"\r\n\r\n")
        if end < 0:
            return
        length = _LENGTH.search(self._heard, 0, end)
        if len(self._heard) < end + 4 + (int(length[1]) if length else 0):
            return
        status = int(self._heard[9:12])
        self._heard.clear()
        self._postman._answered(self, self._body, status)

    def close(self) -> None:
        self._transport.abort()
