"""Vendorbot, asked as the evaluation asks everybody: a question and the one before it, to a query and an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.answering import Answering
from bot.answers.answer import Answer
from bot.answers.choices import with_choices
from bot.answers.defaults import with_defaults
from bot.answers.respond import respond
from bot.understanding.query import Intent, Query
from bot.views.wording import word
from store.engine import reading
from store.facts import Facts
from store.start import start

FROM_FACTS = frozenset(Intent) - {
    Intent.HELP, Intent.GREETING, Intent.SUBSCRIBE, Intent.UNSUBSCRIBE, Intent.SUBSCRIPTIONS,
}  # fmt: skip


@dataclass
class Vendorbot:
    """Our own bot with the shipped data. `crashes` counts the questions whose answer raised, by what it raised."""

    answering: Answering
    facts: Facts
    crashes: Counter[str] = field(default_factory=Counter)

    def before(self, previous: str, now: date) -> Query | None:
        """The query of the question before this one, where there is one."""
        return self.answering.understanding.understand(previous, now) if previous else None

    def understand(self, question: str, now: date, before: Query | None = None) -> Query:
        """The query of a question that follows another one, or none."""
        return with_defaults(self.answering.understanding.understand(question, now, before))

    def ask(self, question: str, now: date, previous: str = "") -> tuple[Query, bool]:
        """The query, and whether it was answered from facts."""
        understanding = self.answering.understanding
        reading, read = understanding.read_and_asked(question, now, self.before(previous, now))
        query = with_defaults(read)
        try:
            answer = with_choices(respond(query, self.facts), reading, read, understanding, self.facts, now, word)
        except Exception as error:  # a crash is a finding, not the end of the evaluation
            last = error.__traceback__
            while last and last.tb_next:
                last = last.tb_next
            where = f"{Path(last.tb_frame.f_code.co_filename).name}:{last.tb_lineno}" if last else "?"
            self.crashes[f"{type(error).__name__} in {where}"] += 1
            return query, False
        return query, gives_facts(answer)


def gives_facts(answer: Answer) -> bool:
    """True where the answer states something from the store, rather than help, a greeting or that it does not know."""
    return answer.answered and answer.query.intent in FROM_FACTS


@contextmanager
def vendorbot() -> Iterator[Vendorbot]:
    """Vendorbot on a fresh database with the shipped data, for the length of a `with`."""
    with TemporaryDirectory(prefix="vendorbot-") as folder:
        engine = start(f"sqlite:///{Path(folder) / 'shipped.db'}")
        answering = Answering(engine)
        with reading(engine) as session:
            yield Vendorbot(answering, Facts(session, answering.catalogue))
        engine.dispose()
