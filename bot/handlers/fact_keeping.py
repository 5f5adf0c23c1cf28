"""All handlers of those who keep the facts, put together: roles, drafts, changes, documents, feeds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from telegram.ext import Application, CallbackQueryHandler, CommandHandler, filters

from bot.admin.bench import Bench
from bot.admin.drafts import Drafts
from bot.admin.feeds.fetching import Fetcher
from bot.admin.feeds.polling import Feeds
from bot.admin.histories import Histories
from bot.admin.roles import Roles
from bot.admin.unanswered import PATTERN as WANTED
from bot.admin.unanswered import Unanswered
from bot.admin.workshops import Workshops
from bot.handlers.access import Access
from bot.handlers.alerts_report import AlertsReport
from bot.handlers.changing import Changing
from bot.handlers.dialogue import Dialogue
from bot.handlers.documents import Documents
from bot.handlers.drafting import Drafting
from bot.handlers.feeds_report import FeedsReport
from bot.handlers.granting import Granting
from bot.handlers.unanswered import Wanted
from bot.settings import Settings


class FactKeeping:
    """One of each, for one application."""

    def __init__(self, settings: Settings, dialogue: Dialogue) -> None:
        answering = dialogue.answering
        bench = Bench(answering, dialogue.today, timedelta(minutes=settings.undo_minutes))
        shops, self.roles = Workshops.of(bench), Roles(answering.engine, settings.owner_ids)
        self._access = Access(dialogue, self.roles)
        self._documents = Documents(dialogue, shops, answering.engine)
        self.drafting = Drafting(dialogue, shops, Drafts(bench, self.roles, shops), self._documents)
        self._changing = Changing(dialogue, shops, Histories(bench))
        self._alerts, self._granting = AlertsReport(dialogue, answering), Granting(dialogue, self.roles)
        self._wanted = Wanted(dialogue, Unanswered(bench))
        fetcher, every = Fetcher(settings.feeds_allowed_addresses), timedelta(minutes=settings.feed_minutes)
        self.feeds = FeedsReport(dialogue, self.roles, Feeds(settings.feeds, fetcher, bench, dialogue.workers, every))

    def add_handlers(self, application: Application[Any, Any, Any, Any, Any, Any], new: filters.BaseFilter) -> None:
        """Add every command and button; `new` are the messages that commands are taken from."""
        self._access.serve(application.bot_data)
        commands: Sequence[tuple[object, Sequence[str]]] = (
            (self._alerts, ("alerts",)),
            (self._granting, ("roles", "grant", "withdraw")),
            (self.drafting, ("addfact", "addmilestone", "addlaunch", "addvendor", "drafts", "cancel")),
            (self._documents, ("export", "read")),
            (self._changing, ("history", "edit", "retract", "undo", "merge")),
            (self.feeds, ("feeds",)),
            (self._wanted, ("unanswered", "teach")),
        )
        for handlers, names in commands:
            for name in names:
                application.add_handler(CommandHandler(name, getattr(handlers, name), new))
        application.add_handler(CallbackQueryHandler(self._alerts.pressed, "^alerts:"))
        application.add_handler(CallbackQueryHandler(self._granting.pressed, "^role:"))
        application.add_handler(CallbackQueryHandler(self.drafting.pressed, "^draft:"))
        application.add_handler(CallbackQueryHandler(self._changing.pressed, "^row:"))
        application.add_handler(CallbackQueryHandler(self._wanted.pressed, WANTED))
