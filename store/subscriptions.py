"""What chats want to be told: added, listed, paused, changed, removed, and matched with what was recorded."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, false, or_, select, update
from sqlmodel import Session, SQLModel, col

from store.alert_tables import Alert, Chat, Delivery, Kinds, Subscription, Whole
from store.tables import Fact, Launch, Milestone, News, Product, Region, Vendor
from store.words import Certainty


@dataclass(frozen=True)
class Wish:
    """What a subscription asks for, in slugs; None matches everything."""

    vendor: str | None = None
    region: str | None = None
    product: str | None = None
    kinds: Kinds = Kinds.ALL
    least_certainty: Certainty = Certainty.RUMOURED


@dataclass(frozen=True)
class KnownSubscription:
    row_id: int
    wish: Wish
    thread_id: int = Whole
    paused: bool = False


@dataclass(frozen=True)
class Subject:
    """What a recorded row is about, as subscriptions are matched with it: ids, and its region's larger ones too."""

    kind: Kinds
    vendor_id: int
    regions: Collection[int]
    product_id: int | None
    certainty: Certainty


KIND_OF_TABLE = {"launch": Kinds.LAUNCH, "milestone": Kinds.MILESTONE, "fact": Kinds.FACT, "news": Kinds.FACT}
TABLES: dict[str, type[SQLModel]] = {"fact": Fact, "milestone": Milestone, "launch": Launch, "news": News}


def subscribe(
    session: Session, chat_id: int, wish: Wish, made_by: str, thread_id: int = Whole
) -> tuple[KnownSubscription, bool]:
    """Add a subscription; returns it and whether it is new. Asking again for the same takes it up again.

    Raises KeyError where a slug is none."""
    ids = _ids(session, wish)
    same = select(Subscription).where(
        col(Subscription.chat_id) == chat_id,
        col(Subscription.thread_id) == thread_id,
        *(_equal(getattr(Subscription, name), value) for name, value in ids.items()),
    )
    for row in session.execute(same).scalars():
        new = Kinds(row.kinds) | wish.kinds
        if wish.least_certainty.value == row.least_certainty and new in (wish.kinds, Kinds(row.kinds)):
            changed = row.paused or new != row.kinds
            row.paused, row.kinds = False, int(new)
            session.flush()
            return _known(session, row), changed
    row = Subscription(
        chat_id=chat_id, thread_id=thread_id, made_by=made_by, kinds=int(wish.kinds),
        least_certainty=wish.least_certainty, **ids,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return _known(session, row), True


def subscriptions_of(session: Session, address: str, thread_id: int | None = None) -> list[KnownSubscription]:
    """What a chat, or one topic of it, has subscribed to, the oldest first."""
    query = _rows().where(col(Chat.address) == address)
    if thread_id is not None:
        query = query.where(col(Subscription.thread_id) == thread_id)
    return [_of_row(row) for row in session.execute(query.order_by(col(Subscription.id)))]


def find_subscription(session: Session, address: str, row_id: int) -> KnownSubscription | None:
    """One subscription of a chat; None where it is not that chat's."""
    row = session.execute(_rows().where(col(Chat.address) == address, col(Subscription.id) == row_id)).first()
    return _of_row(row) if row else None


def pause(session: Session, ids: Sequence[int], paused: bool = True) -> None:
    """Pause subscriptions, or take them up again."""
    session.execute(update(Subscription).where(col(Subscription.id).in_(ids)).values(paused=paused))


def change(session: Session, row_id: int, wish: Wish) -> None:
    """Let a subscription ask for something else. Raises KeyError where a slug is none."""
    values = _ids(session, wish) | {"kinds": int(wish.kinds), "least_certainty": wish.least_certainty.value}
    session.execute(update(Subscription).where(col(Subscription.id) == row_id).values(**values))


def remove(session: Session, ids: Sequence[int]) -> None:
    """End subscriptions for good."""
    session.execute(delete(Subscription).where(col(Subscription.id).in_(ids)))


def matching(subject: Subject, correction: bool = False) -> tuple[ColumnElement[bool], ...]:
    """The conditions under which a subscription asks for that; a region's subscription covers all inside it."""
    certainties = list(Certainty)
    allowed = certainties[certainties.index(subject.certainty) :]
    kinds = subject.kind | (Kinds.CORRECTION if correction else Kinds(0))
    return (
        or_(col(Subscription.vendor_id) == subject.vendor_id, col(Subscription.vendor_id).is_(None)),
        or_(col(Subscription.region_id).in_(sorted(subject.regions)), col(Subscription.region_id).is_(None)),
        or_(
            col(Subscription.product_id) == subject.product_id if subject.product_id else false(),
            col(Subscription.product_id).is_(None),
        ),
        col(Subscription.kinds).op("&")(int(kinds)) != 0,
        col(Subscription.least_certainty).in_([one.value for one in allowed]),
        col(Subscription.paused).is_(False),
    )


def subject_of(session: Session, table: str, row_id: int) -> Subject:
    """What a recorded row is about."""
    row: Any = session.get(TABLES[table], row_id)
    around = set(regions_around(session, row.region_id))
    return Subject(
        KIND_OF_TABLE[table], row.vendor_id, around, getattr(row, "product_id", None), Certainty(row.certainty)
    )


def mute(session: Session, alert_id: int, address: str, thread_id: int = Whole) -> list[KnownSubscription]:
    """Pause every subscription of a chat that asks for what an alert told; returns them."""
    alert = session.get(Alert, alert_id)
    if alert is None:
        return []
    subject = subject_of(session, alert.table_name, alert.row_id)
    query = _rows().where(
        col(Chat.address) == address,
        col(Subscription.thread_id) == thread_id,
        *matching(subject, correction=bool(alert.earlier_row_id)),
    )
    found = [_of_row(row) for row in session.execute(query)]
    pause(session, [one.row_id for one in found])
    told = update(Delivery).where(col(Delivery.alert_id) == alert_id, col(Delivery.thread_id) == thread_id)
    session.execute(told.where(col(Delivery.chat_id) == _chat_id(address)).values(muted=True))
    return found


def _chat_id(address: str) -> Any:
    return select(col(Chat.id)).where(col(Chat.address) == address).scalar_subquery()


def regions_around(session: Session, region_id: int) -> list[int]:
    """A region and the larger ones that it lies in."""
    parents: dict[int, int | None] = dict(session.execute(select(col(Region.id), col(Region.parent_id))).all())
    found = [region_id]
    while (parent := parents.get(found[-1])) is not None and parent not in found:
        found.append(parent)
    return found


def _rows() -> Select[Any]:
    columns: tuple[Any, ...] = (
        Subscription.id, Vendor.slug, Region.slug, Product.slug, Subscription.kinds, Subscription.least_certainty,
        Subscription.thread_id, Subscription.paused,
    )  # fmt: skip
    return (
        select(*columns)
        .select_from(Subscription)
        .join(Chat, col(Subscription.chat_id) == col(Chat.id))
        .outerjoin(Vendor, col(Subscription.vendor_id) == col(Vendor.id))
        .outerjoin(Region, col(Subscription.region_id) == col(Region.id))
        .outerjoin(Product, col(Subscription.product_id) == col(Product.id))
    )


def _of_row(row: Any) -> KnownSubscription:
    row_id, vendor, region, product, kinds, certainty, thread_id, paused = row
    return KnownSubscription(
        row_id, Wish(vendor, region, product, Kinds(kinds), Certainty(certainty)), thread_id, paused
    )


def _known(session: Session, row: Subscription) -> KnownSubscription:
    return _of_row(session.execute(_rows().where(col(Subscription.id) == row.id)).one())


def _ids(session: Session, wish: Wish) -> dict[str, Any]:
    return {
        "vendor_id": _id(session, Vendor, wish.vendor),
        "region_id": _id(session, Region, wish.region),
        "product_id": _id(session, Product, wish.product),
    }


def _id(session: Session, table: type[Vendor] | type[Region] | type[Product], slug: str | None) -> int | None:
    if slug is None:
        return None
    found = session.execute(select(col(table.id)).where(col(table.slug) == slug)).scalar_one_or_none()
    if found is None:
        raise KeyError(slug)
    return int(found)


def _equal(column: Any, value: int | None) -> ColumnElement[bool]:
    return col(column).is_(None) if value is None else col(column) == value
