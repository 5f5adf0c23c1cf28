"""Mends mistyped words: of all spellings of a whole question the likeliest, by the slips it takes and by which words
stand side by side.

The noisy channel (Kernighan, Church and Gale, 1990) over the bigrams of the questions we learn from."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.understanding.bigrams import END, START, UNKNOWN
from bot.understanding.lexicon import Lexicon
from bot.understanding.typos import slip_cost

Mended = tuple[str, float]  # the word as it should be spelled, and how near the typed one is; 0 for an unknown word

_SLIP, _PER_SLIP = 2.0, 5.0  # what a slip costs, and how much more by how odd it is; in logarithms, as the bigrams
_UNSEEN = 11.0  # a word that no question has
_ORDINARY, _MEANT = 3.0, 1.0  # more, for one of the dictionary or one of ours
_UNKNOWN, _LETTER = 7.0, 2.2  # a word that nothing here knows, and more by letter
_CANDIDATES = 8
_ASKED_ABOUT = 0.6  # how sure a word is that is too far from the typed one to answer by
MONTH, PLACE = "<m>", "<nth>"  # any month, any place in a ranking
_ONE_OF = {MONTH: 2.5, PLACE: 2.0}  # how unlikely each of them is
_MONTH = re.compile("<m[0-9]+>")


@dataclass(frozen=True)
class _Word:
    """What a typed word may be: the spelling, how near, what the slip costs, and its class for the bigrams."""

    key: str
    score: float
    cost: float
    kind: str


@dataclass(frozen=True)
class _Path:
    """The likeliest spelling of the words so far that ends with a word of some class."""

    cost: float
    words: tuple[Mended, ...]


def mend(typed: Sequence[str], lexicon: Lexicon, doubting: bool = False, names: Collection[str] = ()) -> list[Mended]:
    """Every word as it should be spelled; those of `names` were written as such, and are a slip of nothing else.

    Where each is one that we know, only a doubting mending looks for others."""
    known = [as_known(word, lexicon) for word in typed]
    if not doubting and all(score == 1.0 for _, score in known):
        return known
    ends: dict[str, _Path] = {START: _Path(0.0, ())}
    for word, mended in zip(typed, known, strict=True):
        reached: dict[str, _Path] = {}
        for one in _candidates(word, mended, lexicon, word in names):
            path = _cheapest(ends, one, lexicon)
            if one.kind not in reached or path.cost < reached[one.kind].cost:
                reached[one.kind] = path
        ends = reached
    last = _Word(END, 1.0, 0.0, END)
    return list(_cheapest(ends, last, lexicon).words[:-1])


def as_known(typed: str, lexicon: Lexicon) -> Mended:
    """A word as it is known here without any mending, and 1; or as typed, and 0."""
    word = lexicon.spelled.get(typed, typed)
    if _known(word, lexicon):
        return word, 1.0
    if word.removesuffix("s") in lexicon.phrases:
        return word.removesuffix("s"), 1.0
    return word, 1.0 if word in lexicon.ordinary or word in lexicon.told else 0.0


def class_of(word: str, score: float, lexicon: Lexicon) -> str:
    """What a word counts as beside others: a kind of name, a year or number, or itself; all that nothing here knows
    (a score of 0) are alike."""
    if not score:
        return UNKNOWN
    names = lexicon.names.get(word)
    if not names and word[-1] == "s" and word not in lexicon.phrases and word not in lexicon.ordinary:
        names = lexicon.names.get(word[:-1])
    if names and not (names[0].ambiguous and word in lexicon.phrases):
        return f"{{{names[0].kind}}}"
    if word.isdigit():
        return "<year>" if len(word) == 4 else "<number>"
    symbol = lexicon.symbols.get(word, PLACE if word in lexicon.numbers else word)
    return MONTH if _MONTH.fullmatch(symbol) else symbol


def _known(word: str, lexicon: Lexicon) -> bool:
    ours: tuple[Mapping[str, object] | frozenset[str], ...] = (
        lexicon.names, lexicon.phrases, lexicon.symbols, lexicon.numbers, lexicon.parts, lexicon.phrase_words,
        lexicon.scales,
    )  # fmt: skip
    return any(word in one for one in ours) or word[0].isdigit()


def _candidates(typed: str, mended: Mended, lexicon: Lexicon, is_name: bool) -> list[_Word]:
    """What a typed word may be: itself, and the words that it may be a slip of; of a name, names and words of time."""
    found = {mended[0]: _Word(*mended, 0.0, class_of(*mended, lexicon))}
    if typed.isalpha() and typed < "\u0900":
        for match in lexicon.fuzzy.nearest(typed, most=_CANDIDATES, loosely=True):
            if match.key != typed:
                score = match.score * (1.0 if match.near else _ASKED_ABOUT)
                cost = _SLIP + _PER_SLIP * slip_cost(typed, match.key)
                kind = class_of(as_known(match.key, lexicon)[0], score, lexicon)
                if not is_name or kind[0] in "{<" or match.key in lexicon.parts:
                    found.setdefault(match.key, _Word(match.key, score, cost, kind))
    return list(found.values())


def _cheapest(ends: Mapping[str, _Path], word: _Word, lexicon: Lexicon) -> _Path:
    """The cheapest of the ways that end with a word."""
    bigrams = lexicon.bigrams
    if word.kind not in bigrams.seen:
        cost, path = min(((path.cost, path) for path in ends.values()), key=lambda one: one[0])
        cost += _UNSEEN + _cost_of_unseen(word.key, lexicon)
    else:
        cost, path = min(
            ((path.cost + bigrams.cost(before, word.kind), path) for before, path in ends.items()),
            key=lambda one: one[0],
        )
        cost += bigrams.cost_of_name(word.kind, word.key) if word.kind[0] == "{" else _ONE_OF.get(word.kind, 0.0)
        cost += _UNKNOWN + _LETTER * len(word.key) if word.kind == UNKNOWN else 0.0
    return _Path(cost + word.cost, (*path.words, (word.key, word.score)))


def _cost_of_unseen(word: str, lexicon: Lexicon) -> float:
    ours = word in lexicon.phrases or word in lexicon.symbols or word in lexicon.told
    return _MEANT if ours else _ORDINARY
