"""Did you mean ...? What a question that was read with doubt may have meant, as questions that the store can answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import islice

from bot.answers.answer import Answer, Line, lead
from bot.answers.defaults import with_defaults
from bot.answers.rephrase import as_question
from bot.answers.respond import respond
from bot.languages.marks import translatable
from bot.understanding.otherwise import is_clear, other_readings
from bot.understanding.query import Intent, Query
from bot.understanding.spans import Reading
from bot.understanding.understand import Understanding
from store.facts import Facts

MOST = 3
_TRIED = 8
_TOLD = {None, Intent.NEWS, Intent.MILESTONES}  # a headline that fits says by itself what it is about
_GUESSED_AFTER_ANOTHER = 0.45  # the same, for a follow-up, of which more is known
GUESSED = 0.6  # of what is less sure, more was read wrong than right when it was measured: it is asked about
NOT_SURE = translatable("I am not sure what you mean.")


def with_choices(
    answer: Answer,
    reading: Reading,
    query: Query,
    understanding: Understanding,
    facts: Facts,
    today: date,
    in_words: Callable[[Line], str],
) -> Answer:
    """The answer to a question read so, with the other readings there are; where one is as likely, none is answered
    and all are asked about. A clear question's answer comes back as it is.
    `in_words` says a line as the person would: what stands on a button must be understood when it is sent back."""
    if is_clear(reading, query):
        return answer
    others = other_readings(understanding, today, reading, query)
    least = _GUESSED_AFTER_ANOTHER if query.follows else GUESSED
    guessed = query.intent not in _TOLD and query.confidence < least
    if not others.queries and not guessed:
        return answer
    told = tuple(islice(_answerable(others.queries[:_TRIED], answer, understanding, facts, in_words), MOST))
    if answer.answered and (others.even or guessed):
        own = as_question(answer.query if guessed else query, facts.catalogue)
        if own and (told or guessed):
            return Answer(query, False, lines=(lead(NOT_SURE),), choices=(in_words(own).strip(), *told[: MOST - 1]))
    if told and query.intent is None:
        return replace(answer, choices=told, lines=(lead(NOT_SURE),))
    return replace(answer, choices=told)


def _answerable(
    queries: Iterable[Query],
    answer: Answer,
    understanding: Understanding,
    facts: Facts,
    in_words: Callable[[Line], str],
) -> Iterator[str]:
    """The queries as questions: those that are read back as what they are, and that the store answers otherwise."""
    seen = [answer.lines]
    for query in queries:
        line = as_question(query, facts.catalogue)
        question = in_words(line).strip() if line else ""
        if not question or not _reads_back(question, query, understanding):
            continue
        other = respond(query, facts)
        if other.answered and other.lines not in seen:
            seen.append(other.lines)
            yield question


def _reads_back(question: str, query: Query, understanding: Understanding) -> bool:
    read, meant = (with_defaults(one) for one in (understanding.understand(question, query.today), query))
    return (
        (read.intent, read.vendors, frozenset(read.regions) - {"world"}, read.product)
        == (meant.intent, meant.vendors, frozenset(meant.regions) - {"world"}, meant.product)
    ) and (meant.period is None or read.period == meant.period)  # fmt: skip
