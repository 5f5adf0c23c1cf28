"""Drafts of articles: what was found in one, each with the words it was read from, recorded, edited or dropped."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from html import escape
from typing import Any

from sqlmodel import Session

from bot.admin.adding import CANCEL, QUIETLY, RECORD, WRONG, as_recorded
from bot.admin.bench import Bench
from bot.admin.card import Button, Card, button, card
from bot.admin.fields import EXPECTED, read_field
from bot.admin.one_line import filled_in
from bot.admin.reading.article import read_article
from bot.admin.reading.candidate import Found, FoundFact
from bot.admin.reading.layout import lay_out
from bot.admin.reading.published import published_on
from bot.admin.rehearsal import rehearse
from bot.admin.roles import actor
from bot.views.rehearsal import HISTORY, KNOWN, REPLACES, preview_text, reach_text
from store.drafts import NOBODY, KnownDraft, State, change_draft, new_draft
from store.engine import reading, writing
from store.people import Role
from store.record import Outcome, Recorded, Recorder
from store.rows import COLUMNS, NewFact, NewLaunch, NewRow, RowError, parse_row
from store.source_names import host_of, source_name
from store.words import UNIT_OF

NOTHING = "I found no figures and no launches in that. Nothing is recorded of it."
FOUND_ONE, FOUND = "1 thing found", "{count} things found"
WHERE = "{found}. Where does it stand? Send the article's address, from https:// on; it becomes the source."
ONE_OF = "{at} of {count}"
QUOTE = "Read from: “{quote}”"
DROP, NEXT, EDIT = "Drop", "Next", "Edit"
ALL, ALL_QUIETLY, DROP_ALL, BACK = "Record all {count}", "Record all, tell nobody", "Drop all", "Back"
SURE = "Record all {count}? Alerts that it would make: {alerts:,}; messages to chats: {messages:,}."
SURE_REFUSED = "{count} of them cannot be recorded as they are, and stay: {reason}."
DONE = "Recorded as {number}."
OVER = "That was the last one. Recorded: {recorded}, dropped: {dropped}. /undo takes back what you recorded last."
ADDRESS = re.compile(r"https?://[^\s<>\"')]+")
_ROWS: Mapping[str, type[NewRow]] = {"fact": NewFact, "launch": NewLaunch}
_LONGEST_QUOTE = 500
_MOST = 150


class Articles:
    """The kind `article`: the content holds `candidates`, `at`, and the article's `url` and `published`."""

    role = Role.EDITOR

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def begin(self, person_id: int, text: str, title: str = "") -> Card:
        """Of an article's text."""
        content = self.read(text, title)
        if not content["candidates"]:
            return card(NOTHING)
        return self.show(self._bench.keep(person_id, "article", content, "" if content["url"] else "url"))

    def read(self, text: str, title: str = "", url: str = "", published: date | None = None) -> dict[str, Any]:
        """An article as a draft's content; `url` where it is known, else one that the text begins or ends with."""
        today = self._bench.today()
        found = read_article(text, self._bench.lexicon, today, published)[:_MOST]
        day = published or published_on(lay_out(text), today)
        lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
        named = title or next((line for line in lines if not ADDRESS.match(line)), "")
        return {
            "title": named[:60],
            "url": url or _own_address(lines),
            "published": min(day, today).isoformat(),
            "candidates": [_candidate(one) for one in found],
            "at": 0,
        }

    def show(self, draft: KnownDraft) -> Card:
        """The address is asked for; then one candidate after the other."""
        if draft.awaiting:
            count = len(draft.content["candidates"])
            found = FOUND_ONE if count == 1 else FOUND.format(count=count)
            lines = [draft.content.get("problem", ""), WHERE.format(found=found)]
            return card("\n".join(filter(None, lines)), [[button(draft, CANCEL, "drop")]])
        at = _open_from(draft.content, draft.content["at"])
        return self._over(draft) if at is None else self._one(draft, at)

    def typed(self, draft: KnownDraft, text: str) -> Card:
        """The address."""
        typed = read_field("launch", "url", text.strip(), self._bench.lexicon, self._bench.today())
        if typed.problem:
            problem = EXPECTED["url"].format(text=text[:60])
            return self.show(self._bench.change(draft, {**draft.content, "problem": problem}, "url"))
        return self.show(self._bench.change(draft, {**draft.content, **typed.cells, "problem": ""}))

    def press(self, draft: KnownDraft, action: str, argument: str) -> Card | None:
        """Record, edit or drop the one that is shown, or all."""
        if draft.person_id == NOBODY and action != "take":
            return None
        at = _open_from(draft.content, int(argument)) if argument.isdigit() and len(argument) < 4 else None
        match action:
            case "next" if not draft.awaiting:
                place = _open_from(draft.content, draft.content["at"] + (1 if argument else 0))
                return self.show(self._bench.change(draft, {**draft.content, "at": place or 0}))
            case "one" | "quiet" if at is not None and str(at) == argument and not draft.awaiting:
                return self._record_one(draft, at, alerts=action == "one")
            case "edit" if at is not None and str(at) == argument and not draft.awaiting:
                return self._edit(draft, at)
            case "not" if at is not None and str(at) == argument:
                return self.show(self._bench.change(draft, _with_state(draft.content, at, "dropped")))
            case "all" if not draft.awaiting:
                return self._ask_all(draft)
            case "everything" | "everyquiet" if not draft.awaiting:
                return self._record_all(draft, alerts=action == "everything")
            case "back" if not draft.awaiting:
                return self.show(draft)
        return None

    def take(self, draft: KnownDraft, person_id: int) -> Card:
        """Make a draft that nobody has taken yet this person's."""
        with writing(self._bench.engine) as session:
            awaiting = "" if draft.content["url"] else "url"
            taken = change_draft(session, draft, person_id=person_id, awaiting=awaiting)
        return self.show(taken)

    def _one(self, draft: KnownDraft, at: int) -> Card:
        candidate, count = draft.content["candidates"][at], len(draft.content["candidates"])
        place = ONE_OF.format(at=at + 1, count=count)
        quote = QUOTE.format(quote=candidate["quote"])
        argument, rows = str(at), list[Sequence[Button]]()
        edit = [button(draft, EDIT, "edit", argument), button(draft, DROP, "not", argument)]
        kind = candidate["kind"]
        try:
            bench, row = self._bench, self._row(draft, candidate)
            rehearsal = rehearse(bench.engine, bench.catalogue, row, None, actor(draft.person_id), bench.today())
        except RowError as error:
            plain = f"{place}\n{WRONG.format(reason=error)}\n{quote}"
            html = escape(plain, quote=False)
        else:
            number = f"{kind} {rehearsal.row_id}"
            said = reach_text(rehearsal.chats)
            if rehearsal.outcome is Outcome.KNOWN:
                said = KNOWN.format(source=rehearsal.notice.source.name, number=number)
            elif rehearsal.outcome is Outcome.HISTORY:
                said = HISTORY.format(source=rehearsal.notice.source.name)
            elif rehearsal.earlier is not None:
                said = f"{REPLACES.format(number=f'{kind} {rehearsal.earlier.row_id}')} {said}"
            text = preview_text(rehearsal.notice, [said], rehearsal.doubts)
            plain, html = (
                f"{place}\n{text.plain}\n{quote}",
                f"{place}\n{text.html}\n<i>{escape(quote, quote=False)}</i>",
            )
            if rehearsal.outcome is not Outcome.KNOWN:
                quietly = [button(draft, QUIETLY, "quiet", argument)] if rehearsal.chats else []
                rows.append([button(draft, RECORD, "one", argument), *quietly])
        left = _open(draft.content)
        if len(left) > 1:
            edit.append(button(draft, NEXT, "next", "on"))
        whole = [button(draft, ALL.format(count=len(left)), "all")] if len(left) > 1 else []
        if whole:
            whole.append(button(draft, DROP_ALL, "drop"))
        rows += [edit, whole]
        return Card(plain, html, tuple(tuple(row) for row in rows))

    def _record_one(self, draft: KnownDraft, at: int, *, alerts: bool) -> Card:
        candidate = draft.content["candidates"][at]
        try:
            with writing(self._bench.engine) as session:
                changed = change_draft(session, draft, content=_with_state(draft.content, at, "recorded"))
                recorder = Recorder(session, actor(draft.person_id), alerts=alerts, again=True)
                recorded = recorder.record(self._row(draft, candidate))
                _done(session, draft.person_id, candidate["kind"], [recorded], alerts=alerts)
        except RowError:
            return self.show(draft)
        shown, said = self.show(changed), DONE.format(number=f"{recorded.table} {recorded.row_id}")
        return replace(shown, plain=f"{said}\n\n{shown.plain}", html=f"{said}\n\n{shown.html}")

    def _edit(self, draft: KnownDraft, at: int) -> Card | None:
        """A draft of its own for one candidate, which comes back here when it is recorded."""
        from bot.admin.adding import Adding

        candidate = draft.content["candidates"][at]
        cells = {**candidate["cells"], "url": draft.content["url"], "published": draft.content["published"]}
        content = {"cells": cells, "notes": [], "quote": candidate["quote"], "parent": [draft.row_id, at]}
        child = self._bench.keep(draft.person_id, candidate["kind"], content)
        return Adding(self._bench).press(child, "edit", "")

    def _ask_all(self, draft: KnownDraft) -> Card:
        with writing(self._bench.engine) as session:
            recorded, refused, told = self._all(session, draft, alerts=True)
            session.rollback()
        lines = [SURE.format(count=len(recorded), alerts=told.alerts, messages=told.messages)]
        lines += [SURE_REFUSED.format(count=len(refused), reason=refused[0][1])] if refused else []
        presses = [button(draft, ALL.format(count=len(recorded)), "everything")]
        presses += [button(draft, ALL_QUIETLY, "everyquiet")] if told.messages else []
        return card("\n".join(lines), [presses, [button(draft, BACK, "back")]])

    def _record_all(self, draft: KnownDraft, *, alerts: bool) -> Card:
        with writing(self._bench.engine) as session:
            recorded, refused, _ = self._all(session, draft, alerts=alerts)
            content: Mapping[str, Any] = draft.content
            kept = {at for at, _ in refused}
            for at in _open(draft.content):
                content = content if at in kept else _with_state(content, at, "recorded")
            changed = change_draft(session, draft, content=content)
            _done(session, draft.person_id, "article", recorded, alerts=alerts)
        return self.show(changed)

    def _all(self, session: Session, draft: KnownDraft, *, alerts: bool) -> tuple[list[Recorded], list[Any], Any]:
        """Record every open candidate in that session; what cannot be, with its place and the reason."""
        recorder = Recorder(session, actor(draft.person_id), alerts=alerts, again=True)
        recorded, refused = [], []
        for at in _open(draft.content):
            try:
                recorded.append(recorder.record(self._row(draft, draft.content["candidates"][at], session)))
            except RowError as error:
                refused.append((at, str(error)))
        return recorded, refused, recorder.told

    def _over(self, draft: KnownDraft) -> Card:
        states = [one["state"] for one in draft.content["candidates"]]
        if draft.state is State.OPEN:
            with writing(self._bench.engine) as session:
                change_draft(session, draft, state=State.DONE)
        return card(OVER.format(recorded=states.count("recorded"), dropped=states.count("dropped")))

    def _row(self, draft: KnownDraft, candidate: Mapping[str, Any], session: Session | None = None) -> NewRow:
        """The row of a candidate. Raises RowError."""
        url, kind = draft.content["url"], _ROWS[candidate["kind"]]
        if session is None:
            with reading(self._bench.engine) as own:
                name = source_name(own, url) or host_of(url)
        else:
            name = source_name(session, url) or host_of(url)
        cells = {**candidate["cells"], "url": url, "published": draft.content["published"]}
        return parse_row(kind, dict.fromkeys(COLUMNS[kind], "") | filled_in(cells, name, self._bench.today()))


def _candidate(found: Found) -> dict[str, Any]:
    """A candidate as cells of its row."""
    cells = {"vendor": found.vendor, "region": found.region, "certainty": found.certainty.value}
    if isinstance(found, FoundFact):
        cells |= {"metric": found.metric.value, "value": f"{found.value:.10g}", "unit": UNIT_OF[found.metric].value}
        cells |= {"period": str(found.period)}
    else:
        cells |= {"product": found.product, "date": found.date}
    quote = " ".join(found.quote.split())[:_LONGEST_QUOTE]
    return {
        "kind": "fact" if isinstance(found, FoundFact) else "launch",
        "cells": cells,
        "quote": quote,
        "state": "open",
    }


def _open(content: Mapping[str, Any]) -> list[int]:
    return [at for at, one in enumerate(content["candidates"]) if one["state"] == "open"]


def _open_from(content: Mapping[str, Any], at: int) -> int | None:
    """The first open candidate from there on, and after the last from the first on; None where none is open."""
    left = _open(content)
    return next((one for one in left if one >= at), left[0] if left else None)


def _with_state(content: Mapping[str, Any], at: int, state: str) -> dict[str, Any]:
    candidates = [dict(one) for one in content["candidates"]]
    candidates[at]["state"] = state
    return {**content, "candidates": candidates, "at": at}


def _own_address(lines: Sequence[str]) -> str:
    """The article's address: one that stands alone in its first or last line."""
    for line in (*lines[:1], *lines[-1:]):
        found = ADDRESS.fullmatch(line)
        if found:
            return found[0][:512]
    return ""


def _done(session: Session, person_id: int, kind: str, recorded: Sequence[Recorded], *, alerts: bool) -> None:
    """Keep what was recorded at once as a draft that is done, so that /undo finds it."""
    kept = [as_recorded(one, alerts=alerts) for one in recorded if one.outcome is not Outcome.KNOWN]
    if kept:
        change_draft(session, new_draft(session, person_id, kind, {"recorded": kept}), state=State.DONE)
