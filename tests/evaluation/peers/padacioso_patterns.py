"""padacioso: the phrasings and the train questions as patterns, the catalogue's names as entities.

Without its `fuzz` setting, which tries every pattern with every word left out: seconds a question here."""

from __future__ import annotations

import re
from datetime import date

from padacioso import IntentContainer

from tests.evaluation.peers.protocol import Answered, Ask, Asked, Setup, serve
from tests.evaluation.peers.slots import metric_of, period_of

KINDS = ("vendor", "region", "product")
_SIGNS = re.compile(r"[^\w\s{}']+")


def learn(setup: Setup) -> Ask:
    """Register one intent a gold intent: its phrasings, and its train questions with the names made slots."""
    container = IntentContainer(n_workers=1)
    slug_of = {(kind, name.lower()): slug for kind, slug, name in setup.names}
    for kind in KINDS:
        container.add_entity(kind, [re.sub(r"[()\[\]|{}*]", " ", name) for one, name in slug_of if one == kind])
    patterns = {intent: [_plain(text) for text in several] for intent, several in setup.phrasings.items()}
    slot_of = {name: kind for kind, name in slug_of if len(name) > 1}
    for one in setup.train:
        patterns.setdefault(one["intent"], []).append(_with_slots(_plain(one["question"]), slot_of))
    for intent, several in patterns.items():
        container.add_intent(intent, sorted({text for text in several if text.strip()}))

    def ask(asked: Asked) -> Answered:
        text = _plain(asked["question"])
        found = container.calc_intent(text)
        intent = found["name"] or "none"
        slots: dict[str, list[str]] = {}
        for slot, value in found["entities"].items():
            kind = slot.rstrip("2")
            slug = slug_of.get((kind, str(value).strip().lower()))
            if slug:
                slots.setdefault(f"{kind}s", []).append(slug)
        period = period_of(str(found["entities"].get("period", "")), date.fromisoformat(asked["now"]))
        return {"intent": intent, **slots, "period": period, "metric": metric_of(text, intent)}

    return ask


def _plain(text: str) -> str:
    return " ".join(_SIGNS.sub(" ", text.lower()).split())


def _with_slots(text: str, slot_of: dict[str, str]) -> str:
    """The question with each name in it replaced by its slot; a slot named twice stays as it is typed."""
    typed, made, used = text.split(), [], set()
    place = 0
    while place < len(typed):
        for length in (3, 2, 1):
            kind = slot_of.get(" ".join(typed[place : place + length]))
            slot = kind if kind not in used else f"{kind}2"
            if kind and slot not in used and place + length <= len(typed):
                used.add(slot)
                made.append(f"{{{slot}}}")
                break
        else:
            length = 1
            made.append(typed[place])
        place += length
    return " ".join(made)


if __name__ == "__main__":
    serve(learn)
