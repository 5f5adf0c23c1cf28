"""Alerts and digests are told in the language of the chat."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs

import pytest
from sqlalchemy import Engine

from bot.alerts.letters import Letter, Letters
from store.alert_tables import ChatKind
from store.catalogue import read_catalogue
from store.chats import chat_at, choose_language
from store.deliveries import Claim, claim
from store.engine import open_engine, reading, writing
from store.subscriptions import Wish, subscribe
from store.tables import utc_now
from store.words import Certainty
from tests.store.test_alerts import LAUNCH, record

TODAY = date(2026, 11, 1)


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    engine = open_engine(sqlite_url)
    yield engine
    engine.dispose()


def chat(engine: Engine, address: str, chosen: str = "", spoken: str = "") -> None:
    with writing(engine) as session:
        if chosen:
            choose_language(session, address, ChatKind.PRIVATE, "", chosen)
        subscribe(session, chat_at(session, address, ChatKind.PRIVATE, "", spoken).id or 0, Wish(), address)


def read(letter: Letter) -> tuple[str, list[str]]:
    """The text of a letter, and what stands on its buttons."""
    fields = parse_qs(letter.plain.decode())
    buttons = json.loads(fields["reply_markup"][0])["inline_keyboard"]
    return fields["text"][0], [button["text"] for row in buttons for button in row]


def test_each_chat_is_told_in_what_it_chose_else_in_what_it_subscribed_in(engine: Engine) -> None:
    chat(engine, "1")
    chat(engine, "2", spoken="es")
    chat(engine, "3", chosen="ru", spoken="es")
    record(engine, LAUNCH)
    record(engine, replace(LAUNCH, product="Mi A9", certainty=Certainty.RUMOURED))
    with writing(engine) as session:
        claims = claim(session, 1, utc_now(), 100)
    with reading(engine) as session:
        letters = Letters(read_catalogue(session))
        of: dict[str, list[Claim]] = {}
        for one in claims:
            of.setdefault(one.address, []).append(one)
        first = {address: read(letters.of_one(session, those[0], TODAY)) for address, those in of.items()}
        digest = read(letters.of_digest(session, of["3"], TODAY))
    assert first["1"][0].startswith(
        "🔔 New launch\nXiaomi launches in France on 7 November 2026 (confirmed, Example Wire)."
    )
    assert first["1"][1] == ["Mute this", "Settings"]
    assert first["2"][0].startswith("🔔 Nuevo lanzamiento\nXiaomi se lanza en Francia el 7 de noviembre de 2026")
    assert first["2"][1] == ["Silenciar esto", "Ajustes"]
    assert first["3"][0].startswith("🔔 Новый запуск\nЗапуск Xiaomi во Франции — 7 ноября 2026")
    assert digest[0].startswith("Ваша сводка\n\n🔔 Новый запуск")
    assert "🔔 Запуск, не подтверждено\nXiaomi Mi A9 во Франции: 7 ноября 2026" in digest[0]
    assert "слухи, не подтверждено" in digest[0]
