"""All that a database holds, in a form that can be compared."""

from __future__ import annotations

from store.engine import open_engine, reading
from store.tables import metadata


def everything(database_url: str) -> dict[str, list[str]]:
    """Every row of every table, as text that is the same on both kinds of database."""
    engine = open_engine(database_url)
    with reading(engine) as session:
        found = {
            table.name: sorted(str(tuple(row)).replace(", tzinfo=datetime.timezone.utc", "")
                               .replace(", tzinfo=zoneinfo.ZoneInfo(key='Etc/UTC')", "")
                               for row in session.execute(table.select()))
            for table in metadata.sorted_tables
        }  # fmt: skip
    engine.dispose()
    return found
