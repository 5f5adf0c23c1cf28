"""adapt-parser: each phrasing an intent that requires its words, with our synonyms and the catalogue's names."""

from __future__ import annotations

import re
from datetime import date

from adapt.engine import IntentDeterminationEngine
from adapt.intent import IntentBuilder

from tests.evaluation.peers.protocol import Answered, Ask, Asked, Setup, serve
from tests.evaluation.peers.slots import metric_of, period_of

KINDS = ("vendor", "region", "product")
_SLOT = re.compile(r"\{(\w+)\}")
_TIME = r"(?P<period>(?:q[1-4]|h[12]|(?:19|20)\d\d|(?:last|this|next) (?:year|half|quarter|month)))"


def learn(setup: Setup) -> Ask:
    """Register names and synonyms as keywords, and each phrasing as an intent that requires those it holds."""
    engine = IntentDeterminationEngine()
    slug_of = {}
    for kind, slug, name in setup.names:
        engine.register_entity(name, kind)
        slug_of[kind, name.lower()] = slug
    concept_of = {spelling: concept for concept, spellings in setup.concepts.items() for spelling in spellings}
    for spelling, concept in concept_of.items():
        engine.register_entity(spelling, f"c_{concept}")
    engine.register_regex_entity(_TIME)
    fillers = set(setup.fillers)
    made = set()
    for intent, phrasings in setup.phrasings.items():
        for phrasing in phrasings:
            needs = _needs(phrasing, concept_of, fillers)
            for word in needs:
                if word.startswith("w_"):
                    engine.register_entity(word[2:], word)
            if not needs or (intent, needs) in made:
                continue
            made.add((intent, needs))
            builder = IntentBuilder(f"{intent}:{len(made)}")
            for need in sorted(needs):
                builder = builder.require(need)
            for kind in (*KINDS, "period"):
                if kind not in needs:
                    builder = builder.optionally(kind)
            engine.register_intent_parser(builder.build())

    def ask(asked: Asked) -> Answered:
        text = asked["question"]
        best = max(engine.determine_intent(text), key=lambda one: one["confidence"], default=None)
        if best is None:
            return {"intent": "none"}
        intent = best["intent_type"].partition(":")[0]
        slots = {
            f"{kind}s": [slug_of[kind, best[kind].lower()]]
            for kind in KINDS
            if kind in best and (kind, best[kind].lower()) in slug_of
        }
        period = period_of(best["period"], date.fromisoformat(asked["now"])) if "period" in best else ""
        return {"intent": intent, **slots, "period": period, "metric": metric_of(text, intent)}

    return ask


def _needs(phrasing: str, concept_of: dict[str, str], fillers: set[str]) -> frozenset[str]:
    """The keywords that a phrasing requires: its slots, the concepts of its words, and its other words."""
    needs = {slot.removesuffix("2") for slot in _SLOT.findall(phrasing)} & {*KINDS, "period"}
    typed = re.findall(r"[^\W_]+", _SLOT.sub(" ", phrasing.lower()))
    place = 0
    while place < len(typed):
        for length in (4, 3, 2, 1):
            words = " ".join(typed[place : place + length])
            if words in concept_of or words in fillers:
                break
        if words in concept_of:
            needs.add(f"c_{concept_of[words]}")
        elif words not in fillers:
            needs.add(f"w_{words}")
        place += length
    return frozenset(needs)


if __name__ == "__main__":
    serve(learn)
