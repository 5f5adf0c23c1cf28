"""Telegram's HTML, read as strictly as its documentation asks: its tags only, closed in order, the rest escaped."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler",
    "a": "text_link", "tg-emoji": "custom_emoji", "code": "code", "pre": "pre", "blockquote": "blockquote",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href"}, "span": {"class"}, "tg-emoji": {"emoji-id"}, "code": {"class"}, "blockquote": {"expandable"},
}  # fmt: skip
_PIECE = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[a-zA-Z-]+(?:=\"[^\"<>]*\")?)*)\s*>|&[^;&<>\s]*;?|[<>]|[^<>&]+"
)
_ATTRIBUTE = re.compile(r"([a-zA-Z-]+)(?:=\"([^\"]*)\")?")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")


class MarkupError(ValueError):
    """Telegram would refuse the text; the message is what it says after "Bad Request: "."""


def parse_html(markup: str) -> tuple[str, list[dict[str, Any]]]:
    """The text that people see, and its entities. Raises MarkupError."""
    text: list[str] = []
    length = 0  # in UTF-16 units, as Telegram counts
    opened: list[tuple[str, dict[str, str], int]] = []
    entities: list[dict[str, Any]] = []
    for piece in _PIECE.finditer(markup):
        tag, raw = piece[2], piece[0]
        if tag is None:
            seen = _literal(raw, piece.start())
            text.append(seen)
            length += utf16_length(seen)
        elif not piece[1]:
            opened.append((tag.lower(), _attributes(tag.lower(), piece[3], piece.start()), length))
        else:
            if not opened or opened[-1][0] != tag.lower():
                raise MarkupError(f"can't parse entities: unexpected end tag </{tag}> at byte offset {piece.start()}")
            name, attributes, began = opened.pop()
            entities.append(_entity(name, attributes, began, length - began))
    if opened:
        raise MarkupError(f"can't parse entities: can't find end tag corresponding to start tag {opened[-1][0]}")
    return "".join(text), entities


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _literal(raw: str, at: int) -> str:
    if raw[0] == "&" and not _ENTITY.fullmatch(raw):
        raise MarkupError(f"can't parse entities: unescaped & or unknown entity {raw!r} at byte offset {at}")
    if raw in "<>":
        raise MarkupError(f"can't parse entities: unescaped {raw} or unsupported start tag at byte offset {at}")
    return unescape(raw)


def _attributes(tag: str, raw: str, at: int) -> dict[str, str]:
    given = {name: unescape(value or "") for name, value in _ATTRIBUTE.findall(raw)}
    wrong = set(given) - _ATTRIBUTES.get(tag, set())
    if tag not in _TAGS or wrong or (tag == "span" and given.get("class") != "tg-spoiler"):
        raise MarkupError(f'can\'t parse entities: unsupported start tag "{tag}" at byte offset {at}')
    if tag == "a" and not re.match(r"(https?|tg|mailto|tel):", given.get("href", "")):
        raise MarkupError(f"can't parse entities: a link to nowhere, {given.get('href')!r}")
    return given


def _entity(tag: str, attributes: dict[str, str], offset: int, length: int) -> dict[str, Any]:
    kind = "expandable_blockquote" if "expandable" in attributes else _TAGS[tag]
    entity: dict[str, Any] = {"type": kind, "offset": offset, "length": length}
    if tag == "a":
        entity["url"] = attributes["href"]
    if tag == "tg-emoji":
        entity["custom_emoji_id"] = attributes.get("emoji-id", "")
    return entity
