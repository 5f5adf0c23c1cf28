"""Mends mistyped words: each by itself, then words of time and places by the word beside them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.lexicon import Kind, Lexicon
from bot.understanding.typos import Match, slip_cost

Mended = tuple[str, float]  # the word as it should be spelled, and how near the typed one is; 0 for an unknown word

UNITS = {"<year>", "<half>", "<quarter>", "<month>", "<week>"}
_BEFORE_UNIT = {"<last>", "<this>", "<next>", "<yearend>"}
_SAID_OF_UNITS = ("last", "this", "next", "past")
_BEFORE_PLACE = {"in", "to", "into", "across", "within"}
_MISTAKEN = 0.8  # the most that a slip may cost where the typed word is one of the dictionary
_PLACE_MISTAKEN = 0.7  # the same after "in", where no ordinary word is likelier than a place
_BESIDE_UNIT = 0.25  # of the cost a letter where the word beside speaks of time
_PLACE_NEARER = 0.25  # so much less likely a place may be than another word, after "in"
_NOT_PLACED = 0.3


def mend(typed: Sequence[str], lexicon: Lexicon, generous: bool = False) -> list[Mended]:
    """Every word as it should be spelled. A generous mending takes words of the dictionary for typos of ours, too."""
    words = [_alone(word, lexicon, generous) for word in typed]
    for place in range(len(words)):
        words[place] = _unit_after(typed, words, place, lexicon)
    for place in range(len(words) - 1):
        words[place] = _before_unit(typed, words, place, lexicon)
    if any(word in _BEFORE_PLACE for word, _ in words[:-1]):
        for place in range(1, len(words)):
            if words[place - 1][0] in _BEFORE_PLACE:
                words[place] = _place(typed[place], words[place], lexicon, generous)
    return words


def _known(word: str, lexicon: Lexicon) -> bool:
    return (
        word in lexicon.names
        or word in lexicon.phrases
        or word in lexicon.symbols
        or word in lexicon.numbers
        or word in lexicon.parts
        or word in lexicon.scales
        or word[0].isdigit()
    )


def _alone(typed: str, lexicon: Lexicon, generous: bool) -> Mended:
    word = lexicon.spelled.get(typed, typed)
    if _known(word, lexicon):
        return word, 1.0
    if word.removesuffix("s") in lexicon.phrases:
        return word.removesuffix("s"), 1.0
    if word in lexicon.ordinary:
        near = _others(word, lexicon.fuzzy.nearest(word, most=2, cost_at_most=_MISTAKEN)) if generous else []
        return (near[0].key, near[0].score - 0.1) if near else (word, 1.0)
    nearest = lexicon.fuzzy.nearest(word, most=1)
    if not nearest and len(word) > 3:
        nearest = [match for match in lexicon.foreign.nearest(word, most=1) if match.key[0] == word[0]]
    return (nearest[0].key, nearest[0].score) if nearest else (word, 0.0)


def _others(word: str, matches: list[Match]) -> list[Match]:
    return [match for match in matches if match.key != word]


def _unit_after(typed: Sequence[str], words: Sequence[Mended], place: int, lexicon: Lexicon) -> Mended:
    """After "last", "third" or "december" a word near "year", "quarter" or "month" is that."""
    if not place or _known(typed[place], lexicon):
        return words[place]
    before = words[place - 1][0]
    symbol = lexicon.symbols.get(before, "")
    if symbol not in _BEFORE_UNIT and before not in lexicon.numbers and symbol[:2] != "<m":
        return words[place]
    cost, unit = min(((slip_cost(typed[place], unit), unit) for unit in lexicon.units), default=(9.0, ""))
    return (unit, 0.8) if cost <= _BESIDE_UNIT * len(unit) else words[place]


def _before_unit(typed: Sequence[str], words: Sequence[Mended], place: int, lexicon: Lexicon) -> Mended:
    """Before "year" or "month" a word near "last" or "this" is that: "lasy year", "his month"."""
    if lexicon.symbols.get(words[place + 1][0]) not in UNITS or (
        _known(typed[place], lexicon) and typed[place] != "his"
    ):
        return words[place]
    cost, meant = min((slip_cost(typed[place], word), word) for word in _SAID_OF_UNITS)
    return (meant, 0.8) if cost <= _MISTAKEN else words[place]


def _place(typed: str, mended: Mended, lexicon: Lexicon, generous: bool) -> Mended:
    """After "in" a mistyped word is rather a place than another word that is as near."""
    word, score = mended
    names = lexicon.names.get(word, ())
    if _known(typed, lexicon) or any(entry.kind is Kind.REGION for entry in names):
        return mended
    if typed in lexicon.ordinary:
        cost = _MISTAKEN + 0.1 if generous else _PLACE_MISTAKEN
        near = lexicon.places.nearest(typed, most=1, cost_at_most=cost)
        return (near[0].key, near[0].score - 0.1) if near and (generous or typed[0] == near[0].key[0]) else mended
    near = lexicon.places.nearest(typed, most=1)
    if not near and not score:
        far = lexicon.places.nearest(typed, most=2, strict=False)
        near = far[:1] if len(far) == 1 or (far[:1] and far[0].score > far[1].score) else []
    spare = _NOT_PLACED if not score else _PLACE_NEARER / len(typed)
    return (near[0].key, near[0].score) if near and near[0].score >= score - spare else mended
