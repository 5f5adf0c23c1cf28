"""Fetches a feed from an address that somebody else controls: bounded in time and size, and from no internal host.

The address that is really connected to is looked at, after redirects and whatever the name server says."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp.abc import AbstractCookieJar

MOST_BYTES = 2_000_000
_MOST_REDIRECTS = 5
_SECONDS = 20.0  # for everything: name, connection, redirects, body
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_ASKED_FOR = {
    "Accept": "application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.1",
    "Accept-Encoding": "identity",  # a packed body could be any size when it is unpacked
    "User-Agent": "Vendorbot (feed reader)",
}


class FetchError(Exception):
    """The feed could not be fetched; the message says why."""


class PrivateAddressError(OSError):
    """A connection to an address that is not the public internet's was refused."""


@dataclass(frozen=True)
class Fetched:
    """A feed's answer; `body` is None where it has nothing newer than what was named."""

    body: bytes | None
    address: str = ""
    content_type: str = ""
    etag: str = ""
    modified: str = ""


class Fetcher:
    """`allowed` are addresses that may be connected to although they are private, such as 127.0.0.1."""

    def __init__(self, allowed: Collection[str] = (), seconds: float = _SECONDS) -> None:
        self._allowed, self._seconds = frozenset(allowed), seconds

    async def fetch(self, address: str, etag: str = "", modified: str = "") -> Fetched:
        """Ask for a feed, or whether it has changed since the version named. Raises FetchError."""
        headers = dict(_ASKED_FOR)
        if etag:
            headers["If-None-Match"] = etag
        if modified:
            headers["If-Modified-Since"] = modified
        try:
            async with asyncio.timeout(self._seconds):
                return await self._ask(address, headers)
        except TimeoutError:
            raise FetchError(f"it did not answer whole within {self._seconds:.0f} seconds") from None
        except aiohttp.TooManyRedirects:
            raise FetchError(f"it redirects more than {_MOST_REDIRECTS} times") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise FetchError(_reason(error)) from None

    async def _ask(self, address: str, headers: dict[str, str]) -> Fetched:
        connector = aiohttp.TCPConnector(limit=1, force_close=True, socket_factory=self._socket)
        jar: AbstractCookieJar = aiohttp.DummyCookieJar()
        async with (
            aiohttp.ClientSession(connector=connector, cookie_jar=jar, auto_decompress=False) as session,
            session.get(address, headers=headers, max_redirects=_MOST_REDIRECTS) as response,
        ):
            if response.status == 304:
                return Fetched(None)
            if response.status != 200:
                raise FetchError(f"it answered with status {response.status}")
            if response.headers.get("Content-Encoding", "identity").lower() != "identity":
                raise FetchError("it sent a packed body, which was not asked for")
            body = bytearray()
            async for chunk in response.content.iter_chunked(65_536):
                body += chunk
                if len(body) > MOST_BYTES:
                    raise FetchError(f"it is larger than {MOST_BYTES // 1_000_000} MB")
            given = response.headers
            return Fetched(
                bytes(body), str(response.url), response.content_type, given.get("ETag", ""),
                given.get("Last-Modified", ""),
            )  # fmt: skip

    def _socket(self, address: tuple[Any, ...]) -> socket.socket:
        """The socket of one connection, refused where it would lead inside."""
        family, kind, protocol, _, place = address
        if place[0] not in self._allowed and not is_public(str(place[0])):
            raise PrivateAddressError("it leads to a private address")
        made = socket.socket(family, kind, protocol)
        made.setblocking(False)
        return made


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, with those that are written inside others looked at too."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is None and found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast


def _reason(error: Exception) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, PrivateAddressError):
            return str(cause)
        for inner in (getattr(cause, "os_error", None), *getattr(cause, "exceptions", ())):
            if isinstance(inner, PrivateAddressError):
                return str(inner)
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, aiohttp.InvalidURL | aiohttp.NonHttpUrlClientError | ValueError):
        return "it is, or redirects to, no http or https address"
    return f"it cannot be reached ({type(error).__name__})"
