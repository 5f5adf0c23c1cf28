"""What the bot shows of a draft: a text and its buttons, before Telegram comes into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from store.drafts import KnownDraft

LONGEST_DATA = 64  # bytes


@dataclass(frozen=True)
class Button:
    """A label, and the data that a press of it brings."""

    label: str
    data: str


@dataclass(frozen=True)
class Card:
    """A message with rows of buttons; `html` is the same text with markup. `notice` is said shortly to who pressed."""

    plain: str
    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    notice: str = ""


def card(text: str, buttons: Sequence[Sequence[Button]] = (), notice: str = "") -> Card:
    """A card without markup."""
    return Card(text, escape(text, quote=False), tuple(tuple(row) for row in buttons if row), notice)


def button(draft: KnownDraft, label: str, action: str, argument: str = "") -> Button:
    """A button of a draft as it is now: of a later state of it, it does nothing."""
    data = f"draft:{draft.row_id}:{draft.revision}:{action}" + (f":{argument}" if argument else "")
    return Button(label[:60], data)


def in_rows(buttons: Sequence[Button], width: int = 2) -> list[tuple[Button, ...]]:
    """Buttons side by side, those whose data Telegram would not carry left out."""
    fitting = [one for one in buttons if len(one.data.encode()) <= LONGEST_DATA]
    return [tuple(fitting[at : at + width]) for at in range(0, len(fitting), width)]
