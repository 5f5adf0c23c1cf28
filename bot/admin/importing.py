"""Drafts of whole files: tried out first, then imported, what fits or all or nothing."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping
from typing import Any

from bot.admin.adding import as_recorded
from bot.admin.bench import Bench
from bot.admin.card import Card, button, card
from bot.admin.documents import Table, tables_in
from bot.admin.roles import actor
from store.alerts import Told
from store.drafts import KnownDraft, State, change_draft
from store.engine import writing
from store.files import FileError, read_file
from store.imports import Imported, import_lines
from store.people import Role
from store.record import Outcome
from store.rows import NewFact, NewLaunch, NewMilestone, NewNews, NewRow

WRONG = "{name} cannot be read: {reason}."
EMPTY = "{name} holds no rows."
WOULD = "{name}: {rows} {kind}. {counts}."
REFUSED = "Refused, and why; mend these lines and send them again:"
MORE_REFUSED = "… and {count:,} more."
ALERTS = "Imported with alerts, it would make {alerts:,}; messages to chats: {messages:,}."
NOTHING_NEW = "Nothing in it is new."
TRIED = "Nothing was changed so far."
IMPORT, TELL, WHOLE, CANCEL = "Import, tell nobody", "Import and tell", "All or nothing, tell nobody", "Cancel"
DONE = "Imported. {counts}."
TOLD = "Alerts: {alerts:,}; messages to chats: {messages:,}."
NOTHING_DONE = "Not all rows fit, so nothing was imported. {count:,} are refused, as the preview says."
UNDO = "/undo takes it back within {minutes} minutes."
NO_UNDO = "These are too many rows for /undo; /retract takes them back one by one."
_MOST_SHOWN = 12
_MOST_UNDONE = 500  # rows
_KINDS: Mapping[type[NewRow], str] = {
    NewFact: "figures", NewMilestone: "milestones", NewLaunch: "launches", NewNews: "news",
}  # fmt: skip
_OUTCOMES = {
    Outcome.NEW: "new", Outcome.CORRECTED: "corrections", Outcome.HISTORY: "history", Outcome.KNOWN: "known already",
}  # fmt: skip


class Importing:
    """The kind `import`: the content holds the files, packed."""

    role = Role.ADMIN

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def begin(self, person_id: int, name: str, content: bytes) -> Card:
        """Of a document."""
        try:
            tables = tables_in(name, content)
            for one in tables:
                read_file(one.content)
        except FileError as error:
            return card(WRONG.format(name=name, reason=error))
        packed = [[one.name, base64.b85encode(zlib.compress(one.content, 9)).decode()] for one in tables]
        return self.show(self._bench.keep(person_id, "import", {"packed": packed, "title": name}))

    def show(self, draft: KnownDraft) -> Card:
        """What importing would do, found out by doing it and taking it back."""
        lines, refused, told, changes = [], 0, Told(), 0
        with writing(self._bench.engine) as session:
            for table in _unpacked(draft):
                kind, imported = self._import(session, table, draft, alerts=True)
                lines += _counted(table.name, kind, imported)
                refused += len(imported.refused)
                told += imported.told
                changes += sum(count for outcome, count in imported.outcomes.items() if outcome is not Outcome.KNOWN)
            session.rollback()
        cancel = [button(draft, CANCEL, "drop")]
        if not changes:
            return card("\n".join([*lines, NOTHING_NEW]), [cancel])
        if told.alerts:
            lines.append(ALERTS.format(alerts=told.alerts, messages=told.messages))
        presses = [button(draft, IMPORT, "quiet")] + ([button(draft, TELL, "tell")] if told.messages else [])
        whole = [button(draft, WHOLE, "whole")] if refused else []
        return card("\n".join([*lines, TRIED]), [presses, whole, cancel])

    def typed(self, draft: KnownDraft, _text: str) -> Card:
        """Nothing is awaited."""
        return self.show(draft)

    def press(self, draft: KnownDraft, action: str, _argument: str) -> Card | None:
        """Import, in one transaction."""
        if action not in ("quiet", "tell", "whole"):
            return None
        whole, alerts = Imported(), action == "tell"
        with writing(self._bench.engine) as session:
            for table in _unpacked(draft):
                whole.add(self._import(session, table, draft, alerts=alerts)[1])
            if action == "whole" and whole.refused:
                session.rollback()
                return card(NOTHING_DONE.format(count=len(whole.refused)), [[button(draft, CANCEL, "drop")]])
            changed = [one for one in whole.recorded if one.outcome is not Outcome.KNOWN]
            kept = [as_recorded(one, alerts=alerts) for one in changed] if len(changed) <= _MOST_UNDONE else []
            change_draft(session, draft, content={"title": draft.content["title"], "recorded": kept}, state=State.DONE)
        said = [DONE.format(counts=_outcomes(whole))]
        if whole.told.alerts:
            said.append(TOLD.format(alerts=whole.told.alerts, messages=whole.told.messages))
        minutes = int(self._bench.undo_within.total_seconds() // 60)
        said += [UNDO.format(minutes=minutes)] if kept else [NO_UNDO] if changed else []
        return card(" ".join(said))

    def _import(self, session: Any, table: Table, draft: KnownDraft, *, alerts: bool) -> tuple[type[NewRow], Imported]:
        file = read_file(table.content)
        return file.kind, import_lines(session, file.lines, actor(draft.person_id), alerts=alerts)


def _unpacked(draft: KnownDraft) -> list[Table]:
    return [Table(name, zlib.decompress(base64.b85decode(text))) for name, text in draft.content["packed"]]


def _counted(name: str, kind: type[NewRow], imported: Imported) -> list[str]:
    rows = len(imported.recorded) + len(imported.refused)
    if not rows:
        return [EMPTY.format(name=name)]
    lines = [WOULD.format(name=name, rows=f"{rows:,}", kind=_KINDS[kind], counts=_outcomes(imported))]
    if imported.refused:
        lines.append(REFUSED)
        lines += [f"line {one.line}: {one.reason[:200]}" for one in imported.refused[:_MOST_SHOWN]]
        if len(imported.refused) > _MOST_SHOWN:
            lines.append(MORE_REFUSED.format(count=len(imported.refused) - _MOST_SHOWN))
    return lines


def _outcomes(imported: Imported) -> str:
    counts = [f"{word}: {imported.outcomes[outcome]:,}" for outcome, word in _OUTCOMES.items()
              if imported.outcomes[outcome]]  # fmt: skip
    counts += [f"refused: {len(imported.refused):,}"] if imported.refused else []
    return ", ".join(counts).capitalize() or "No rows"
