"""padacioso: the phrasings and the train questions as patterns, the catalogue's names as entities.

Without its `fuzz` setting (every pattern with every word left out) and its pool of processes, new for each question:
both take seconds a question here. A find is only taken where what stands in its slots is a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from padacioso import IntentContainer

from tests.evaluation.peers.protocol import Answered, Ask, Asked, Setup, serve
from tests.evaluation.peers.slots import metric_of, period_of

KINDS = ("vendor", "region", "product")
_SIGNS = re.compile(r"[^\w\s{}']+")


class InProcess(IntentContainer):
    """The library's container, matching in this process."""

    def calc_intents(self, query: str) -> Iterator[dict[str, Any]]:
        for name, patterns in self.intent_samples.items():
            found = self._match(query, name, patterns)
            if found is not None:
                yield found


def learn(setup: Setup) -> Ask:
    """Register one intent a gold intent: its phrasings, and its train questions with the names made slots."""
    container = InProcess()
    slug_of = {(kind, name.lower()): slug for kind, slug, name in setup.names}
    for kind in KINDS:
        container.add_entity(kind, [re.sub(r"[()\[\]|{}*]", " ", name) for one, name in slug_of if one == kind])
    patterns = {intent: [_plain(text) for text in several] for intent, several in setup.phrasings.items()}
    slot_of = {name: kind for kind, name in slug_of if len(name) > 1}
    for one in setup.train:
        patterns.setdefault(one["intent"], []).append(_with_slots(_plain(one["question"]), slot_of))
    for intent, several in patterns.items():
        container.add_intent(intent, sorted({text for text in several if text.strip() and _slots_once(text)}))

    def ask(asked: Asked) -> Answered:
        text = _plain(asked["question"])
        best, slots = {"name": "none", "entities": {}, "conf": 0.0}, {}
        for found in container.calc_intents(text):
            named = _slugs(found["entities"], slug_of)
            if named is not None and found["conf"] > best["conf"]:
                best, slots = found, named
        period = period_of(str(best["entities"].get("period", "")), date.fromisoformat(asked["now"]))
        return {"intent": best["name"], **slots, "period": period, "metric": metric_of(text, best["name"])}

    return ask


def _slots_once(text: str) -> bool:
    """False for a pattern that names one slot twice, which the library cannot take."""
    slots = re.findall(r"{(\w+)}", text)
    return len(slots) == len(set(slots))


def _slugs(entities: dict[str, Any], slug_of: dict[tuple[str, str], str]) -> dict[str, list[str]] | None:
    """What the slots of a find name, by kind; None where one holds no name."""
    slots: dict[str, list[str]] = {}
    for slot, value in entities.items():
        kind = slot.rstrip("2")
        if kind in KINDS:
            slug = slug_of.get((kind, str(value).strip().lower()))
            if slug is None:
                return None
            slots.setdefault(f"{kind}s", []).append(slug)
    return slots


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
