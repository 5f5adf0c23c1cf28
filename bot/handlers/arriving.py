"""Where an update comes from, and what the store knows of that. It is looked up when the update is taken, in the same
transaction; by whoever wants to know where it was not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sqlmodel import Session
from telegram import Update

from store.arrivals import Arrival, arrival

Look = Callable[[Session], Arrival]


def look_at(update: Update) -> Look | None:
    """What looks up the chat and person of an update; None where it has neither."""
    person, chat = update.effective_user, update.effective_chat
    address = chat.id if chat else person.id if person else None
    if address is None:
        return None
    return partial(arrival, address=str(address), person_id=person.id if person else 0)
