"""Words that admins taught: kept, withdrawn, read, and seen by every process as soon as they are there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, select, text
from sqlmodel import Session, col

from store.tables import Alias, Audit, Region, Vendor, utc_now
from store.wanted_tables import Taught
from store.words import Metric


class Means(StrEnum):
    """What a taught word is another word for."""

    VENDOR = "vendor"
    REGION = "region"
    METRIC = "metric"


@dataclass(frozen=True)
class TaughtWord:
    row_id: int
    word: str
    means: Means
    value: str
    actor: str


Version = tuple[int, ...]


# As columns of a statement.
NAMES_VERSION = """(SELECT max(id) FROM taught), (SELECT count(withdrawn_at) FROM taught),
    (SELECT max(id) FROM vendor), (SELECT count(*) FROM vendor), (SELECT max(id) FROM region),
    (SELECT max(id) FROM product), (SELECT max(id) FROM milestone), (SELECT count(superseded_by_id) FROM milestone)"""
_VERSION = text(f"SELECT {NAMES_VERSION}")


def names_version(session: Session) -> Version:
    """A value that changes when a word is taught or withdrawn, vendors are merged, or a vendor, region, product or
    milestone is added."""
    return tuple(one or 0 for one in session.execute(_VERSION).one())


def taught_words(session: Session) -> list[TaughtWord]:
    """The words taught and not withdrawn, in order."""
    rows = session.execute(select(Taught).where(col(Taught.withdrawn_at).is_(None)).order_by(col(Taught.id))).scalars()
    return [TaughtWord(row.id or 0, row.word, Means(row.kind), row.value, row.actor) for row in rows]


def taught_metrics(session: Session) -> tuple[tuple[str, Metric], ...]:
    """The words taught for metrics. Those for vendors and regions are aliases like any other."""
    return tuple((one.word, Metric(one.value)) for one in taught_words(session) if one.means is Means.METRIC)


def teach(
    session: Session, word: str, means: Means, value: str, actor: str, *, ambiguous: bool = False
) -> TaughtWord | None:
    """Keep that a word is another one for that vendor, region (by slug) or metric; None where it is known already.

    `ambiguous`: it is an ordinary word too. Raises LookupError where there is no such vendor, region or metric."""
    if any((one.word, one.means, one.value) == (word, means, value) for one in taught_words(session)):
        return None
    if means is Means.METRIC:
        if value not in list(Metric):
            raise LookupError(value)
    elif not _add_alias(session, word, means, value, ambiguous):
        return None
    row = Taught(word=word, kind=means.value, value=value, actor=actor)
    session.add(row)
    session.flush()
    assert row.id is not None
    _audit(session, actor, "taught", row)
    return TaughtWord(row.id, word, means, value, actor)


def withdraw(session: Session, row_id: int, actor: str) -> TaughtWord | None:
    """Take back a taught word; None where it is not there any more."""
    row = session.get(Taught, row_id)
    if row is None or row.withdrawn_at is not None:
        return None
    row.withdrawn_at = utc_now()
    if row.kind != Means.METRIC:
        owner, column = _owner(session, Means(row.kind), row.value)
        session.execute(delete(Alias).where(column == owner, col(Alias.text) == row.word))
    _audit(session, actor, "withdrawn", row)
    return TaughtWord(row_id, row.word, Means(row.kind), row.value, row.actor)


def _add_alias(session: Session, word: str, means: Means, slug: str, ambiguous: bool) -> bool:
    owner, column = _owner(session, means, slug)
    if owner is None:
        raise LookupError(slug)
    if session.execute(select(col(Alias.id)).where(column == owner, col(Alias.text) == word)).first():
        return False
    session.add(Alias(text=word, ambiguous=ambiguous, **{f"{means.value}_id": owner}))
    return True


def _owner(session: Session, means: Means, slug: str) -> tuple[int | None, Any]:
    """The id of that vendor or region, and the column of aliases that holds it."""
    table: Any = Vendor if means is Means.VENDOR else Region
    column = col(Alias.vendor_id if means is Means.VENDOR else Alias.region_id)
    return session.execute(select(table.id).where(table.slug == slug)).scalar(), column


def _audit(session: Session, actor: str, action: str, row: Taught) -> None:
    detail = {"word": row.word, "kind": row.kind, "value": row.value}
    session.add(Audit(actor=actor, action=action, table_name="taught", row_id=row.id or 0, detail=detail))
