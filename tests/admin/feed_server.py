"""A feed on loopback, well or ill behaved as a test wants it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

ITEM = """<item><guid>{number}</guid><title>{title}</title><link>https://pocketnow.com/{number}</link>
<pubDate>Tue, 31 Oct 2017 09:00:00 GMT</pubDate><description>&lt;p&gt;{text}&lt;/p&gt;</description></item>"""
TELLING = "Honor shipped 3.1 million smartphones in Russia in Q2 2017."


def rss(*texts: str) -> str:
    """An RSS feed of entries with these texts."""
    items = "".join(
        ITEM.format(number=number, title=f"News {number}", text=text) for number, text in enumerate(texts, 1)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{items}</channel></rss>'


class FeedServer:
    """What it answers with is set by the test; `asked` are the headers of every request."""

    def __init__(self) -> None:
        self.body, self.etag, self.asked = rss(TELLING), '"1"', list[dict[str, str]]()
        self.address = ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(dict(request.headers))
        match request.path:
            case "/feed.xml":
                if request.headers.get("If-None-Match") == self.etag:
                    return web.Response(status=304)
                return web.Response(text=self.body, content_type="application/rss+xml", headers={"ETag": self.etag})
            case "/moved":
                raise web.HTTPMovedPermanently(f"{self.address}/feed.xml")
            case "/round":
                raise web.HTTPFound(f"{self.address}/round")
            case "/inside":
                raise web.HTTPFound("http://127.0.0.2:1/secret")
            case "/file":
                raise web.HTTPFound("file:///etc/passwd")
            case "/hangs":
                await asyncio.sleep(30)
            case "/drips":
                response = web.StreamResponse()
                await response.prepare(request)
                for _ in range(300):
                    await response.write(b"<")
                    await asyncio.sleep(0.1)
            case "/huge":
                response = web.StreamResponse()
                await response.prepare(request)
                for _ in range(60):
                    await response.write(b" " * 65_536)
                return response
            case "/packed":
                return web.Response(body=b"\x1f\x8b", headers={"Content-Encoding": "gzip"})
            case "/broken":
                return web.Response(text="<html><body>Not here</body></html>", content_type="text/html")
        return web.Response(status=404)


@asynccontextmanager
async def feed_server() -> AsyncIterator[FeedServer]:
    """The server, on a free port of loopback."""
    server = FeedServer()
    application = web.Application()
    application.router.add_get("/{path:.*}", server.handle)
    runner = web.AppRunner(application, shutdown_timeout=0.01)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await runner.cleanup()
