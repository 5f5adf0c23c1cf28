"""The weights are those of the words and phrasings there are, and sum up clues as they should."""

from __future__ import annotations

import json
from itertools import islice

import pytest

from bot.understanding.phrasings import fingerprint, key_of_phrasing, phrasings
from bot.understanding.query import Intent
from bot.understanding.understand import Understanding
from bot.understanding.weights import PATH, Weights, read_weights

STALE = (
    "bot/understanding/weights.json was learnt from other words or phrasings than there are now. Run `make weights`"
    " (a minute) and make the file part of your change."
)
UNREAD = (
    "A phrasing is read otherwise than when bot/understanding/weights.json was learnt: {wrong}. Run `make weights`"
    " (a minute) and make the file part of your change."
)


def test_they_were_learnt_from_the_words_and_phrasings_of_now() -> None:
    if read_weights().learnt_from != fingerprint():
        pytest.fail(STALE, pytrace=False)


def test_phrasings_are_read_as_when_they_were_learnt(understanding: Understanding) -> None:
    known = understanding.weights.phrasings
    for phrasing in islice(phrasings(), 7, None, 25):
        key = key_of_phrasing(phrasing, understanding.lexicon)
        intent = None if phrasing.intent == "none" else Intent(phrasing.intent)
        if intent not in known.get(key, ()):
            pytest.fail(UNREAD.format(wrong=f"{phrasing.text!r} ({phrasing.intent}) as {key!r}"), pytrace=False)


def test_every_clue_has_a_weight_for_every_intent() -> None:
    kept = json.loads(PATH.read_text("utf-8"))
    assert set(kept["intents"]) == {*(intent.value for intent in Intent), "none"}
    assert len(kept["start"]) == len(kept["intents"])
    assert {len(column) for column in kept["clues"].values()} == {len(kept["intents"])}


def test_clues_speak_for_and_against_intents() -> None:
    intents = (None, Intent.VALUE, Intent.LEADER)
    weights = Weights("", intents, (100, 0, 0), {"ship": (0, 300, 0), "top": (0, -200, 400)}, {})
    assert weights.likely(())[0][0] is None
    assert weights.likely({"ship"})[0][0] is Intent.VALUE
    likely = weights.likely({"ship", "top", "nobody knows this clue"})
    assert [intent for intent, _ in likely] == [Intent.LEADER, None, Intent.VALUE]
    assert sum(score for _, score in likely) == pytest.approx(1)


def test_weights_beyond_all_measure_are_no_fault() -> None:
    weights = Weights("", (None, Intent.VALUE), (0, 0), {"ship": (0, 10**9)}, {})
    assert weights.likely({"ship"}) == [(Intent.VALUE, 1.0), (None, 0.0)]
