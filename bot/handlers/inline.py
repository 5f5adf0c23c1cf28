"""Inline mode: @bot xiaomi india q3, typed in any chat, is answered as one types; a tap sends the answer there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from telegram import (
    Bot,
    InlineQueryResult,
    InlineQueryResultArticle,
    InlineQueryResultCachedPhoto,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.answering import Answering
from bot.answers.answer import Answer
from bot.handlers.addressed import has_words
from bot.handlers.charts import Charts
from bot.handlers.reply import NO_PREVIEW
from bot.handlers.working import in_worker
from bot.languages.catalogue import translated
from bot.languages.marks import translatable
from bot.languages.spoken import language
from bot.understanding.query import Intent, Query
from bot.views.telegram import caption, message
from bot.views.text import parts
from bot.views.thumbnail import SIDE, thumbnail_name
from bot.views.wording import tell, word
from store.catalogue import Catalogue
from store.words import TOTAL, Metric

if TYPE_CHECKING:
    from telegram.ext import ContextTypes

EXAMPLES = (
    translatable("Who is number one worldwide?"),
    translatable("How many phones did Xiaomi ship in Q2 2017?"),
    translatable("Compare Samsung vs Apple 2017"),
    translatable("Xiaomi share in India since 2015"),
)
_KEPT = 300  # seconds that Telegram keeps results; a person gets the same answer again
_KEPT_SHORTLY = 20  # where nothing was found: a word half typed
_LONGEST_DESCRIPTION = 180
_MOST = 6
_COMPLETED = 2
_MORE = translatable("More in a private chat")
_CHATTER = {Intent.HELP, Intent.GREETING, Intent.SUBSCRIBE, Intent.UNSUBSCRIBE, Intent.SUBSCRIPTIONS, Intent.SOURCE}
_BESIDE = {
    Metric.SHIPMENTS: (Metric.MARKET_SHARE, Metric.GROWTH),
    Metric.MARKET_SHARE: (Metric.SHIPMENTS, Metric.GROWTH),
    Metric.RANK: (Metric.SHIPMENTS, Metric.MARKET_SHARE),
    Metric.GROWTH: (Metric.SHIPMENTS, Metric.MARKET_SHARE),
}


def inline_is_on(bot: Bot) -> bool:
    """True where @BotFather has switched inline mode on (/setinline)."""
    return bool(bot.bot.supports_inline_queries)


class Inline:
    """Answers inline queries. It needs no inline feedback: what was chosen is nobody's business."""

    def __init__(
        self,
        answering: Answering,
        workers: Executor,
        charts: Charts,
        today: Callable[[], date],
        thumbnails: str = "",  # their address with a place for the {name}
    ) -> None:
        self._thumbnails = thumbnails
        self._answering, self._workers, self._charts, self._today = answering, workers, charts, today
        self._shown: dict[str, tuple[float, list[InlineQueryResult]]] = {}  # by language: until when, and what

    async def typed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Offer answers to what is typed so far; to nothing typed, examples."""
        asked = update.inline_query
        if asked is None:
            return
        text, bot_id = asked.query.strip(), context.bot.id
        found = await in_worker(self._workers, lambda: self.results(text, bot_id))
        button = InlineQueryResultsButton(tell(_MORE), start_parameter="inline")
        kept = _KEPT if found else _KEPT_SHORTLY
        try:
            await asked.answer(found, cache_time=kept, is_personal=True, button=button)
        except BadRequest as error:
            if "too old" not in error.message.lower():  # somebody who types fast has gone on
                raise

    def results(self, text: str, bot_id: int) -> list[InlineQueryResult]:
        """What is offered for a text, the answer to it first. For a worker thread. Raises StoreError."""
        if not has_words(text):
            return self._examples(bot_id)
        return list(self._offered(self._beside(text), bot_id))

    def _examples(self, bot_id: int) -> list[InlineQueryResult]:
        """What is offered before anything is typed, worked out anew as often as Telegram asks for it anew."""
        now = time.monotonic()
        until, shown = self._shown.get(language(), (now, []))
        if now >= until:
            shown = list(self._offered(map(self._ask, map(translated, EXAMPLES)), bot_id))
            self._shown[language()] = (now + _KEPT, shown)
        return shown

    def _ask(self, question: str) -> Answer:
        return self._answering.ask(question, self._today())

    def _beside(self, text: str) -> Iterator[Answer]:
        """The answer to a text, and those to questions near it; to what it may become while it is half typed."""
        answer = self._ask(text)
        yield answer
        if answer.answered:
            yield from map(self._answering.answer, _near(answer.query))
            return
        yield from map(self._ask, _completed(text, self._answering.catalogue))
        if answer.query.intent and not answer.query.unknown:
            yield from map(self._ask, map(word, answer.suggestions))

    def _offered(self, answers: Iterable[Answer], bot_id: int) -> Iterator[InlineQueryResult]:
        """Each answer once, as an article; and the picture of the first, where Telegram has that already."""
        seen: set[str] = set()
        for answer in answers:
            if not answer.answered or answer.query.intent in _CHATTER:
                continue
            shown = message(answer)
            identity = sha256(shown.encode()).hexdigest()[:32]
            if identity in seen or len(seen) >= _MOST:
                continue
            seen.add(identity)
            yield _article(answer, identity, shown, self._thumbnails)
            picture = self._charts.known(bot_id, answer) if len(seen) == 1 else None
            if picture:
                yield InlineQueryResultCachedPhoto(
                    f"{identity}c", picture, caption=caption(answer), parse_mode=ParseMode.HTML
                )


def _near(query: Query) -> Iterator[Query]:
    """The same in another measure, and the table that a number stands in."""
    if query.intent is Intent.VALUE and query.metric:
        for metric in _BESIDE[query.metric]:
            intent = Intent.GROWTH if metric is Metric.GROWTH else Intent.VALUE
            yield replace(query, metric=metric, intent=intent, amount=None)
    if query.intent in (Intent.VALUE, Intent.LEADER) and len(query.regions) <= 1:
        yield replace(query, intent=Intent.RANKING, vendors=(), metric=None, amount=None, position=None)


def _completed(text: str, catalogue: Catalogue) -> list[str]:
    """The text with its last word made whole, where that is how vendors or regions begin."""
    before, _, beginning = text.rpartition(" ")
    if len(beginning) < 2:
        return []
    slugs = [slug for slug in (*catalogue.vendors, *catalogue.regions) if slug != TOTAL]
    named = map(catalogue.name, slugs)
    found = [name for name in named if name.casefold().startswith(beginning.casefold()) and len(name) > len(beginning)]
    return [f"{before} {name}".strip() for name in found[:_COMPLETED]]


def _article(answer: Answer, identity: str, shown: str, thumbnails: str) -> InlineQueryResultArticle:
    told = [(role, text) for role, text in parts(answer) if role in ("heading", "lead", "detail", "table")]
    title = next((text for role, text in told if role == "heading"), told[0][1] if told else "")
    lead = next((text for role, text in told if role in ("lead", "detail") and text != title), "")
    name = thumbnail_name(answer.query) if thumbnails else ""
    return InlineQueryResultArticle(
        identity,
        title,
        InputTextMessageContent(shown, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW),
        description=lead[:_LONGEST_DESCRIPTION] or None,
        thumbnail_url=thumbnails.format(name=name) if name else None,
        thumbnail_width=SIDE if name else None,
        thumbnail_height=SIDE if name else None,
    )
