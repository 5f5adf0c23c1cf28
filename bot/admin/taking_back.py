"""Drafts that take a row back: /retract with a reason, and /undo of what one recorded oneself a short while ago."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import Any

from sqlmodel import Session

from bot.admin.bench import Bench
from bot.admin.card import Card, button, card
from bot.admin.histories import numbered
from bot.admin.roles import actor
from bot.answers.notice import line_of, notice_of
from bot.views.rehearsal import preview_text, reach_text
from bot.views.wording import sentence
from store.alert_tables import Happened
from store.alerts import Happening, reach
from store.drafts import KnownDraft, State, change_draft, draft_at, last_done
from store.engine import reading, writing
from store.exports import handed_in
from store.facts import Facts, read_row
from store.history import TABLES, newer_than
from store.people import Role
from store.record import Outcome, Recorder
from store.retract import NotCurrentError, retract
from store.subscriptions import TABLES as TABLES_OF_ROWS
from store.tables import Audit

WHICH = "Write the number of what does not hold, and why: /retract fact 123 the analyst withdrew it."
NO_ROW = "There is no {table} {number}."
NOT_CURRENT = "That does not hold any more anyway. /history {table} {number} tells why."
WHY = "Why does {table} {number} not hold? Write a few words; they are kept with it, and are not sent to anyone."
TAKE_BACK, QUIETLY, CANCEL, KEEP = "Take back", "Take back, tell nobody", "Cancel", "Leave it"
TAKEN_BACK = "Taken back. Its history stays: /history {table} {number}."
NOTHING_TO_UNDO = (
    "You recorded nothing within the last {minutes} minutes that could be undone."
    " /edit and /retract change what is older."
)
TOO_LATE = "That is longer ago than {minutes} minutes by now. /edit changes it, /retract takes it back."
CHANGED_SINCE = "{table} {number} was changed since, so it stays as it is. /history {table} {number} shows by whom."
UNDO_MANY = "Undo what you recorded last, {count} rows? Those who were told get a correction."
UNDO_ONE = "Undo this? Those who were told of it get a correction:\n{what}"
UNDONE_ONE, UNDONE = "Undone.", "Undone: {count} rows."
_MOST_REASON = 500


class Retracting:
    """The kind `retract`: the content holds `table`, `row` and `reason`."""

    role = Role.ADMIN

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def begin(self, person_id: int, text: str) -> Card:
        """Of "fact 123 the reason"."""
        parts = text.split()
        for length in (2, 1):
            named = numbered(" ".join(parts[:length])) if len(parts) >= length else None
            if named:
                return self.begin_with(person_id, *named, " ".join(parts[length:]))
        return card(WHICH)

    def begin_with(self, person_id: int, table: str, row_id: int, reason: str = "") -> Card:
        """Of a row."""
        with reading(self._bench.engine) as session:
            row = read_row(session, table, row_id) if table in TABLES else None
            newer = newer_than(session, table, row_id) if row else None
        if row is None or newer is not None:
            return card((NO_ROW if row is None else NOT_CURRENT).format(table=table, number=row_id))
        content = {"table": table, "row": row_id, "reason": reason[:_MOST_REASON], "title": f"{table} {row_id}"}
        return self.show(self._bench.keep(person_id, "retract", content, "" if reason else "reason"))

    def show(self, draft: KnownDraft) -> Card:
        """The alert that it would make."""
        table, row_id = draft.content["table"], draft.content["row"]
        cancel = [button(draft, CANCEL, "drop")]
        if draft.awaiting:
            return card(WHY.format(table=table, number=row_id), [cancel])
        with reading(self._bench.engine) as session:
            row = read_row(session, table, row_id)
            if row is None:
                return card(NO_ROW.format(table=table, number=row_id), [cancel])
            facts = Facts(session, self._bench.catalogue)
            notice = notice_of(Happened.RETRACTED, row, None, facts, self._bench.today())
            chats = reach(session, Happening(Happened.RETRACTED, table, row_id))
        text = preview_text(notice, [f"Reason: {draft.content['reason']}", reach_text(chats)], ())
        presses = [button(draft, TAKE_BACK, "do")] + ([button(draft, QUIETLY, "quiet")] if chats else [])
        return Card(text.plain, text.html, (tuple(presses), tuple(cancel)))

    def typed(self, draft: KnownDraft, text: str) -> Card:
        """The reason."""
        reason = " ".join(text.split())[:_MOST_REASON]
        return self.show(self._bench.change(draft, {**draft.content, "reason": reason}))

    def press(self, draft: KnownDraft, action: str, _argument: str) -> Card | None:
        """Take it back."""
        if action not in ("do", "quiet") or draft.awaiting:
            return None
        table, row_id = draft.content["table"], draft.content["row"]
        try:
            with writing(self._bench.engine) as session:
                change_draft(session, draft, state=State.DONE)
                by, reason = actor(draft.person_id), draft.content["reason"]
                retract(session, table, row_id, by, reason, alerts=action == "do")
        except NotCurrentError:
            return card(NOT_CURRENT.format(table=table, number=row_id))
        return card(TAKEN_BACK.format(table=table, number=row_id))


class Undoing:
    """The kind `undo`: the content holds `draft`, the number of the draft whose rows it takes back."""

    role = Role.EDITOR

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def begin(self, person_id: int) -> Card:
        """Of what the person recorded last."""
        with reading(self._bench.engine) as session:
            done = last_done(session, person_id, datetime.now(UTC) - self._bench.undo_within)
        if done is None:
            return card(NOTHING_TO_UNDO.format(minutes=self._minutes))
        return self.show(self._bench.keep(person_id, "undo", {"draft": done.row_id, "title": "undo"}))

    def show(self, draft: KnownDraft) -> Card:
        """What would be taken back."""
        with reading(self._bench.engine) as session:
            done = draft_at(session, draft.content["draft"])
            recorded = done.content.get("recorded", []) if done else []
            rows = [read_row(session, one["table"], one["row"]) for one in recorded[:1]]
            facts = Facts(session, self._bench.catalogue)
            lines = [line_of(row, facts, self._bench.today()) for row in rows if row]
            what = "".join(sentence(line) for line in lines)
        text = UNDO_ONE.format(what=what) if len(recorded) == 1 else UNDO_MANY.format(count=len(recorded))
        presses = [button(draft, "Undo", "do"), button(draft, KEEP, "drop")]
        return Card(text, escape(text, quote=False), (tuple(presses),))

    def typed(self, draft: KnownDraft, _text: str) -> Card:
        """Nothing is awaited."""
        return self.show(draft)

    def press(self, draft: KnownDraft, action: str, _argument: str) -> Card | None:
        """Take everything back, or nothing where somebody changed any of it since."""
        if action != "do":
            return None
        with writing(self._bench.engine) as session:
            done = draft_at(session, draft.content["draft"])
            if done is None or done.changed_at < datetime.now(UTC) - self._bench.undo_within:
                return card(TOO_LATE.format(minutes=self._minutes))
            change_draft(session, draft, state=State.DONE)
            change_draft(session, done, content={**done.content, "undone": True}, state=State.DONE)
            recorded = done.content.get("recorded", [])
            for one in reversed(recorded):
                newer = newer_than(session, one["table"], one["row"])
                if newer is not None and one["outcome"] != Outcome.HISTORY:
                    session.rollback()
                    return card(CHANGED_SINCE.format(table=one["table"], number=one["row"]))
                _undo(session, one, actor(draft.person_id))
        return card(UNDONE_ONE if len(recorded) == 1 else UNDONE.format(count=len(recorded)))

    @property
    def _minutes(self) -> int:
        return int(self._bench.undo_within.total_seconds() // 60)


def _undo(session: Session, one: dict[str, Any], by: str) -> None:
    """Take one recorded row back; what it had replaced is said again, as a row of its own."""
    table, row_id, before = one["table"], one["row"], one["before"]
    earlier = handed_in(session, table, before) if before is not None else None
    if one["outcome"] == Outcome.CORRECTED and earlier is not None:
        Recorder(session, by, alerts=one["alerts"]).replace(earlier, row_id)
    elif one["outcome"] == Outcome.NEW:
        retract(session, table, row_id, by, "undone", alerts=one["alerts"])
    elif one["outcome"] == Outcome.HISTORY:
        row: Any = session.get(TABLES_OF_ROWS[table], row_id)
        row.superseded_by_id = row_id  # as what was taken back
        session.add(row)
    session.add(Audit(actor=by, action="undo", table_name=table, row_id=row_id, detail={}))
    session.flush()
