"""Drafts of facts, milestones and launches: filled in field by field or in one line, looked at, recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from bot.admin.bench import Bench, marked
from bot.admin.card import Button, Card, button, card, in_rows
from bot.admin.fields import (
    ALSO,
    ASK,
    FIELDS,
    LABELS,
    OPTIONAL,
    ROW_OF,
    Choice,
    Typed,
    choices,
    missing,
    read_field,
)
from bot.admin.one_line import filled_in, read_line
from bot.admin.rehearsal import Rehearsal, rehearse
from bot.admin.roles import actor
from bot.answers.answer import Days
from bot.views.rehearsal import HISTORY, KNOWN, REPLACES, preview_text, reach_text
from bot.views.wording import days, period
from store.drafts import KnownDraft, State, change_draft
from store.engine import reading, writing
from store.exports import handed_in
from store.history import newer_than
from store.people import Role
from store.period import Period
from store.record import Outcome, Recorded, Recorder
from store.rows import COLUMNS, NewRow, RowError, cells_of, parse_row
from store.source_names import host_of, source_name

HEADINGS = {"fact": "New figure", "milestone": "New milestone", "launch": "New launch"}
CHANGING = "Changing {number}"
NO_ROW = "There is no {table} {number}."
NOT_CURRENT = "{table} {number} does not hold any more: /history {table} {number} shows what took its place."
NOT_HERE = "News cannot be edited here; facts, launches and milestones can."
WRONG = "That cannot be recorded: {reason}."
RECORD, QUIETLY, EDIT, CANCEL, BACK = "Record", "Record, tell nobody", "Edit", "Cancel", "Back"
ON_WITH = "On with the article"
WHICH_FIELD = "What shall be changed?"
RECORDED = "Recorded as {number}. {told} /undo takes it back within {minutes} minutes."
RECORDED_AS_HISTORY = "Kept as history, {number}: the same source has said something newer since."
SAID_ALREADY = "That was recorded already, as {number}. Nothing has changed."
NOBODY_TOLD = "Nobody is told."
TOLD_ONE, TOLD = "1 chat is being told.", "{count} chats are being told."


class Adding:
    """The kinds `fact`, `milestone` and `launch`; the content holds `cells`, as a file's row has them.

    With `earlier` in it, the row takes the place of that one."""

    role = Role.EDITOR

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def begin(self, person_id: int, kind: str, text: str) -> Card:
        """A new draft, of a line or of nothing."""
        content: dict[str, Any] = {"cells": {}, "notes": []}
        awaiting = ""
        if text:
            line = read_line(kind, text, self._bench.lexicon, self._bench.today())
            content |= {"cells": line.cells, "notes": line.notes}
            if line.problem:
                content |= _problem(line.problem)
                awaiting = line.problem_field
        draft = self._bench.keep(person_id, kind, content, awaiting or missing(kind, content["cells"]) or "")
        return self.show(draft)

    def begin_edit(self, person_id: int, table: str, row_id: int, text: str = "") -> Card:
        """A draft that takes the place of a row; `text` is what is different, in a line."""
        with reading(self._bench.engine) as session:
            row = handed_in(session, table, row_id) if table in ROW_OF else None
            newer = newer_than(session, table, row_id) if row else None
        if row is None or newer is not None:
            said = NO_ROW if table in ROW_OF else NOT_HERE
            return card((NOT_CURRENT if newer is not None else said).format(table=table, number=row_id))
        cells = {name: cell for name, cell in cells_of(row).items() if cell}
        cells = dict.fromkeys(OPTIONAL[table], "") | cells
        content: dict[str, Any] = {"cells": cells, "before": cells, "notes": [], "earlier": row_id}
        if text:
            line = read_line(table, text, self._bench.lexicon, self._bench.today())
            given = {name: cell for name, cell in line.cells.items() if cell}
            content |= {"cells": cells | given, "notes": line.notes, **_problem(line.problem)}
            if line.problem and line.problem_field:
                return self.show(self._bench.keep(person_id, table, content, line.problem_field))
        return self.show(self._bench.keep(person_id, table, content))

    def show(self, draft: KnownDraft) -> Card:
        """The question that is open, or the preview."""
        if draft.awaiting:
            return self._ask(draft)
        return self._fields(draft) if self._unchanged(draft) else self._preview(draft)

    def typed(self, draft: KnownDraft, text: str) -> Card:
        """Fill in what is awaited; where several fields come in one line, all of them."""
        kind, field, cells = draft.kind, draft.awaiting, dict(draft.content["cells"])
        today, lexicon = self._bench.today(), self._bench.lexicon
        typed = read_field(kind, field, text, lexicon, today, cells)
        if typed.problem and ("," in text or ";" in text):
            line = read_line(kind, text, lexicon, today)
            if len(line.cells) > 1 and field in line.cells:
                typed = Typed(line.cells, note=" ".join(line.notes))
        if typed.problem:
            return self.show(self._bench.change(draft, {**draft.content, **_problem(typed)}, field))
        notes = [typed.note] if typed.note else []
        cells |= typed.cells
        if field == "metric" and "value" in draft.content["cells"]:
            cells.pop("value", None)  # 9.2 of what, is another question now
        content = {**draft.content, **_problem(None), "cells": cells, "notes": notes}
        return self.show(self._bench.change(draft, content, missing(kind, cells) or ""))

    def press(self, draft: KnownDraft, action: str, argument: str) -> Card | None:
        """Record, change or fill in."""
        match action:
            case "record" | "quiet" if not draft.awaiting and not self._unchanged(draft):
                return self._record(draft, alerts=action == "record")
            case "edit":
                return self._fields(draft)
            case "field" if argument in (*FIELDS[draft.kind], *ALSO):
                return self.show(self._bench.change(draft, {**draft.content, **_problem(None)}, argument))
            case "set" if draft.awaiting and argument:
                return self.typed(draft, argument)
            case "back":
                content = {**draft.content, **_problem(None)}
                return self.show(self._bench.change(draft, content, missing(draft.kind, content["cells"]) or ""))
        return None

    def _unchanged(self, draft: KnownDraft) -> bool:
        """True for an edit that says what the row says already."""
        return bool(draft.content.get("earlier")) and draft.content["cells"] == draft.content["before"]

    def _ask(self, draft: KnownDraft) -> Card:
        field, content = draft.awaiting, draft.content
        lines = [self._summary(draft), *content.get("notes", [])[-1:], content.get("problem", ""), ASK.get(field, "")]
        offered = [Choice(*one) for one in content.get("near", [])] or list(choices(field, self._bench.lexicon))
        if field in OPTIONAL[draft.kind] and not offered:
            offered = [Choice("No figure", "-")]
        buttons = in_rows([button(draft, one.label, "set", one.value) for one in offered])
        last = [button(draft, CANCEL, "drop")]
        if not missing(draft.kind, content["cells"]):
            last.insert(0, button(draft, BACK, "back"))
        return card("\n".join(filter(None, lines)), [*buttons, last])

    def _fields(self, draft: KnownDraft) -> Card:
        cells = self._filled(draft)
        shown = (*FIELDS[draft.kind], "announced_by")
        labels = [(one, f"{LABELS.get(one, one).capitalize()}: {self._shown(one, cells)}") for one in shown]
        rows = in_rows([button(draft, label, "field", one) for one, label in labels], 1)
        last = button(draft, CANCEL, "drop") if self._unchanged(draft) else button(draft, BACK, "back")
        return card(f"{self._summary(draft)}\n{WHICH_FIELD}", [*rows, [last]])

    def _preview(self, draft: KnownDraft) -> Card:
        cancel = [button(draft, EDIT, "edit"), button(draft, CANCEL, "drop")]
        try:
            rehearsal = self._rehearse(draft)
        except RowError as error:
            return card(f"{self._summary(draft)}\n{WRONG.format(reason=error)}", [cancel])
        text = preview_text(rehearsal.notice, self._outcome(draft, rehearsal), rehearsal.doubts)
        notes, quote = draft.content.get("notes", []), draft.content.get("quote", "")
        plain, html = [*notes, text.plain], [*(escape(note, quote=False) for note in notes), text.html]
        if quote:
            plain.append(f"Read from: “{quote}”")
            html.append(f"Read from: <i>“{escape(quote, quote=False)}”</i>")
        record = [button(draft, RECORD, "record")]
        if rehearsal.chats:
            record.append(button(draft, QUIETLY, "quiet"))
        rows = [cancel] if rehearsal.outcome is Outcome.KNOWN else [record, cancel]
        return Card("\n".join(plain), "\n".join(html), tuple(tuple(row) for row in rows))

    def _outcome(self, draft: KnownDraft, rehearsal: Rehearsal) -> Sequence[str]:
        """What recording would do."""
        source, number = rehearsal.notice.source.name, f"{draft.kind} {rehearsal.row_id}"
        if rehearsal.outcome is Outcome.KNOWN:
            return [KNOWN.format(source=source, number=number)]
        if rehearsal.outcome is Outcome.HISTORY:
            return [HISTORY.format(source=source)]
        replaces = [REPLACES.format(number=f"{draft.kind} {rehearsal.earlier.row_id}")] if rehearsal.earlier else []
        return [*replaces, reach_text(rehearsal.chats)]

    def _rehearse(self, draft: KnownDraft) -> Rehearsal:
        row, earlier = self._row(draft), draft.content.get("earlier")
        bench = self._bench
        return rehearse(bench.engine, bench.catalogue, row, earlier, actor(draft.person_id), bench.today())

    def _record(self, draft: KnownDraft, *, alerts: bool) -> Card:
        """Record the row and close the draft in one transaction: a second tap finds it closed."""
        try:
            row = self._row(draft)
            with writing(self._bench.engine) as session:
                recorder = Recorder(session, actor(draft.person_id), alerts=alerts, again=True)
                recorded = self._into(recorder, row, draft.content.get("earlier"))
                kept = [] if recorded.outcome is Outcome.KNOWN else [as_recorded(recorded, alerts=alerts)]
                change_draft(session, draft, content={**draft.content, "recorded": kept}, state=State.DONE)
                if draft.content.get("parent"):
                    marked(session, draft.content["parent"], "recorded")
                told = recorder.told.messages
        except RowError as error:
            return card(WRONG.format(reason=error), [[button(draft, EDIT, "edit"), button(draft, CANCEL, "drop")]])
        text = self._said(recorded, told)
        parent = draft.content.get("parent")
        more = [Button(ON_WITH, f"draft:{parent[0]}:0:next")] if parent else []
        return card(text, [[Button("History", f"row:history:{recorded.table}:{recorded.row_id}"), *more]])

    def _into(self, recorder: Recorder, row: NewRow, earlier: int | None) -> Recorded:
        return recorder.record(row) if earlier is None else recorder.replace(row, earlier)

    def _said(self, recorded: Recorded, told: int) -> str:
        number = f"{recorded.table} {recorded.row_id}"
        if recorded.outcome is Outcome.KNOWN:
            return SAID_ALREADY.format(number=number)
        if recorded.outcome is Outcome.HISTORY:
            return RECORDED_AS_HISTORY.format(number=number)
        reached = NOBODY_TOLD if not told else TOLD_ONE if told == 1 else TOLD.format(count=f"{told:,}")
        minutes = int(self._bench.undo_within.total_seconds() // 60)
        return RECORDED.format(number=number, told=reached, minutes=minutes)

    def _row(self, draft: KnownDraft) -> NewRow:
        """The row of the cells. Raises RowError."""
        kind = ROW_OF[draft.kind]
        return parse_row(kind, dict.fromkeys(COLUMNS[kind], "") | self._filled(draft))

    def _filled(self, draft: KnownDraft) -> dict[str, str]:
        cells: Mapping[str, str] = draft.content["cells"]
        url = cells.get("url", "")
        with reading(self._bench.engine) as session:
            name = source_name(session, url) or host_of(url)
        return filled_in(cells, name, self._bench.today())

    def _summary(self, draft: KnownDraft) -> str:
        """What has been given so far, in a line."""
        cells, earlier = draft.content["cells"], draft.content.get("earlier")
        given = [self._shown(one, cells) for one in (*FIELDS[draft.kind], *ALSO) if cells.get(one)]
        head = CHANGING.format(number=f"{draft.kind} {earlier}") if earlier else HEADINGS[draft.kind]
        return f"{head}: {' · '.join(given)}" if given else f"{head}."

    def _shown(self, field: str, cells: Mapping[str, str]) -> str:
        text = cells.get(field, "")
        if field in ("vendor", "region"):
            return self._bench.catalogue.name(text) if text else "–"
        if field == "value" and text:
            unit = {"percent": "%", "rank": ""}.get(cells.get("unit", ""), f" {cells.get('unit', '')}")
            return f"{'#' if cells.get('unit') == 'rank' else ''}{text}{unit}".strip()
        if field == "period" and text:
            return period(Period.parse(text))
        if field == "date" and text:
            return days(Days(text))
        return text.replace("_", " ")[:80] or "–"


def as_recorded(recorded: Recorded, *, alerts: bool) -> dict[str, Any]:
    """A recorded row as a draft keeps it, for /undo."""
    return {
        "table": recorded.table, "row": recorded.row_id, "outcome": recorded.outcome.value,
        "before": recorded.superseded_id, "alerts": alerts,
    }  # fmt: skip


def _problem(typed: Typed | None) -> dict[str, Any]:
    near = [[one.label, one.value] for one in typed.near] if typed else []
    return {"problem": typed.problem if typed else "", "near": near}
