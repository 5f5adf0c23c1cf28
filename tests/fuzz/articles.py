"""An article in any bytes: its candidates are whole, and can be kept as they were read."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.admin.articles import as_table, decoded, json_lines
from bot.admin.reading.article import read_article
from bot.admin.reading.candidate import as_json
from bot.admin.reading.layout import lay_out
from bot.admin.reading.published import published_on
from bot.understanding.lexicon import build_lexicon
from store.catalogue import read_catalogue
from store.engine import open_engine, reading
from tests.fuzz.seeds import articles, nasty
from tests.telegram.fixtures import TODAY

LONGEST_INPUT = 6_000  # an article of a thousand words


def seeds(_file: Path) -> Iterator[bytes]:
    """The evaluation's articles, also as web pages, and hostile sentences."""
    for article in articles():
        yield article[:LONGEST_INPUT]
        paragraphs = "".join(f"<p>{one}</p>\n" for one in article.decode().split("\n\n"))
        yield f"<html><body><h1>News</h1>{paragraphs}</body></html>".encode()[:LONGEST_INPUT]
    for text in nasty():
        yield f"Xiaomi shipped 9.2 million phones in India in Q3 2017. {text}".encode("utf-8", "replace")


def opened(file: Path) -> Callable[[bytes], None]:
    """What takes one input. It raises where something is wrong."""
    with reading(open_engine(f"sqlite:///{file}")) as session:
        lexicon = build_lexicon(read_catalogue(session))

    def one(data: bytes) -> None:
        text = decoded(data)
        found = read_article(text, lexicon, TODAY, None)
        published_on(lay_out(text), TODAY)
        as_table(found)
        json_lines(found).encode()  # no half of a surrogate pair
        for candidate in found:
            kept = as_json(candidate)
            assert str(kept["quote"]).strip()
            assert "value" not in kept or kept["value"] is None or math.isfinite(float(kept["value"]))
            json.dumps(kept, allow_nan=False)

    return one
