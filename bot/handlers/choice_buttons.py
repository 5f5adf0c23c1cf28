"""Did you mean: the readings of a question as buttons, and a way back from an answer that was a guess."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from telegram import InlineKeyboardButton as Button
from telegram import InlineKeyboardMarkup

from bot.answers.answer import Answer, note
from bot.languages.marks import translatable
from bot.views.text import DID_YOU_MEAN
from bot.views.wording import tell

NOT_MEANT = translatable("Not what you meant?")
CHOSEN, OTHERS = "pick:", "other:"
_LONGEST_DATA = 64


def asking(answer: Answer) -> Answer:
    """The answer as it stands above buttons that say what could have been meant."""
    return replace(answer, lines=(*answer.lines, note(DID_YOU_MEAN)), choices=(), suggestions=())


def choice_keyboard(choices: Sequence[str]) -> InlineKeyboardMarkup:
    """One button a reading. The label is the question, so pressing one works after any restart."""
    return InlineKeyboardMarkup(_rows(choices))


def with_correction(markup: InlineKeyboardMarkup | None, answer: Answer, asked: str) -> InlineKeyboardMarkup | None:
    """The buttons of an answer, and one more where it was given by a guess."""
    if not (answer.answered and answer.choices):
        return markup
    rows = list(markup.inline_keyboard) if markup else []
    return InlineKeyboardMarkup([*rows, (Button(tell(NOT_MEANT), callback_data=data_of(asked)),)])


def opened(markup: InlineKeyboardMarkup, pressed: str, choices: Sequence[str]) -> InlineKeyboardMarkup:
    """The buttons with the other readings in the place of the one that was pressed."""
    rows = [row for row in markup.inline_keyboard if all(button.callback_data != pressed for button in row)]
    return InlineKeyboardMarkup([*rows, *_rows(choices)])


def data_of(asked: str) -> str:
    """The button's data: the question itself, or what to know it by where it is too long for a button."""
    data = f"{OTHERS}{asked}"
    return data if len(data.encode()) <= _LONGEST_DATA else f"{OTHERS}#{sha256(asked.encode()).hexdigest()[:32]}"


def question_in(data: str) -> str | None:
    """The question that stands in a button's data; None where only its digest does."""
    asked = data.removeprefix(OTHERS)
    return None if asked.startswith("#") and len(asked) == 33 else asked


def _rows(choices: Sequence[str]) -> list[tuple[Button, ...]]:
    return [(Button(choice, callback_data=f"{CHOSEN}{at}"),) for at, choice in enumerate(choices)]
