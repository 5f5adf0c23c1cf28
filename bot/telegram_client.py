"""The HTTP client under python-telegram-bot: aiohttp in place of the stock one, which is several times slower.

It also tells apart what the stock one does not: whether a request that failed can have reached Telegram."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, cast
from urllib.parse import urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class NotSentError(NetworkError):
    """No connection: the request did not reach Telegram."""


class BrokenOffError(NetworkError):
    """The connection ended before the answer: the request may have been carried out, or not."""


class Form:
    """A request's parameters, encoded already: what goes to many chats is encoded once."""

    contains_files = False

    def __init__(self, body: bytes) -> None:
        self.body = body


class TelegramClient(BaseRequest):
    """As many connections as are needed at once, up to `connections`; times in seconds."""

    def __init__(
        self,
        connections: int = 256,
        read_timeout: float = 15.0,
        connect_timeout: float = 10.0,
        upload_timeout: float = 20.0,
    ) -> None:
        self._connections, self._read, self._connect = connections, read_timeout, connect_timeout
        self._upload = upload_timeout
        self._session: aiohttp.ClientSession | None = None
        self._proxies: dict[str, str | None] = {}

    @property
    def read_timeout(self) -> float:
        return self._read

    async def initialize(self) -> None:
        """Open the session, once."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=60),
                headers={"User-Agent": self.USER_AGENT},
                cookie_jar=aiohttp.DummyCookieJar(),
            )

    async def shutdown(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def send_form(self, url: str, form: Form) -> Any:
        """Post a form; returns Telegram's result. Raises TelegramError as the library's own requests do."""
        return await self.post(url, cast("RequestData", form))

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - a place among the connections is not waited for
    ) -> tuple[int, bytes]:
        """One request; returns status and body. Raises TimedOut, NotSentError and BrokenOffError."""
        if self._session is None:
            raise RuntimeError("the client is not initialized")
        headers: dict[str, str] | None = _FORM
        body, form = b"", None
        with_files = request_data is not None and request_data.contains_files
        if isinstance(request_data, Form):
            body = request_data.body
        elif request_data is not None and with_files:
            form, headers = _with_files(request_data), None
        elif request_data is not None:
            body = urlencode(request_data.json_parameters).encode()
        read = self._read if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        connect = self._connect if connect_timeout is BaseRequest.DEFAULT_NONE else connect_timeout
        write = self._upload if write_timeout is BaseRequest.DEFAULT_NONE else write_timeout
        total = None if read is None else (connect or 0) + read + (write or 0 if with_files else 0)
        timeout = _timeout(total, connect)
        try:
            async with self._session.request(
                method,
                url,
                data=form or body,
                headers=headers,
                timeout=timeout,
                proxy=self._proxy(url),
                allow_redirects=False,
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSentError(f"no connection: {type(error).__name__}") from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            # Its own words can hold the address, and with it the token.
            raise BrokenOffError(f"the connection broke off: {type(error).__name__}") from None

    def _proxy(self, url: str) -> str | None:
        """The proxy of the environment for that host, as for the stock client; looked up once, as it takes long."""
        host = url.partition("/bot")[0]
        if host not in self._proxies:
            parts = urlsplit(host)
            bypassed = bool(proxy_bypass(parts.hostname or ""))
            self._proxies[host] = None if bypassed else getproxies().get(parts.scheme)
        return self._proxies[host]


@lru_cache(maxsize=64)
def _timeout(total: float | None, connect: float | None) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=total, sock_connect=connect)


def _with_files(request_data: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in (request_data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form
