"""A conversation with the real bot, as the Bot API server of the tests has it, and as a page like a phone."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from tests.telegram.chats import Chat
from tests.telegram.server import BotApi, Request

STYLE = Path(__file__).with_name("phone.css")
_COLOURS = ("#c7508b", "#2f8bcc", "#cc6b2c", "#5a9e3d")


@dataclass
class Bubble:
    """One message: `html` as Telegram takes it, whose it is, its buttons, and what it quotes or carries."""

    html: str
    who: str = ""  # empty: the person who holds the phone
    buttons: Sequence[Sequence[str]] = ()
    picture: bytes = b""
    quoted: tuple[str, str] | None = None
    number: int = 0


@dataclass
class Conversation:
    """What was said in a chat, in order. `title` and `below` stand at the top of the phone."""

    api: BotApi
    chat: Chat
    title: str
    below: str = "bot"
    bubbles: list[Bubble] = field(default_factory=list)

    def asked(self, message: dict[str, Any], who: str = "") -> None:
        """Somebody wrote that message."""
        self.bubbles.append(Bubble(escape(message["text"]), who, number=message["message_id"]))

    def answered(self, reply: Request) -> None:
        """The bot sent a message, or put another in its place."""
        given, message = reply.parameters, reply.message
        text = given.get("text") or given.get("caption") or ""
        rows = (given.get("reply_markup") or {}).get("inline_keyboard", [])
        number = (given.get("reply_parameters") or {}).get("message_id")
        quoted = next((one for one in self.bubbles if one.number == number), None) if number else None
        shown = Bubble(
            text if given.get("parse_mode") else escape(text),
            "Vendorbot",
            [[button["text"] for button in row] for row in rows],
            self.api.methods.files.content[message["photo"][-1]["file_id"]] if "photo" in message else b"",
            (quoted.who or "You", quoted.html) if quoted else None,
            message["message_id"],
        )
        there = [at for at, one in enumerate(self.bubbles) if one.number == shown.number]
        if there:
            self.bubbles[there[0]] = shown
        else:
            self.bubbles.append(shown)

    def page(self) -> str:
        """The phone as a page of its own."""
        said = "".join(_html(one, at, self.below != "bot") for at, one in enumerate(self.bubbles))
        return (
            f"<!doctype html><meta charset=utf-8><style>{STYLE.read_text('utf-8')}</style>"
            f"<main><header><i>‹</i><b class=face>{escape(self.title[0])}</b><div><b>{escape(self.title)}</b>"
            f"<small>{escape(self.below)}</small></div></header><section>{said}</section></main>"
        )


def _html(bubble: Bubble, at: int, group: bool) -> str:
    mine = not bubble.who
    name = "" if mine or not group else _name(bubble.who)
    quoted = f"<q><b>{escape(bubble.quoted[0])}</b><br>{bubble.quoted[1]}</q>" if bubble.quoted else ""
    data = base64.b64encode(bubble.picture).decode()
    picture = f'<img src="data:image/png;base64,{data}">' if bubble.picture else ""
    rows = "".join(
        "<nav>" + "".join(f"<button>{escape(label)}</button>" for label in row) + "</nav>" for row in bubble.buttons
    )
    text = bubble.html.replace("<blockquote expandable>", "<blockquote class=folded>")
    time = f"<time>14:{2 + at // 2:02}{' ✓✓' if mine else ''}</time>"
    kind = f"{'mine' if mine else 'theirs'}{' drawn' if picture else ''}"
    return f"<article class='{kind}'><div>{name}{quoted}{picture}<p>{text}</p>{time}</div>{rows}</article>"


def _name(who: str) -> str:
    return f"<b class=name style='color:{_COLOURS[sum(map(ord, who)) % len(_COLOURS)]}'>{escape(who)}</b>"
