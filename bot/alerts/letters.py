"""Deliveries put into words: what is claimed, read from the store and encoded once for all chats that get the same."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import select
from sqlmodel import Session, col

from bot.answers.notice import Notice, notice_of
from bot.languages.catalogue import translated
from bot.languages.spoken import speaking
from bot.telegram_client import Form
from bot.views.alert import MUTE, SETTINGS, AlertText, alert_text, digest_text
from store.alert_tables import Alert, Happened
from store.catalogue import Catalogue, read_catalogue
from store.deliveries import Claim
from store.facts import Facts, KnownRow, read_row

_KEPT = 1_000  # letters; each is some kilobytes


class UnreadableError(Exception):
    """An alert cannot be put into words: what it tells of is gone."""


@dataclass(frozen=True)
class Letter:
    """What goes to every chat that gets it, encoded: with markup, and as plain text."""

    rich: bytes
    plain: bytes


@dataclass(frozen=True, eq=False, slots=True)
class Parcel:
    """One message to be sent, and the deliveries that it is: one, or those of a digest together.

    Compared by identity: two of the same content are two."""

    claims: tuple[Claim, ...]
    letter: Letter
    attempts: int = field(default=0)

    @property
    def address(self) -> str:
        return self.claims[0].address

    @property
    def in_group(self) -> bool:
        return self.claims[0].in_group

    def form(self, *, plain: bool = False, in_topic: bool = True) -> Form:
        """The request's body."""
        claim = self.claims[0]
        place = f"&chat_id={claim.address}"
        if claim.thread_id and in_topic:
            place += f"&message_thread_id={claim.thread_id}"
        return Form((self.letter.plain if plain else self.letter.rich) + place.encode())


class Letters:
    """Reads and words alerts; used by one thread at a time."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._kept: OrderedDict[tuple[int, str, date], Letter] = OrderedDict()

    def of_one(self, session: Session, claim: Claim, today: date) -> Letter:
        """The letter of one alert. Raises UnreadableError."""
        key = (claim.alert_id, claim.locale, today)
        if key not in self._kept:
            notice = self._notice(session, claim.alert_id, today)
            with speaking(claim.locale):
                mute = {"text": translated(MUTE), "callback_data": f"mute:{claim.alert_id}"}
                self._kept[key] = _encoded(alert_text(notice), [mute, _settings()])
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return self._kept[key]

    def of_digest(self, session: Session, claims: Sequence[Claim], today: date) -> Letter:
        """The letter of several alerts to one chat. Raises UnreadableError."""
        notices = [self._notice(session, claim.alert_id, today) for claim in claims]
        with speaking(claims[0].locale):
            return _encoded(digest_text(notices), [_settings()])

    def _notice(self, session: Session, alert_id: int, today: date) -> Notice:
        alert = session.execute(select(Alert).where(col(Alert.id) == alert_id)).scalar_one_or_none()
        row = read_row(session, alert.table_name, alert.row_id) if alert else None
        if alert is None or row is None:
            raise UnreadableError(f"alert {alert_id} tells of a row that is gone")
        earlier = read_row(session, alert.table_name, alert.earlier_row_id) if alert.earlier_row_id else None
        if not self._knows(row):
            self._catalogue = read_catalogue(session)  # an import by another process brought new names
        return notice_of(Happened(alert.happened), row, earlier, Facts(session, self._catalogue), today)

    def _knows(self, row: KnownRow) -> bool:
        product = getattr(row, "product", None)
        known = self._catalogue
        return (
            row.vendor in known.vendors
            and row.region in known.regions
            and (product is None or product in known.products)
        )


def _settings() -> dict[str, str]:
    return {"text": translated(SETTINGS), "callback_data": "settings"}


def _encoded(text: AlertText, buttons: list[dict[str, str]]) -> Letter:
    common: dict[str, Any] = {
        "link_preview_options": json.dumps({"is_disabled": True}),
        "reply_markup": json.dumps({"inline_keyboard": [buttons]}, ensure_ascii=False),
    }
    rich, plain = common | {"text": text.html, "parse_mode": "HTML"}, common | {"text": text.plain}
    return Letter(urlencode(rich).encode(), urlencode(plain).encode())
