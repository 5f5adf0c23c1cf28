"""Questions asked in vain: kept without who asked, counted, listed for admins, and let go of after a while."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import bindparam, delete, func, select, text, update
from sqlalchemy.types import Date
from sqlmodel import Session, col

from store.few_rows import delete_few, not_the_newest
from store.wanted_tables import Wanted

LONGEST = 200  # characters: a longer message is no question that many ask
KEPT = 2_000  # rows; the least wanted go first
_LONGEST_WORD = 64

_YEAR = re.compile(r"\b(?:19|20)\d\d(?:-\d\d){0,2}\b")
_THOUSANDS = re.compile(r"\b\d{1,3}(?:,\d{3})+\b")
_PRIVATE = re.compile(
    r"\S@|@\w"  # e-mail, user names
    r"|(?:\d[\s().\-/]*){7,}"  # telephone numbers, and numbers of cards and passports
    r"|\bhttps?:|\bwww\.|\bt\.me/"
    r"|\b\d+[a-z]?,?\s+(?:[\w.'-]+\s+){0,3}(?:street|st|road|rd|avenue|ave|lane|ln|drive|boulevard|blvd|square)\b"
    r"|\b(?:calle|rua|rue|via|avenida|plaza|ul|ulitsa|улица|ул|проспект|пр)\.?\s+(?:[\w.'-]+\s+){1,3}\d+"
    r"|\w+(?:straße|strasse|str\.|gasse|weg|laan|straat)\s+\d+"
    r"|[路街道]\s*\d+\s*[号號]",
    re.IGNORECASE,
)


class Reason(StrEnum):
    """Why a question is kept."""

    NOT_UNDERSTOOD = "not understood"
    UNKNOWN_NAME = "unknown name"
    NO_FACTS = "no facts"
    CORRECTED = "corrected"


class State(StrEnum):
    OPEN = "open"
    DISMISSED = "dismissed"
    TAUGHT = "taught"


@dataclass(frozen=True)
class WantedQuestion:
    """What was asked, how often, since when and when last; `chosen` is what was meant instead, where one was chosen."""

    row_id: int
    text: str
    chosen: str
    language: str
    reason: Reason
    word: str
    count: int
    first_on: date
    last_on: date
    state: State


def may_be_kept(text: str) -> bool:
    """False for what is too long, has no letter, or looks like a telephone number, an address or an e-mail."""
    if not 0 < len(text) <= LONGEST or not any(letter.isalpha() for letter in text):
        return False
    return _PRIVATE.search(_THOUSANDS.sub(" ", _YEAR.sub(" ", text))) is None


def written(text: str) -> str:
    """A question as it is kept: the same for all who type it with other capitals and spaces."""
    return " ".join(text.casefold().split())


_KEEPING = text("""INSERT INTO wanted (text, chosen, language, reason, word, count, first_on, last_on, state)
    VALUES (:text, :chosen, :language, :reason, :word, 1, :day, :day, 'open')
    ON CONFLICT (text, chosen) DO UPDATE SET count = wanted.count + 1, reason = excluded.reason, word = excluded.word,
    last_on = CASE WHEN excluded.last_on > wanted.last_on THEN excluded.last_on ELSE wanted.last_on END,
    state = CASE WHEN wanted.state = 'taught' THEN 'open' ELSE wanted.state END""").bindparams(
    bindparam("day", type_=Date)
)


def keep_wanted(session: Session, question: str, day: date, reason: Reason, language: str = "", word: str = "") -> bool:
    """Count a question that was not answered; False where it is not kept. One that was dismissed stays so."""
    return _keep(session, question, "", day, reason, language, word)


def keep_chosen(session: Session, question: str, chosen: str, day: date, language: str = "") -> bool:
    """Count that somebody who asked this meant that; False where it is not kept."""
    if not _keep(session, question, chosen, day, Reason.CORRECTED, language, ""):
        return False
    mine = (col(Wanted.text) == written(question), col(Wanted.chosen) == "")
    session.execute(update(Wanted).where(*mine).values(count=col(Wanted.count) - 1))  # no longer without an answer
    session.execute(delete(Wanted).where(*mine, col(Wanted.count) <= 0, col(Wanted.state) == State.OPEN))
    return True


def _keep(session: Session, question: str, chosen: str, day: date, reason: Reason, language: str, word: str) -> bool:
    if not may_be_kept(question) or len(chosen) > LONGEST:
        return False
    values = {"text": written(question)[:LONGEST], "chosen": chosen, "language": language, "reason": reason.value}
    session.execute(_KEEPING, values | {"word": word[:_LONGEST_WORD], "day": day})
    return True


def most_wanted(session: Session, first: int = 0, most: int = 5) -> tuple[list[WantedQuestion], int]:
    """The open questions asked most, from the first-th on, and how many there are in all."""
    is_open = col(Wanted.state) == State.OPEN
    query = select(Wanted).where(is_open).order_by(col(Wanted.count).desc(), col(Wanted.last_on).desc(), col(Wanted.id))
    rows = session.execute(query.offset(first).limit(most)).scalars()
    return [_known(row) for row in rows], session.execute(
        select(func.count(col(Wanted.id))).where(is_open)
    ).scalar_one()


def wanted_question(session: Session, row_id: int) -> WantedQuestion | None:
    """The question of that row; None where it is no longer kept."""
    row = session.get(Wanted, row_id)
    return _known(row) if row else None


def set_state(session: Session, row_id: int, state: State) -> None:
    """Take a question from the list, or put it back."""
    session.execute(update(Wanted).where(col(Wanted.id) == row_id).values(state=state.value))


def forget_wanted(session: Session, today: date, after: timedelta, most: int, kept: int = KEPT) -> int:
    """Delete what was asked last too long ago, and of more than are `kept` the least wanted, so many at most of each;
    returns how many."""
    newest = not_the_newest(col(Wanted.id))
    old = delete_few(session, Wanted, most, col(Wanted.last_on) < today - after, newest)
    ranked = select(col(Wanted.id)).order_by(
        col(Wanted.count).desc(), col(Wanted.last_on).desc(), col(Wanted.id).desc()
    )
    return old + delete_few(session, Wanted, most, col(Wanted.id).not_in(ranked.limit(kept)), newest)


def _known(row: Wanted) -> WantedQuestion:
    assert row.id is not None
    reason, state = Reason(row.reason), State(row.state)
    return WantedQuestion(
        row.id, row.text, row.chosen, row.language, reason, row.word, row.count, row.first_on, row.last_on, state
    )
