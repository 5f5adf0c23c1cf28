"""The buttons under an answer: what one would ask next, each of which the store can answer."""

from __future__ import annotations

from dataclasses import replace

from telegram import CopyTextButton, InlineKeyboardMarkup
from telegram import InlineKeyboardButton as Button

from bot.answers.answer import Answer, named_in
from bot.answers.follow_up import FollowUps
from bot.handlers.buttons import BACK, notify_me
from bot.handlers.press_code import Action, Press, encode
from bot.languages.marks import translatable
from bot.understanding.query import Intent, Query
from bot.views.calendar import dated
from bot.views.telegram import to_copy
from bot.views.wording import tell, word
from store.catalogue import Catalogue

_EARLIER, _LATER = "◀ {period}", "{period} ▶"
_CHART, _CALENDAR = translatable("📊 Chart"), translatable("📅 Calendar")
_REGION, _SOURCE = translatable("🌍 Region"), translatable("Source ↗")
_SOONER, _FARTHER = translatable("◀ Sooner"), translatable("Later ▶")
_NEWER, _OLDER = translatable("Newer ▶"), translatable("◀ Older")
_COPY, _SHARE = translatable("Copy"), translatable("Share")
_PLACES_AT_ONCE = 8
_LISTS = {Intent.LAUNCH_LIST, Intent.UPCOMING}

Row = list[Button]


def follow_up_keyboard(
    answer: Answer,
    follow: FollowUps,
    catalogue: Catalogue,
    *,
    drawn: bool = False,
    copied: bool = False,
    question: str = "",
) -> InlineKeyboardMarkup | None:
    """The buttons of an answer, or of its picture where it is `drawn`; `copied`: with one that copies the finding;
    with a `question`, one that shares it inline."""
    if not answer.answered:
        return None
    query = answer.query
    rows: list[Row] = [
        [
            *_go(_when(follow.earlier, _EARLIER), follow.earlier, catalogue),
            *_go(_when(follow.later, _LATER), follow.later, catalogue),
        ],
        _pages(answer, catalogue),
        [
            *_press(tell(_CHART), Press(Action.CHART, follow.chart) if follow.chart and not drawn else None, catalogue),
            *_press(tell(_CALENDAR), Press(Action.CALENDAR, query) if dated(answer) else None, catalogue),
            *_press(tell(_REGION), Press(Action.PLACES, query) if follow.elsewhere else None, catalogue),
            *([Button(tell(_SOURCE), url=answer.sources[0].url)] if answer.sources else []),
        ],
        _notified(query),
        _passed_on(answer, copied and not drawn, question) if answer.sources else [],
    ]
    kept = [row for row in rows if row]
    return InlineKeyboardMarkup(kept) if kept else None


def places_keyboard(
    query: Query, regions: tuple[str, ...], part: int, catalogue: Catalogue
) -> InlineKeyboardMarkup | None:
    """The same question for other regions, eight at once, with a way back."""
    first = part * _PLACES_AT_ONCE
    shown = regions[first : first + _PLACES_AT_ONCE]
    if not shown:
        return None
    buttons = [
        button
        for region in shown
        for button in _go(word(named_in(region, catalogue)), replace(query, regions=(region,)), catalogue)
    ]
    rows: list[Row] = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    last: Row = []
    if part:
        last += _press("◀", Press(Action.PLACES, query, part - 1), catalogue)
    last += _go(tell(BACK), query, catalogue)
    if len(regions) > first + _PLACES_AT_ONCE:
        last += _press("▶", Press(Action.PLACES, query, part + 1), catalogue)
    return InlineKeyboardMarkup([*rows, last])


def _pages(answer: Answer, catalogue: Catalogue) -> Row:
    """To the neighbouring pages of a long list."""
    query = answer.query
    if query.intent not in _LISTS or answer.pages < 2:
        return []
    upcoming = query.intent is Intent.UPCOMING
    nearer, farther = (tell(_SOONER), tell(_FARTHER)) if upcoming else (tell(_NEWER), tell(_OLDER))
    row = [*_go(nearer, replace(query, page=query.page - 1), catalogue)] if query.page else []
    more = [*_go(farther, replace(query, page=query.page + 1), catalogue)] if query.page + 1 < answer.pages else []
    return [*row, *more] if upcoming else [*more, *row]


def _notified(query: Query) -> Row:
    """Told of what is still to come."""
    offered = notify_me(query)
    return list(offered.inline_keyboard[0]) if offered else []


def _passed_on(answer: Answer, copied: bool, question: str) -> Row:
    """Into the clipboard, and into another chat."""
    text = to_copy(answer) if copied else ""
    row: Row = [Button(tell(_COPY), copy_text=CopyTextButton(text))] if text else []
    if question and len(question.encode()) <= 200:
        row.append(Button(tell(_SHARE), switch_inline_query=question))
    return row


def _when(query: Query | None, label: str) -> str:
    return label.format(period=word(query.period)) if query and query.period else ""


def _go(label: str, query: Query | None, catalogue: Catalogue) -> Row:
    return _press(label, Press(Action.SHOW, query), catalogue) if label and query else []


def _press(label: str, press: Press | None, catalogue: Catalogue) -> Row:
    data = encode(press, catalogue) if press else None
    return [Button(label, callback_data=data)] if data else []
