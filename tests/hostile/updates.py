"""Updates of every kind that the Bot API describes, filled with anything that fits, and much that nobody sends."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.hostile.text import ORDINARY, texts
from tests.telegram.description import bot_api, constant_of

_WORDS = texts(300)
_INTEGERS = st.one_of(st.integers(0, 5), st.integers(0, 2**31 - 1), st.integers(0, 2**52))
_DATA = st.one_of(st.sampled_from(("ask:0", "ask:1", "ask:99", "ask:", "ask:-1", "", ":", "none")), texts(64))
_DEEP = 4  # objects within objects; then only what is needed


@st.composite
def updates(draw: st.DrawFn, number: int = 0) -> dict[str, Any]:
    """An update with one of its kinds."""
    kinds = [one["name"] for one in bot_api().types["Update"]["fields"] if not one["required"]]
    kind = draw(st.one_of(st.sampled_from(("message", "callback_query", "inline_query")), st.sampled_from(kinds)))
    field = next(one for one in bot_api().types["Update"]["fields"] if one["name"] == kind)
    body = _message(draw) if kind == "message" else _value(draw, field["types"][0], 0)
    if kind == "callback_query" and draw(st.booleans()):
        body["data"] = draw(_DATA)
        body["message"] = _message(draw)
        button = {
            "text": draw(st.one_of(st.sampled_from(ORDINARY), _WORDS)) or "x",
            "callback_data": body["data"] or "x",
        }
        body["message"]["reply_markup"] = {"inline_keyboard": [[button]]}
    return {"update_id": number, kind: body}


def _message(draw: st.DrawFn) -> dict[str, Any]:
    """A message that is more likely a question than one of any fields would be, so that more of the bot is reached."""
    message: dict[str, Any] = _value(draw, "Message", _DEEP)
    optional = [one for one in bot_api().types["Message"]["fields"] if not one["required"]]
    for field in draw(st.lists(st.sampled_from(optional), max_size=3)):
        message[field["name"]] = _value(draw, field["types"][0], 2)
    message["chat"]["id"] = draw(st.integers(1, 50)) * (1 if draw(st.booleans()) else -1)
    message["chat"]["type"] = draw(st.sampled_from(("private", "private", "group", "supergroup", "channel", "new")))
    message["date"] = draw(st.sampled_from((0, 1, 1_509_494_400, 2**31 - 1)))
    if draw(st.booleans()):
        message["text"] = draw(texts())
    if draw(st.booleans()):
        message.pop("sender_chat", None)
        message["from"] = {"id": draw(st.integers(1, 10**6)), "is_bot": False, "first_name": draw(_WORDS)}
    return message


def _value(draw: st.DrawFn, kind: str, depth: int) -> Any:
    if kind.startswith("Array of "):
        inner = kind.removeprefix("Array of ")
        return [_value(draw, inner, depth + 1) for _ in range(draw(st.integers(0, 2)) if depth < _DEEP else 0)]
    match kind:
        case "Integer":
            return draw(_INTEGERS)
        case "Float":
            return draw(st.floats(-180, 180))
        case "Boolean":
            return draw(st.booleans())
        case "String":
            return draw(_WORDS)
    described = bot_api().types[kind]
    if described.get("subtypes"):
        return _value(draw, draw(st.sampled_from(described["subtypes"])), depth)
    made = {}
    for field in described.get("fields", []):
        if field["required"] or (depth < _DEEP and draw(st.integers(0, 5)) == 0):
            constant = constant_of(field)
            made[field["name"]] = constant or _value(draw, field["types"][0], depth + 1)
    return made
