"""What every kind of draft works with: the store, the names, the day, and how drafts are kept and changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from sqlalchemy import Engine
from sqlmodel import Session

from bot.admin.card import Card
from bot.answering import Answering
from bot.understanding.lexicon import Lexicon
from store.catalogue import Catalogue
from store.drafts import KnownDraft, change_draft, new_draft
from store.engine import writing
from store.people import Role


@dataclass(frozen=True)
class Bench:
    """`undo_within`: for how long a person may take back what they recorded."""

    answering: Answering
    today: Callable[[], date]
    undo_within: timedelta = timedelta(minutes=15)

    @property
    def engine(self) -> Engine:
        return self.answering.engine

    @property
    def catalogue(self) -> Catalogue:
        """The names there are now, whichever process added them. Raises StoreError."""
        self.answering.keep_up()
        return self.answering.catalogue

    @property
    def lexicon(self) -> Lexicon:
        """The names there are now, for reading. Raises StoreError."""
        self.answering.keep_up()
        return self.answering.understanding.lexicon

    def keep(self, person_id: int, kind: str, content: Mapping[str, Any], awaiting: str = "") -> KnownDraft:
        """A new draft. Raises StoreError."""
        with writing(self.engine) as session:
            return new_draft(session, person_id, kind, content, awaiting)

    def change(self, draft: KnownDraft, content: Mapping[str, Any], awaiting: str = "") -> KnownDraft:
        """Change a draft. Raises StaleError and StoreError."""
        with writing(self.engine) as session:
            return change_draft(session, draft, content=content, awaiting=awaiting)


class Workshop(Protocol):
    """Handles the drafts of some kinds. Its methods wait for the database, and raise StaleError and StoreError."""

    role: Role

    def show(self, draft: KnownDraft) -> Card:
        """The draft as it is."""
        ...

    def press(self, draft: KnownDraft, action: str, argument: str) -> Card | None:
        """Do what a button says; None where no button of this draft says so."""
        ...

    def typed(self, draft: KnownDraft, text: str) -> Card:
        """Take what the person wrote for what the draft awaits."""
        ...


def marked(session: Session, parent: list[int], state: str) -> None:
    """Say in an article's draft what became of one of its candidates: [the draft, the place of the candidate]."""
    from store.drafts import draft_at

    article = draft_at(session, parent[0])
    if article is None:
        return
    candidates = [dict(one) for one in article.content.get("candidates", [])]
    if parent[1] < len(candidates):
        candidates[parent[1]]["state"] = state
        change_draft(session, article, content={**article.content, "candidates": candidates}, state=article.state)
