"""Which source an address belongs to, by the addresses of the sources that the store has."""

from __future__ import annotations

from urllib.parse import urlsplit

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from store.tables import Source


def host_of(url: str) -> str:
    """The host of an address without its www, in lower case; empty where it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.").lower()
    except ValueError:
        return ""


def source_name(session: Session, url: str) -> str | None:
    """What the source at an address is called; None where nothing so far comes from that host.

    A host that bears a source's name is that source's own; others tell what many say, and are named as they are."""
    host = host_of(url)
    if not host:
        return None
    address = func.lower(col(Source.url))
    ends = (f"%//{before}{_plain(host)}{after}" for before in ("", "www.") for after in ("/%", ""))
    of_host = or_(*(address.like(end, escape="\\") for end in ends))
    query = select(col(Source.name)).where(of_host).group_by(col(Source.name)).order_by(func.count().desc())
    names = list(session.execute(query.limit(50)).scalars())
    bears = (name for name in names if name.casefold().partition(" ")[0] in host)
    return next(bears, host) if names else None


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
