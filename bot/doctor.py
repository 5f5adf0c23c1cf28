"""Checks whether Vendorbot can run here: each fault with what to do about it. Changes nothing."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy import Engine, text

from bot.settings import Settings, SettingsError, load_settings
from store.catalogue import read_catalogue
from store.engine import StoreError, explained, open_engine, reading, shown, writing
from store.holdings import count_holdings
from store.migrate import current_revision, newer_than_known, revisions
from store.shipped import is_loaded

_WIDE = 240  # columns where the table is not for a terminal: a sentence stays on one line
_SECONDS = 10  # how long the Bot API may take to answer


class State(StrEnum):
    OK = "ok"
    NOTE = "note"  # nothing is wrong, and nothing is there yet either
    FAULT = "fault"


@dataclass(frozen=True)
class Finding:
    """What one check found; `advice` says what to do, where there is anything to do."""

    check: str
    state: State
    found: str
    advice: str = ""


def examine() -> bool:
    """Print a table of all checks; returns whether there was no fault."""
    findings = list(findings_of_all_checks())
    table = Table("Check", "", "Found", box=None, pad_edge=False, header_style="bold")
    colour = {State.OK: "green", State.NOTE: "yellow", State.FAULT: "bold red"}
    for one in findings:
        said = Text(one.found)
        if one.advice:
            said.append(f"\n{one.advice}", "italic")
        table.add_row(one.check, Text(one.state, colour[one.state]), said)
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _WIDE
    console.print(table)
    faults = sum(one.state is State.FAULT for one in findings)
    console.print(f"\n{faults} fault{'s' if faults != 1 else ''}." if faults else "\nAll is well.")
    return not faults


def findings_of_all_checks() -> Iterator[Finding]:
    """Every check in order; those that need what an earlier one found broken are left out."""
    yield Finding("Python", State.OK, sys.version.split()[0])
    try:
        settings = load_settings()
    except SettingsError as error:
        yield Finding("settings", State.FAULT, str(error), "Correct it in the environment or in .env.")
        return
    where = ".env and environment" if Path(".env").is_file() else "environment only; there is no .env here"
    yield Finding("settings", State.OK, where)
    yield from _store(settings)
    yield _bot_api(settings)


def _store(settings: Settings) -> Iterator[Finding]:
    try:
        engine = open_engine(settings.database_url)
    except StoreError as error:
        yield Finding("database", State.FAULT, str(error))
        return
    place = shown(engine.url)
    file = Path(engine.url.database) if engine.url.database and engine.dialect.name == "sqlite" else None
    if file and not str(file).startswith("file:") and not file.exists() and file.parent.is_dir():
        yield Finding("database", State.NOTE, f"{place}: not there yet", "The first start makes and fills it.")
        return
    try:
        yield from _database(engine, place)
    except StoreError as error:
        yield Finding("database", State.FAULT, str(error))
    finally:
        engine.dispose()


def _database(engine: Engine, place: str) -> Iterator[Finding]:
    """The checks that need a connection. Raises StoreError where there is none, or where nothing can be written."""
    with explained(engine), engine.connect() as connection:
        at = current_revision(connection)
    known = revisions()
    if at is not None and at not in known:
        yield Finding("database", State.OK, place)
        yield Finding("tables", State.FAULT, newer_than_known(engine, at))
        return
    with writing(engine) as session:
        session.execute(text("CREATE TABLE doctor_was_here (id INTEGER)"))
        session.rollback()
    yield Finding("database", State.OK, f"{place}: can be read and written")
    if at != known[-1]:
        found = f"revision {at}; the newest is {known[-1]}" if at else "none yet"
        yield Finding("tables", State.NOTE, found, "The next start makes them; nothing is lost.")
        return
    yield Finding("tables", State.OK, f"revision {at}, the newest")
    yield from _data(engine)


def _data(engine: Engine) -> Iterator[Finding]:
    with reading(engine) as session:
        loaded = is_loaded(session)
        held = count_holdings(session)
        catalogue = read_catalogue(session)
    rows = f"{held.facts:,} facts, {held.milestones:,} milestones, {held.launches:,} launches, {held.news:,} news"
    rows += f"; {held.vendors:,} vendors, {len(catalogue.regions):,} regions, {held.sources:,} sources"
    if loaded:
        yield Finding("data", State.OK, rows)
    else:
        advice = "Shipped files are newer than what was loaded; the next start loads them."
        yield Finding("data", State.NOTE, rows, advice)
    from bot.understanding.understand import Understanding  # imported late: a database out of order is said at once

    try:
        understanding = Understanding.of(catalogue)
    except (OSError, ValueError, KeyError, TypeError) as error:
        advice = "A language file is missing or damaged. Run `make install` again, or put the file back with git."
        yield Finding("language files", State.FAULT, f"{type(error).__name__}: {error}", advice)
        return
    words = len(understanding.lexicon.ordinary)
    yield Finding("language files", State.OK, f"readable, {words:,} ordinary words")


def _bot_api(settings: Settings) -> Finding:
    """Ask the Bot API who the token belongs to. The token itself is in nothing that is said."""
    name = "Bot API"
    if settings.telegram_bot_token is None:
        return Finding(name, State.NOTE, "no TELEGRAM_BOT_TOKEN", "Only `vendorbot run` needs one, from @BotFather.")
    try:
        token = settings.token()
    except SettingsError as error:
        return Finding(name, State.FAULT, str(error))
    from telegram import Bot  # imported late: it is slow, and most calls have no token
    from telegram.error import InvalidToken, NetworkError, TelegramError
    from telegram.request import HTTPXRequest

    base = settings.telegram_api_base
    request = HTTPXRequest(connect_timeout=_SECONDS, read_timeout=_SECONDS)

    async def who() -> str:
        async with Bot(token, base_url=f"{base}/bot", request=request) as bot:
            return f"@{bot.username}"

    try:
        return Finding(name, State.OK, f"{base}: {asyncio.run(who())}")
    except InvalidToken:
        advice = "Copy TELEGRAM_BOT_TOKEN again from @BotFather (/mybots, API Token), or make a new one with /revoke."
        return Finding(name, State.FAULT, f"{base} refuses the token.", advice)
    except NetworkError as error:
        found = f"{base} cannot be reached: {str(error).replace(token, '***')}"
        return Finding(name, State.FAULT, found, "Check the network, a proxy, and TELEGRAM_API_BASE.")
    except TelegramError as error:
        return Finding(name, State.FAULT, f"{base} answers: {str(error).replace(token, '***')}")
