"""Whether a question asks to be answered by a picture: "chart", "as a graph", "plot xiaomi since 2015"."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

_FILE = Path(__file__).parent / "words" / "pictures.yaml"


def asks_for_picture(text: str) -> bool:
    """True where one of the words of pictures.yaml stands in the text."""
    return _words().search(text.casefold()) is not None


@cache
def _words() -> re.Pattern[str]:
    listed = [word for words in yaml.safe_load(_FILE.read_text("utf-8")).values() for word in words]
    spaced = "|".join(re.escape(word) for word in listed if word.isascii() or not _unspaced(word))
    joined = "|".join(re.escape(word) for word in listed if _unspaced(word))
    return re.compile(rf"(?<!\w)(?:{spaced})(?!\w)|(?:{joined})")


def _unspaced(word: str) -> bool:
    """True for Chinese, which puts no spaces between words."""
    return "\u4e00" <= word[0] <= "\u9fff"
