"""Makes two vendors one: everything that names the one names the other from then on. There is no way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from store.alert_tables import Subscription
from store.edition import begin_edition
from store.names import slug_of
from store.tables import Alias, Audit, Fact, Launch, Milestone, News, Product, Source, Vendor, metadata
from store.words import TOTAL

_MOVED: dict[str, Any] = {
    "figures": Fact, "milestones": Milestone, "launches": Launch, "news": News, "products": Product, "aliases": Alias,
    "subscriptions": Subscription,
}  # fmt: skip
_SAME = {
    "fact": ("metric", "region_id", "period"),
    "milestone": ("title", "region_id", "period"),
    "launch": ("product_id", "region_id"),
    "news": ("product_id", "title"),
}
MERGED = "merge"  # what the audit calls it


class MergeError(ValueError):
    """These two cannot be made one; the message says why."""


@dataclass(frozen=True)
class Merge:
    """How many rows would follow, and how many of them say what the other has of the same source already."""

    counts: dict[str, int]
    doubled: int


def count_merge(session: Session, gone: str, kept: str) -> Merge:
    """What merging the vendor `gone` into `kept` would move. Raises MergeError."""
    old, new = _both(session, gone, kept)
    counts = {
        word: int(session.execute(select(func.count()).where(col(table.vendor_id) == old.id)).scalar_one())
        for word, table in _MOVED.items()
    }
    doubled = sum(len(_doubled(session, table, old.id or 0, new.id or 0)) for table in _SAME)
    return Merge(counts, doubled)


def merge_vendors(session: Session, gone: str, kept: str, actor: str) -> Merge:
    """Let all that names the vendor `gone` name `kept`, which gets its names too. Raises MergeError.

    Where both have a row of the same source about the same thing, the one published later is current from then on."""
    begin_edition(session.connection())
    merge = count_merge(session, gone, kept)
    old, new = _both(session, gone, kept)
    for table in _SAME:
        rows = metadata.tables[table]
        for older, newer in _doubled(session, table, old.id or 0, new.id or 0):
            session.execute(update(rows).where(rows.c.id == older).values(superseded_by_id=newer))
    known = {
        slug_of(one) for one in session.execute(select(col(Alias.text)).where(col(Alias.vendor_id) == new.id)).scalars()
    }
    for table in _MOVED.values():
        session.execute(update(table).where(col(table.vendor_id) == old.id).values(vendor_id=new.id))
    session.execute(update(Vendor).where(col(Vendor.parent_id) == old.id).values(parent_id=new.id))
    session.execute(
        update(Vendor).where(col(Vendor.id) == new.id, col(Vendor.parent_id) == new.id).values(parent_id=None)
    )
    names = {old.name, old.slug.replace("-", " ")}
    session.add_all(Alias(text=name, vendor_id=new.id) for name in sorted(names) if slug_of(name) not in known)
    detail = {"gone": gone, "gone_name": old.name, "into": kept, **merge.counts}
    session.add(Audit(actor=actor, action=MERGED, table_name="vendor", row_id=new.id or 0, detail=detail))
    session.flush()
    session.delete(old)
    session.flush()
    return merge


def merged_slugs(session: Session) -> set[str]:
    """The vendors that were merged into others: shipped files that still name them do not bring them back."""
    merges = session.execute(select(Audit).where(col(Audit.action) == MERGED)).scalars()
    return {str(one.detail.get("gone")) for one in merges}


def _both(session: Session, gone: str, kept: str) -> tuple[Vendor, Vendor]:
    if gone == kept:
        raise MergeError("these are one vendor already")
    if TOTAL in (gone, kept):
        raise MergeError("all vendors together are no vendor")
    found = {
        one.slug: one for one in session.execute(select(Vendor).where(col(Vendor.slug).in_((gone, kept)))).scalars()
    }
    missing = [slug for slug in (gone, kept) if slug not in found]
    if missing:
        raise MergeError(f"there is no vendor {missing[0]}")
    return found[gone], found[kept]


def _doubled(session: Session, table: str, old: int, new: int) -> list[tuple[int, int]]:
    """Current rows of both vendors about the same thing by the same source: the older's number, and the newer's."""
    rows, sources = metadata.tables[table], metadata.tables[str(Source.__tablename__)]
    columns = [rows.c[name] for name in _SAME[table]]
    query = (
        select(rows.c.id, rows.c.vendor_id, sources.c.name, sources.c.published, *columns)
        .join_from(rows, sources, rows.c.source_id == sources.c.id)
        .where(rows.c.vendor_id.in_((old, new)), rows.c.superseded_by_id.is_(None))
    )
    said: dict[tuple[Any, ...], list[tuple[Any, int, int]]] = {}
    for row_id, vendor, source, published, *same in session.execute(query):
        said.setdefault((source, *same), []).append((published, row_id, vendor))
    pairs = []
    for several in said.values():
        if len({vendor for *_, vendor in several}) > 1:
            *older, newest = sorted(several)
            pairs += [(row_id, newest[1]) for _, row_id, _ in older]
    return pairs
