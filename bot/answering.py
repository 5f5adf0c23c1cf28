"""A question in, an answer out: understanding, store and conversation joined. Everyone asks here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from typing import TypeVar

from sqlalchemy import Engine
from sqlmodel import Session

from bot.answers.answer import Answer
from bot.answers.choices import with_choices
from bot.answers.follow_up import FollowUps, follow_ups, other_regions
from bot.answers.respond import respond
from bot.requests import write_at_end
from bot.subscribing import ABOUT_SUBSCRIPTIONS, Here, answer_about_subscriptions
from bot.understanding.explaining import Explanation, explain
from bot.understanding.query import Query
from bot.understanding.tongue import language_of
from bot.understanding.understand import Understanding
from bot.views.wording import word
from store.alert_tables import ChatState
from store.catalogue import Catalogue, read_catalogue
from store.chats import find_chat, revive_chat
from store.conversations import last_query, remember
from store.edition import Remembered, present_edition
from store.engine import StoreError, reading, writing
from store.facts import Facts
from store.glance import glance
from store.taught import Version, names_version
from store.wanted import Reason, keep_chosen, keep_wanted

log = logging.getLogger("vendorbot.answering")

Given = TypeVar("Given")

ASKED, CHOICES = "asked", "choices"  # beside the query of a conversation: what could have been meant


@dataclass(frozen=True)
class Meant:
    """A question that was read with doubt, and its other readings as questions."""

    asked: str
    choices: tuple[str, ...]


class Answering:
    """Answers questions from one database. The names are read once, and again when there are new ones, whichever
    process added them."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.catalogue: Catalogue
        self.understanding: Understanding
        self._names: Version = ()
        self._remembered = Remembered()
        self._reloading = Lock()
        self._keeping = ThreadPoolExecutor(1, thread_name_prefix="keep")
        self.reload()

    def prepare(self) -> None:
        """Get ready for mistyped words, which takes a second or two where there are ten thousand names."""
        self.understanding.lexicon.fuzzy.prepare()

    def reload(self) -> None:
        """Read the store's names again, after some were added."""
        with reading(self.engine) as session:
            names, catalogue = names_version(session), read_catalogue(session)
        understanding = Understanding.of(catalogue)
        if self._names:
            understanding.lexicon.fuzzy.prepare()  # until it is ready, others are answered with the names there were
        self.catalogue, self.understanding, self._names = catalogue, understanding, names
        self._remembered = Remembered()  # what was worked out with the names there were

    def keep_up(self) -> None:
        """Read the names again where the store has others by now. Raises StoreError."""
        with reading(self.engine) as session:
            self._keep_up(names_version(session))

    def _keep_up(self, names: Version) -> None:
        """Read the names again where the store has others by now; while one question waits for that, the others are
        read with the names there were."""
        if names != self._names and self._reloading.acquire(blocking=False):
            try:
                self.reload()
            finally:
                self._reloading.release()

    def ask(
        self,
        text: str,
        today: date,
        chat_id: str | None = None,
        person_id: str = "",
        here: Here | None = None,
        alone: bool = False,
    ) -> Answer:
        """Answer one question, or do what it asks of the chat's subscriptions. Raises StoreError.

        A follow-up is understood only where a chat is named; `here` says more of the chat, where more is known;
        what stands `alone` follows nothing."""
        return self._ask(text, today, chat_id, person_id, here, alone, lambda _answer, _facts: None)[0]

    def ask_and_follow(
        self, text: str, today: date, chat_id: str | None = None, person_id: str = "", here: Here | None = None
    ) -> tuple[Answer, FollowUps]:
        """As `ask`, with what can be asked next."""
        answer, follow = self._ask(text, today, chat_id, person_id, here, False, follow_ups)
        return answer, follow or FollowUps()

    def _ask(
        self,
        text: str,
        today: date,
        chat_id: str | None,
        person_id: str,
        here: Here | None,
        alone: bool,
        look_on: Callable[[Answer, Facts], Given],
    ) -> tuple[Answer, Given | None]:
        """The answer, and what `look_on` finds beside it in the same state of the store."""
        beside = None
        with reading(self.engine) as session:
            seen = glance(session, chat_id, person_id)
            self._keep_up(seen.names)
            previous = None if alone else _previous(seen.last)
            read, query = self.understanding.read_and_asked(text, today, previous)
            about_chat = query.intent in ABOUT_SUBSCRIPTIONS
            facts = self._facts(session, seen.edition)
            answer = Answer(query, False) if about_chat else respond(query, facts)
            if not about_chat:
                answer = with_choices(answer, read, query, self.understanding, facts, today, word)
                beside = look_on(answer, facts)
        if about_chat:
            here = here or (Here(chat_id, person_id) if chat_id else None)
            with writing(self.engine) as session:
                answer = answer_about_subscriptions(query, session, self.catalogue, here)
        self._remember(answer.with_query(_implied(query, answer.query)), chat_id, person_id, text, seen.last)
        if chat_id and not answer.answered and not about_chat and not query.follows:
            reason, unknown, spoken = _reason(query), " ".join(query.unknown), language_of(text) or ""
            self._keep_wanted(lambda session: keep_wanted(session, text, today, reason, spoken, unknown))
        return answer, beside

    def choose(self, choice: str, today: date, chat_id: str, person_id: str) -> Answer:
        """Answer what somebody chose in the place of what was read, and keep that they did. Raises StoreError."""
        meant = self.meant(chat_id, person_id)
        answer = self.ask(choice, today, chat_id, person_id, alone=True)
        if meant and choice in meant.choices:
            spoken = language_of(meant.asked) or ""
            self._keep_wanted(lambda session: keep_chosen(session, meant.asked, choice, today, spoken))
        return answer

    def _keep_wanted(self, keep: Callable[[Session], object]) -> None:
        """Keep a question that was asked in vain, later: nobody misses an answer for it."""
        if write_at_end(keep):
            return

        def kept() -> None:
            try:
                with writing(self.engine) as session:
                    keep(session)
            except StoreError as error:
                log.warning("the question could not be kept for /unanswered: %s", error)

        self._keeping.submit(kept)

    def all_kept(self) -> None:
        """Wait until all that was asked in vain is kept."""
        self._keeping.submit(int).result()

    def explain(self, text: str, today: date, chat_id: str | None = None, person_id: str = "") -> Explanation:
        """How a question would be read now, which `ask` does not need to know. Raises StoreError."""
        previous = None
        if chat_id:
            with reading(self.engine) as session:
                previous = _previous(last_query(session, chat_id, person_id))
        return explain(self.understanding, text, today, previous)

    def answer(self, query: Query, chat_id: str | None = None, person_id: str = "") -> Answer:
        """Answer a query that is understood already, as the one behind a button is. Raises StoreError."""
        with reading(self.engine) as session:
            answer = respond(query, self._facts(session))
        self._remember(answer, chat_id, person_id)
        return answer

    def meant(self, chat_id: str, person_id: str) -> Meant | None:
        """What that person's last question there could have meant, while it is remembered. Raises StoreError."""
        with reading(self.engine) as session:
            kept = last_query(session, chat_id, person_id) or {}
        return Meant(str(kept[ASKED]), tuple(map(str, kept[CHOICES]))) if ASKED in kept and CHOICES in kept else None

    def follow_ups(self, answer: Answer) -> FollowUps:
        """What can be asked next. Raises StoreError."""
        with reading(self.engine) as session:
            return follow_ups(answer, self._facts(session))

    def other_regions(self, query: Query) -> tuple[str, ...]:
        """Where the same can be asked. Raises StoreError."""
        with reading(self.engine) as session:
            return other_regions(query, self._facts(session))

    def come_back(self, chat_id: str) -> None:
        """A chat that had ended is there again. Raises StoreError."""
        with reading(self.engine) as session:
            chat = find_chat(session, chat_id)
            ended = chat is not None and chat.state != ChatState.ACTIVE
        if ended:
            with writing(self.engine) as session:
                revive_chat(session, chat_id)

    def _facts(self, session: Session, edition: str | None = None) -> Facts:
        """The facts as that session sees them, with what is remembered of their edition."""
        if edition is None:
            edition = present_edition(session.connection())
        remembered = self._remembered
        if remembered.edition != edition:
            self._remembered = remembered = Remembered(edition)
        return Facts(session, self.catalogue, remembered)

    def _remember(
        self,
        answer: Answer,
        chat_id: str | None,
        person_id: str,
        text: str = "",
        before: Mapping[str, object] | None = None,
    ) -> None:
        """Keep the query for follow-ups, and the other readings for whoever means one of them. A question that was not
        understood is none to follow: the one `before` it stays. Where nothing can be kept, the answer is there all
        the same."""
        understood = answer.query.intent and not answer.query.unknown and not (answer.choices and not answer.answered)
        if not chat_id or not (understood or answer.choices):
            return
        kept = answer.query.to_json() if understood else dict(before or {})
        kept = {name: one for name, one in kept.items() if name not in (ASKED, CHOICES)}
        if answer.choices:
            kept |= {ASKED: text, CHOICES: list(answer.choices)}

        def change(session: Session) -> None:
            remember(session, chat_id, person_id, kept)

        if write_at_end(change):
            return
        try:
            with writing(self.engine) as session:
                change(session)
        except StoreError as error:
            log.warning("the question could not be kept for follow-ups: %s", error)


def _implied(asked: Query, answered: Query) -> Query:
    """The query as answered, marked with what the answer filled in; a later "and in India?" finds that anew."""
    filled_in = {"period"} if asked.period is None and answered.period is not None else set()
    kept = asked.implied if asked.period is not None else frozenset()
    return replace(answered, implied=kept | filled_in)


def _reason(query: Query) -> Reason:
    """Why a question was not answered."""
    if query.unknown:
        return Reason.UNKNOWN_NAME
    return Reason.NOT_UNDERSTOOD if query.intent is None else Reason.NO_FACTS


def _previous(kept: dict[str, object] | None) -> Query | None:
    try:
        return Query.from_json(kept) if kept else None
    except (KeyError, TypeError, ValueError):
        return None  # another version wrote it: the conversation begins anew
