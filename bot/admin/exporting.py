"""All current rows as one zip file of CSV or JSON files, which can be sent back as it is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date

from sqlalchemy import Engine

from store.engine import reading
from store.exports import export_rows
from store.files import write_csv, write_json
from store.holdings import count_holdings
from store.rows import NewFact, NewLaunch, NewMilestone, NewNews, NewRow

FORMS = ("csv", "json")
WHICH = "Write /export for CSV files, or /export json."
TOO_MANY = "There are {count:,} figures, which is too much for a chat. On the server: vendorbot facts export."
CAPTION = "All that holds now. Send it back to me as it is, or change it first: what is in it already stays as it is."
MOST_FACTS = 400_000
_FILES: Mapping[str, type[NewRow]] = {
    "facts": NewFact, "milestones": NewMilestone, "launches": NewLaunch, "news": NewNews,
}  # fmt: skip


def export_name(form: str, today: date) -> str:
    """What the file is called."""
    return f"vendorbot-{form}-{today.isoformat()}.zip"


def exported(engine: Engine, form: str) -> bytes | int:
    """The zip file; or, where that is too much for a chat, how many figures there are. Raises StoreError."""
    packed = io.BytesIO()
    with reading(engine) as session:
        facts = count_holdings(session).facts
        if facts > MOST_FACTS:
            return facts
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
            for name, kind in _FILES.items():
                with file.open(f"{name}.{form}", "w") as raw, io.TextIOWrapper(raw, "utf-8", newline="") as text:
                    rows = export_rows(session, kind)
                    if form == "csv":
                        write_csv(kind, rows, text)
                    else:
                        write_json(rows, text)
    return packed.getvalue()
