"""All drafts of all people: whose they are, which button still holds, and which workshop handles them."""

from __future__ import annotations

from bot.admin.adding import ON_WITH
from bot.admin.bench import Bench
from bot.admin.card import Button, Card, card
from bot.admin.roles import Roles
from bot.admin.workshops import Workshops
from store.drafts import NOBODY, KnownDraft, StaleError, State, change_draft, draft_at, listening_draft, open_drafts
from store.engine import reading, writing

GONE = "That draft is not there any more. Begin anew."
NOT_YOURS = "That draft is somebody else's."
OLDER = "That button is of an older state of the draft. Use the newest message, or /drafts."
IS_DONE = "That is done already."
IS_DROPPED = "That draft was dropped."
NOTHING_SUCH = "That button no longer works."
NO_LONGER = "That needs a role which you do not have any more."
DROPPED = "Dropped. Nothing was recorded."
LEFT = "Nothing was changed."
REST_DROPPED = "The rest is dropped. What you recorded stays."
NO_DRAFTS = "You have no open drafts."
YOUR_DRAFTS = "Your open drafts:"
NOTHING_TO_CANCEL = "There is nothing to cancel."


class Drafts:
    """Calls wait for the database, and raise StoreError."""

    def __init__(self, bench: Bench, roles: Roles, workshops: Workshops) -> None:
        self._bench, self._roles = bench, roles
        self._workshops, self._articles = workshops.by_kind, workshops.articles

    def press(self, person_id: int, data: str) -> Card:
        """A press of `draft:NUMBER:REVISION:ACTION:ARGUMENT`. A card without text is a notice only."""
        match data.split(":", 4):
            case ["draft", number, revision, action, *rest] if _is_count(number) and _is_count(revision):
                pass
            case _:
                return _notice(NOTHING_SUCH)
        with reading(self._bench.engine) as session:
            draft = draft_at(session, int(number))
        refused = self._refused(draft, person_id, int(revision), action)
        if refused or draft is None:
            return _notice(refused)
        try:
            if action == "drop":
                return self._drop(draft)
            if action == "take" and draft.person_id == NOBODY:
                return self._articles.take(draft, person_id)
            if action == "open":
                return self._workshops[draft.kind].show(draft)
            done = self._workshops[draft.kind].press(draft, action, rest[0] if rest else "")
        except StaleError:
            return _notice(self._why_stale(draft.row_id))
        return done or _notice(NOTHING_SUCH)

    def typed(self, person_id: int, text: str) -> Card | None:
        """Take a person's message for the draft that awaits it; None where none does."""
        with reading(self._bench.engine) as session:
            draft = listening_draft(session, person_id) if text else None
        if draft is None or self._roles.of(person_id) < self._workshops[draft.kind].role:
            return None
        try:
            return self._workshops[draft.kind].typed(draft, text)
        except StaleError:
            return card(self._why_stale(draft.row_id))

    def listed(self, person_id: int) -> Card:
        """A person's open drafts, and what nobody has taken yet, one button each."""
        with reading(self._bench.engine) as session:
            own, free = open_drafts(session, person_id), open_drafts(session, NOBODY)
        title = self._title
        rows = [[Button(title(one), f"draft:{one.row_id}:{one.revision}:open")] for one in own]
        rows += [[Button(f"Take: {title(one)}"[:60], f"draft:{one.row_id}:{one.revision}:take")] for one in free]
        return card(YOUR_DRAFTS, rows) if rows else card(NO_DRAFTS)

    def cancel(self, person_id: int) -> Card:
        """Drop the draft that listens, or the newest one."""
        with reading(self._bench.engine) as session:
            newest = open_drafts(session, person_id, 1)
            draft = listening_draft(session, person_id) or next(iter(newest), None)
        if draft is None:
            return card(NOTHING_TO_CANCEL)
        try:
            return self._drop(draft)
        except StaleError:
            return card(self._why_stale(draft.row_id))

    def _drop(self, draft: KnownDraft) -> Card:
        with writing(self._bench.engine) as session:
            content = {name: one for name, one in draft.content.items() if name != "packed"}
            change_draft(session, draft, content=content, state=State.DROPPED)
        parent = draft.content.get("parent")
        if parent:
            return card(DROPPED, [[Button(ON_WITH, f"draft:{parent[0]}:0:next")]])
        recorded = any(one["state"] == "recorded" for one in draft.content.get("candidates", ()))
        if draft.kind in ("undo", "retract", "merge"):
            return card(LEFT)
        return card(REST_DROPPED if recorded else DROPPED)

    def _refused(self, draft: KnownDraft | None, person_id: int, revision: int, action: str) -> str:
        """Why a press does nothing; empty where it does something."""
        if draft is None or draft.kind not in self._workshops:
            return GONE
        if draft.person_id != person_id and not (draft.person_id == NOBODY and action in ("take", "drop")):
            return NOT_YOURS
        if draft.state is not State.OPEN:
            return IS_DONE if draft.state is State.DONE else IS_DROPPED
        if self._roles.of(person_id) < self._workshops[draft.kind].role:
            return NO_LONGER
        if draft.revision != revision and action != "next":
            return OLDER
        return ""

    def _title(self, draft: KnownDraft) -> str:
        """A draft in a few words, for a button."""
        cells, name = draft.content.get("cells", {}), self._bench.catalogue.name
        told = [cells.get(one, "") for one in ("product", "metric", "title", "period", "date")]
        places = [name(cells[one]) for one in ("vendor", "region") if cells.get(one)]
        named = draft.content.get("title") or ", ".join(filter(None, [*places, *told])).replace("_", " ")
        return f"{draft.kind.capitalize()}: {named}"[:60] if named else draft.kind.capitalize()

    def _why_stale(self, row_id: int) -> str:
        with reading(self._bench.engine) as session:
            now = draft_at(session, row_id)
        if now is None:
            return GONE
        return {State.DONE: IS_DONE, State.DROPPED: IS_DROPPED}.get(now.state, OLDER)


def _notice(text: str) -> Card:
    return Card("", "", notice=text)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
