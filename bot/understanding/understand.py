"""Text to Query: what a question asks, by its names, the phrasings it is one of, and the likeliest intent."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.understanding.capitals import written_as_names
from bot.understanding.clues import clues, features_of, key_of, tokens_of
from bot.understanding.lexicon import Kind, Lexicon, build_lexicon
from bot.understanding.phrasings import FOLLOWS, known_phrasings
from bot.understanding.prefaces import asked_last, without_preface
from bot.understanding.query import Intent, Query
from bot.understanding.settling import settled
from bot.understanding.slots import concepts_of, slots_of
from bot.understanding.spans import Reading, read
from bot.understanding.stories import Pointer, find_stories
from bot.understanding.text import words
from bot.understanding.weights import Weights, read_weights
from store.catalogue import Catalogue
from store.period import Kind as Length

LEAST_STORY = 0.66
_HARMLESS = {Intent.HELP, Intent.GREETING, Intent.SUBSCRIPTIONS}  # answered with no fact
_OF_THE_CHAT = {*_HARMLESS, Intent.SUBSCRIBE, Intent.UNSUBSCRIBE}
_BEFORE_PLACE = {"in", "to", "into", "from", "for", "en", "em", "v", "vs", "versus", "than", "and", "or"}
_TRADE = {"phone", "vendor", "vendors", "ship", "share", "market", "top", "launch", "launches", "grow", "milestone"}
_TRADE |= {"{position}", "{period}", "rank", "list", "news", "source", "total"}
_OF_ANY_TRADE = {Intent.NEWS, Intent.LAUNCH_LIST, Intent.UPCOMING}  # asked of films and firms in the same words
_OURS = {"{region}", "phone", "launch", "launches", "milestone", "ship", "share", "market"}
_SURE_NAME = 0.9
_STORIES = {Intent.NEWS, Intent.MILESTONES}
_LEAST_UNKNOWN = 0.5
_SURE_ENOUGH = 0.6
_LEAST_TOLD = 3  # words: "Samsung. How many in 2017?" is one question


@dataclass(frozen=True)
class Decision:
    """What decided the intent of a reading: a phrasing it is, a headline it is about, or the weights of its clues."""

    intent: Intent | None
    sureness: float
    key: str
    exact: bool
    likely: tuple[tuple[Intent | None, float], ...]
    asked_for: float  # how sure the likeliest intent had to be
    told: Pointer | None = None


@dataclass(frozen=True)
class Understanding:
    """What questions are read with: the lexicon of names and words, the phrasings, and the weights of clues."""

    lexicon: Lexicon
    phrasings: Mapping[str, tuple[Intent | None, ...]]
    weights: Weights

    @classmethod
    def of(cls, catalogue: Catalogue) -> Understanding:
        lexicon, weights = build_lexicon(catalogue), read_weights()
        return cls(lexicon, known_phrasings(lexicon, weights), weights)

    def understand(self, text: str, today: date, previous: Query | None = None) -> Query:
        """Read one question; `previous` is what the same person asked just before in the same chat, if anything.

        The query's intent is None where the text is none of the bot's business."""
        return self.read_and_asked(text, today, previous)[1]

    def read_and_asked(self, text: str, today: date, previous: Query | None = None) -> tuple[Reading, Query]:
        """The reading that was believed, and the query it gives."""
        text_asked = without_preface(text)
        whole = self._read(text, text_asked, today, previous)
        asked = asked_last(text)
        if asked is None or (_is_sure(whole[1]) and text_asked == text):
            return whole
        context = self._context(asked.before, today)
        if context is None:
            return whole
        alone = self._read(text, asked.question, today, context if context.intent else previous)
        if alone[1].intent is None or alone[1].unknown or alone[1].confidence < _SURE_ENOUGH:
            return whole
        return whole if _is_sure(whole[1]) and not alone[1].follows else alone

    def _context(self, before: Collection[str], today: date) -> Query | None:
        """What sentences before a question speak of, as a query to follow; its intent is None where they name nothing.
        None where one of them belongs to the question, such as a name alone."""
        text = " ".join(before)
        readings = [read(words(sentence), self.lexicon, today) for sentence in before]
        slots = [slots_of(text, today, reading, self.lexicon) for reading in readings]
        named = [one for one in slots if one.vendors or one.regions or one.period or one.product]
        if any(one in named and len(reading.words) < _LEAST_TOLD for one, reading in zip(slots, readings, strict=True)):
            return None
        return replace(named[-1], intent=Intent.VALUE) if named else Query(text=text, today=today)

    def _read(self, text: str, asked: str, today: date, previous: Query | None = None) -> tuple[Reading, Query]:
        from bot.understanding.conversation import follow

        typed, names = words(asked), written_as_names(asked)
        reading = read(typed, self.lexicon, today, names=names)
        query = self.query(text, today, reading)
        query = follow(self, query, reading, previous) if previous else query
        if query.intent is not None and not query.unknown:
            return reading, query
        if previous and reading.doubtful:  # "and apple?": after a question about vendors the word is a name
            named = read(typed, self.lexicon, today, doubt_names=False, names=names)
            again = follow(self, self.query(text, today, named), named, previous)
            if again.follows and again.vendors and again.intent is not None and not again.unknown:
                return named, again
        if reading.doubtful and not self._is_known(reading):
            named = read(typed, self.lexicon, today, doubt_names=False, names=names)
            again = self.query(text, today, named)
            if again.intent is not None and not again.unknown and again.confidence >= _SURE_NAME:
                return named, again
        sure = bool(query.vendors or query.regions or _of_the_trade(query, reading))
        doubted = read(typed, self.lexicon, today, doubting=True, names=names)
        again = self.query(text, today, doubted)
        again = follow(self, again, doubted, previous) if previous else again
        if again.intent is not None and not again.unknown and (sure or again.intent in _HARMLESS):
            return doubted, replace(again, confidence=round(again.confidence * 0.9, 3))
        return reading, query

    def query(self, text: str, today: date, reading: Reading, given: Collection[str] = ()) -> Query:
        """The query of a reading; `given` are slots such as {vendor} that the conversation has already."""
        query = slots_of(text, today, reading, self.lexicon)
        if not reading.words:
            return query
        pointers = find_stories(reading, self.lexicon)
        query = replace(query, stories=tuple(pointer.story for pointer in pointers))
        decision = self.decide(reading, pointers, given)
        if decision.intent is None:
            return self._unknown_name(query, reading)
        if decision.told:
            return replace(query, intent=decision.intent, confidence=round(decision.sureness * reading.surest, 3))
        query = replace(query, intent=decision.intent, confidence=round(decision.sureness * reading.surest, 3))
        strange = _strange(reading, self.lexicon, decision.intent)
        if strange:
            return replace(query, unknown=strange)
        query = settled(query, features_of(reading) | frozenset(given), self.lexicon)
        if query.intent is Intent.COMPARE and len(query.vendors) > 1:  # a value of several is the same question
            score = sum(score for intent, score in decision.likely if intent in (Intent.COMPARE, Intent.VALUE))
            sureness = min(max(decision.sureness, score), 1.0)
            query = replace(query, confidence=round(sureness * reading.surest, 3))
        return _over(query, reading)

    def decide(self, reading: Reading, pointers: list[Pointer], given: Collection[str] = ()) -> Decision:
        """The intent of a reading, None where it is none of the bot's business, and what decided it."""
        tokens = tokens_of(reading, self.lexicon)
        likely = tuple(self.weights.likely(clues(tokens, reading, given, next(iter(pointers), None))))
        features = features_of(reading)
        key = key_of(tokens)
        said = self._said(key, bool(given))
        intent = next((intent for intent, _ in likely if intent in said), said[0]) if said else likely[0][0]
        sureness = 1.0 if said else likely[0][1]
        told = None if said else _told(pointers, intent)
        intent = _intent_of(told) if told else intent
        strange = sum(token[:2] == "w:" for token, _ in tokens)
        least = 0.0 if said else 0.4 if told else _asked_for(intent, features | frozenset(given), strange)
        return Decision(intent if sureness >= least else None, sureness, key, bool(said), likely, least, told)

    def told_of(self, query: Query, reading: Reading, product: str) -> Query | None:
        """The query as one about a product spoken of before, where a headline about it explains the question."""
        maker = self.lexicon.catalogue.products[product].vendor
        pointers = find_stories(reading, self.lexicon, about=product)
        if not pointers or pointers[0].score < LEAST_STORY:
            return None
        stories = tuple(pointer.story for pointer in pointers)
        intent = Intent.MILESTONES if stories[0].kind == "milestone" else Intent.NEWS
        return replace(
            query, intent=intent, vendors=(maker,), product=product, stories=stories, unknown=(), follows=True,
            confidence=round(min(pointers[0].score, 1.0), 3),
        )  # fmt: skip

    def _said(self, key: str, follows: bool) -> tuple[Intent | None, ...]:
        """The intents of the phrasing that a question is, word for word but for the names; empty where it is none."""
        if "w:~" in key:
            return ()
        return (self.phrasings.get(FOLLOWS + key, ()) if follows else ()) or self.phrasings.get(key, ())

    def _is_known(self, reading: Reading) -> bool:
        return bool(self._said(key_of(tokens_of(reading, self.lexicon)), follows=False))

    def _unknown_name(self, query: Query, reading: Reading) -> Query:
        """See whether the question would be one of ours if its strange words were a name."""
        strange = tuple(
            span.typed
            for span in reading.unknown
            if not span.typed.isdigit() and (span.typed not in self.lexicon.ordinary or span.typed in reading.written)
        )
        if not 0 < len(strange) <= 3 or self._is_known(reading):
            return query
        rest = features_of(reading)
        for slot in ("{vendor}", "{region}"):
            if slot in rest or not (len(rest) > 1 or rest & _TRADE):
                continue
            tokens = tokens_of(reading, self.lexicon, stranger=slot)
            intent, sureness = self.weights.likely(clues(tokens, reading))[0]
            if intent and intent not in _OF_THE_CHAT and sureness >= _LEAST_UNKNOWN:
                return replace(query, intent=intent, unknown=strange)
        return query


def _is_sure(query: Query) -> bool:
    return query.intent is not None and not query.unknown and query.confidence >= _SURE_NAME


def _told(pointers: list[Pointer], intent: Intent | None) -> Pointer | None:
    """The headline that a question is about, if it is about one; of two that fit as well, of the kind asked for."""
    near = [one for one in pointers if one.score >= max(LEAST_STORY, pointers[0].score - 0.01)]
    return min(near, key=lambda one: _intent_of(one) is not intent) if near and intent in _STORIES else None


def _intent_of(pointer: Pointer) -> Intent:
    return Intent.MILESTONES if pointer.story.kind == "milestone" else Intent.NEWS


def _over(query: Query, reading: Reading) -> Query:
    """The course of "2017 and 2018" runs from the one to the other."""
    periods = sorted((one.period for one in reading.found), key=lambda one: one.start)
    if query.intent is not Intent.TREND or len(periods) < 2 or query.days:
        return query
    first, last = periods[0], periods[-1]
    if first.kind is not last.kind or first.kind is Length.RANGE or first == last:
        return query
    return replace(query, period=first.to(last))


def _asked_for(intent: Intent | None, features: Collection[str], strange: int) -> float:
    """How sure the likeliest intent must be to be believed: the less of our trade a question names, the surer."""
    if intent is None or "{vendor}" in features or "{product}" in features:
        return 0.3
    trade = len(_TRADE.intersection(features)) + ("{region}" in features)
    if intent in _OF_ANY_TRADE and not _OURS.intersection(features):
        return 0.97
    if intent in _HARMLESS:
        return 0.5 + 0.1 * strange
    if intent in _OF_THE_CHAT and not trade:
        return 0.95
    if trade > 1 and "phone" in features:
        return 0.3 + 0.1 * strange
    return (0.95, 0.7, 0.4)[min(trade, 2)] + 0.1 * strange


def _of_the_trade(query: Query, reading: Reading) -> bool:
    """True where words besides names show that a question is about the phone market."""
    return bool(concepts_of(reading.spans) & _TRADE) and (query.period is not None or query.amount is not None)


def _strange(reading: Reading, lexicon: Lexicon, intent: Intent) -> tuple[str, ...]:
    """Words in no language file and no dictionary that stand where a name should: one that the store does not know.

    Where a vendor is named already, such a word is a slip of the finger, unless it comes after "in" or beside "vs"."""
    vendors = reading.slugs(Kind.VENDOR) + reading.slugs(Kind.PRODUCT)
    lacking = not vendors or (intent is Intent.COMPARE and len(vendors) < 2)
    return tuple(
        span.typed
        for span in reading.unknown
        if (span.typed not in lexicon.ordinary or span.typed in reading.written)
        and not span.typed.isdigit()
        and len(span.typed) > 2
        and (
            lacking
            or (span.start and reading.words[span.start - 1] in _BEFORE_PLACE and not reading.slugs(Kind.REGION))
        )
    )
