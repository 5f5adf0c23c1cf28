"""A store that is filled with 1,000,000 facts, 10,000 vendors and 1,000,000 subscribed chats."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Engine, func, insert, select, text
from sqlmodel import col

from store.engine import writing
from store.period import Kind, Period
from store.tables import Region, Source, Vendor, metadata, utc_now

FACTS, VENDORS, SUBSCRIPTIONS = 1_000_000, 10_000, 1_000_000
_FEW = 20_000
_SYLLABLES = ("ba", "ko", "mi", "ru", "te", "lo", "vi", "sa", "xo", "ne", "qua", "zi", "fen", "dor", "gal", "tik")
_WELL_KNOWN = 50  # of so many chats one wants xiaomi, and the others a vendor that few others want


def names() -> Iterator[str]:
    """Names that nobody has, each once."""
    for first in _SYLLABLES:
        for second in _SYLLABLES:
            for third in _SYLLABLES:
                for last in _SYLLABLES:
                    yield first + second + third + last


def fill(engine: Engine, facts: int = FACTS, subscriptions: int = SUBSCRIPTIONS) -> None:
    """Fill it: facts spread over vendors, regions and quarters, each chat with a subscription of its own."""
    with writing(engine) as session:
        connection = session.connection()
        chosen = [name for name, _ in zip(names(), range(VENDORS), strict=False)]
        known = set(connection.execute(select(col(Vendor.slug))).scalars())
        new = [name for name in chosen if name not in known]
        first = _next_id(connection, "vendor")
        vendors = [{"id": first + at, "slug": name, "name": name.title()} for at, name in enumerate(new)]
        connection.execute(insert(metadata.tables["vendor"]), vendors)
        regions = list(connection.execute(select(col(Region.id))).scalars())
        source = connection.execute(select(col(Source.id))).scalars().first()
        periods = [period for year in range(2010, 2018) for period in Period.parse(str(year)).split(Kind.QUARTER)]
        rows, row_id = [], _next_id(connection, "fact")
        moment = utc_now()
        for number in range(facts):
            period = periods[(number // VENDORS) % len(periods)]
            rows.append({
                "id": row_id + number, "vendor_id": vendors[number % len(vendors)]["id"], "metric": "shipments",
                "value": (number % 997) / 10, "bound": "", "unit": "million", "certainty": "estimate",
                "region_id": regions[number * 7919 % len(regions)],
                "period": str(period), "period_start": period.start, "period_end": period.end,
                "source_id": source, "recorded_at": moment,
            })  # fmt: skip
            if len(rows) == _FEW:
                connection.execute(insert(metadata.tables["fact"]), rows)
                rows = []
        connection.execute(insert(metadata.tables["fact"]), rows) if rows else None
        _subscribe(connection, vendors[0]["id"], len(vendors), subscriptions)
        if engine.dialect.name == "postgresql":  # their numbers were given by us
            for table in ("vendor", "fact"):
                connection.execute(text(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))"))


def _subscribe(connection: Connection, first_vendor: int, vendors: int, count: int) -> None:
    """So many chats, made and subscribed by one statement each."""
    numbers = (
        f"SELECT i FROM generate_series(1, {count}) AS one (i)"
        if connection.dialect.name == "postgresql"
        else f"WITH RECURSIVE one (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM one WHERE i < {count}) SELECT i FROM one"
    )
    known = connection.execute(text("SELECT id FROM vendor WHERE slug = 'xiaomi'")).scalar_one()
    first = _next_id(connection, "chat")
    chats = f"""INSERT INTO chat
        (id, address, kind, title, timezone, locale, spoken, digest, digest_hour, reminders, state, last_seen)
        SELECT {first} + i, CAST(5000000 + i AS TEXT), 'private', '', 'UTC', '', '', 'instant', 9, true, 'active',
        CURRENT_TIMESTAMP FROM ({numbers}) AS crowd"""
    connection.execute(text(chats))
    wanted = f"CASE WHEN i % {_WELL_KNOWN} = 0 THEN {known} ELSE {first_vendor} + i % {vendors} END"
    subscriptions = f"""INSERT INTO subscription
        (chat_id, thread_id, made_by, made_at, vendor_id, kinds, least_certainty, paused)
        SELECT {first} + i, 0, 'crowd', CURRENT_TIMESTAMP, {wanted}, 15, 'rumoured', false FROM ({numbers}) AS crowd"""
    connection.execute(text(subscriptions))
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT setval('chat_id_seq', (SELECT max(id) FROM chat))"))


def _next_id(connection: Connection, table: str) -> int:
    return int(connection.execute(select(func.max(metadata.tables[table].c.id))).scalar() or 0) + 1
