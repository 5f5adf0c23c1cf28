"""The small picture beside an inline result: a vendor's or region's first letter on its colour.

Telegram takes only an address for it, so that the bot serves them where it has one: behind its webhook."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from bot.understanding.query import Query
from bot.views.chart.colours import colours
from bot.views.chart.drawing import Drawing
from bot.views.chart.marks import WIDTH, Picture, Text

PATH = "/thumbnail/{name}"
SIDE = 180  # pixels
_NAME = re.compile(r"([a-z0-9])-([0-9a-f]{6})\.png")


def thumbnails_of(webhook_url: str | None) -> str:
    """Where thumbnails stand, with a place for their {name}; empty where the bot has no address."""
    if not webhook_url:
        return ""
    parts = urlsplit(webhook_url)
    return parts._replace(path=parts.path.rstrip("/") + PATH, query="", fragment="").geturl()


def thumbnail_name(query: Query) -> str:
    """The name of a query's thumbnail; empty where it is about nobody and nowhere."""
    tone = colours()
    slug = next(iter((*query.vendors, *query.regions)), "")
    colour = tone.of(query.vendors[:1])[slug] if query.vendors else tone.others
    name = f"{slug[:1]}-{colour.removeprefix('#').lower()}.png"
    return name if _NAME.fullmatch(name) else ""


def thumbnail(name: str) -> bytes | None:
    """The picture of that name as PNG; None where there is none such. For a worker thread."""
    read = _NAME.fullmatch(name)
    tone = colours()
    known = {colour.lower() for colour in (*tone.vendors.values(), *tone.fallback, tone.others)}
    return _painted(read[1], f"#{read[2]}") if read and f"#{read[2]}" in known else None


@lru_cache(maxsize=1024)
def _painted(letter: str, colour: str) -> bytes:
    middle = WIDTH / 2
    text = Text(letter.upper(), (middle, middle), WIDTH * 0.6, colours().background, WIDTH * 0.9, "center", bold=True)
    picture = Picture(WIDTH, colour, (text,))
    return Drawing(picture.to_json(), picture.height).png(pixels=SIDE)
