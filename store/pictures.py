"""Pictures that Telegram has already, so that the same chart is sent again by its file's name and not uploaded.

A picture is known by the digest of what it shows. A file's name holds for one bot only, so the bot is in the key."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlmodel import Session, col

from store.few_rows import delete_few
from store.tables import Picture, utc_now


def find_picture(session: Session, bot_id: int, digest: str) -> str | None:
    """Telegram's name of that picture; None where this bot never sent it."""
    query = select(col(Picture.file_id)).where(col(Picture.bot_id) == bot_id, col(Picture.digest) == digest)
    return session.execute(query).scalar()


def keep_picture(session: Session, bot_id: int, digest: str, file_id: str) -> None:
    """Keep what Telegram calls a picture; a newer name replaces an older."""
    session.merge(Picture(bot_id=bot_id, digest=digest, file_id=file_id, at=utc_now()))


def forget_pictures(session: Session, now: datetime, after: timedelta, most: int) -> int:
    """Forget those that were uploaded longer ago than that, so many at most: sent again, they are uploaded anew."""
    return delete_few(session, Picture, most, col(Picture.at) < now - after)


def drop_picture(session: Session, bot_id: int, digest: str) -> None:
    """Forget a picture, after Telegram no longer knew it."""
    session.execute(delete(Picture).where(col(Picture.bot_id) == bot_id, col(Picture.digest) == digest))
