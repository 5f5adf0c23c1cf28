"""Finds the words that a mistyped one may stand for, the likeliest slip of the finger first."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import OSA

_NUMBER_BITS = 24
_NUMBERS, _HASHES = (1 << _NUMBER_BITS) - 1, (1 << 40) - 1
_PARTS, _PART_BITS = 8, 61  # by the highest three bits
_LONGEST_WORD = 24  # letters; longer ones are no typo of anything
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOUR, _DOUBLED, _SWAPPED, _LOST, _ADDED, _OTHER = 0.65, 0.4, 0.45, 0.65, 0.75, 1.0
_FIRST_LETTER = 0.15  # people rarely mistype the first letter
_MINOR, _NAME = 0.15, 0.05  # how much less likely such a word is than one that asks
_MOST_COST = {3: 0.85, 4: 1.0, 5: 1.3, 6: 1.5}  # by letters of the shorter word; longer ones as below
_MOST_COST_LONG = 2.0
_LOOSELY = 0.36  # of the letters
_REMEMBERED, _MOST_FOUND = 4_000, 20  # look-ups that are remembered, and finds of each
_MOST_COST_NAME = {3: 0.8, 4: 1.12, 5: 1.35, 6: 1.5, 7: 1.7}


def _keys_beside() -> dict[str, set[str]]:
    at = {letter: (x + y / 2, y) for y, row in enumerate(_ROWS) for x, letter in enumerate(row)}
    return {
        letter: {other for other, (ox, oy) in at.items() if other != letter and abs(ox - x) <= 1 and abs(oy - y) <= 1}
        for letter, (x, y) in at.items()
    }


_BESIDE = _keys_beside()


@dataclass(frozen=True)
class Match:
    """A fuzzy find: how it is really spelled, how near the typed one is (1 is the same), and whether it is near
    enough to be taken for a slip without asking."""

    key: str
    score: float
    near: bool = True


@dataclass
class FuzzyIndex:
    """Finds the nearest keys to a typed one by the letters both keep when one or two are left out.

    Looking up takes time by the length of the word, not by how many keys there are. The index is made at the first
    look-up: a question without typos needs none."""

    _keys: list[str] = field(default_factory=list)
    _indexed: int = 0  # so many of the keys are in the index
    # Sorted numbers: what is left of a key, hashed to 40 bits, then which key it is, in 24. A dictionary would take
    # ten times the memory.
    _index: array[int] = field(default_factory=lambda: array("Q"))
    _names: set[str] = field(default_factory=set)
    _minor: set[str] = field(default_factory=set)
    _found: dict[tuple[str, float, bool], list[Match]] = field(default_factory=dict)

    def add(self, key: str, name: bool = False, minor: bool = False) -> None:
        """Index a key. A name must be met more nearly, for another name is near it; of two keys equally near, a minor
        one (a word of a headline) is the less likely."""
        if 3 <= len(key) <= _LONGEST_WORD:
            if name:
                self._names.add(key)
            if minor:
                self._minor.add(key)
            self._keys.append(key)
            self._found.clear()

    def prepare(self) -> None:
        """Make the index now, so that nobody's question waits for it."""
        if self._indexed < len(self._keys):
            self._make_index()

    def _make_index(self) -> None:
        made = self._index
        for number in range(self._indexed, len(self._keys)):
            shortened = _shortened(self._keys[number])
            made.extend([(hash(rest) & _HASHES) << _NUMBER_BITS | number for rest in shortened])  # a million times
        index = array("Q")
        for part in range(_PARTS):  # a list of all of them to sort would be the most memory that the bot ever takes
            index.extend(sorted([one for one in made if one >> _PART_BITS == part]))
        self._index, self._indexed = index, len(self._keys)

    def _keys_of(self, rest: str) -> Iterator[str]:
        """The keys of which so much is left when letters are left out."""
        wanted = _hashed(rest)
        place = bisect_left(self._index, wanted << _NUMBER_BITS)
        while place < len(self._index) and self._index[place] >> _NUMBER_BITS == wanted:
            yield self._keys[self._index[place] & _NUMBERS]
            place += 1

    def nearest(
        self,
        typed: str,
        most: int = 3,
        cost_at_most: float = _MOST_COST_LONG,
        loosely: bool = False,
    ) -> list[Match]:
        """The nearest keys, the best first; none where nothing is near enough to be a typo of it.

        Loosely, it finds also those that are not near, which a person may be asked about."""
        if not 3 <= len(typed) <= _LONGEST_WORD or typed.isdigit():
            return []
        # One question is read several times over, each time with the same words.
        asked = (typed, cost_at_most, loosely)
        found = self._found.get(asked)
        if found is None:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            found = self._found[asked] = self._look_up(*asked)
        return found[:most]

    def _look_up(self, typed: str, cost_at_most: float, loosely: bool) -> list[Match]:
        self.prepare()
        slips = 1 if cost_at_most < 2 * _DOUBLED else 2  # so little is never the cost of two
        candidates = {key for rest in _shortened(typed, slips) for key in self._keys_of(rest)}
        found: list[tuple[float, int, str, Match]] = []
        for key in candidates:
            if OSA.distance(typed, key, score_cutoff=slips) > slips:
                continue
            cost = slip_cost(typed, key)
            near = self._most_cost(typed, key)
            limit = max(near, _LOOSELY * len(typed)) if loosely and key not in self._minor else near
            if cost <= min(cost_at_most, limit):
                weighed = round(cost + (_MINOR if key in self._minor else _NAME if key in self._names else 0.0), 3)
                match = Match(key, max(0.0, 1 - weighed / max(len(typed), len(key))), cost <= near)
                found.append((weighed, -len(key), key, match))
        found.sort(key=lambda one: one[:3])  # of two equally likely the longer: letters are lost more often than added
        return [match for *_, match in found[:_MOST_FOUND]]

    def _most_cost(self, typed: str, key: str) -> float:
        letters = min(len(typed), len(key))
        if key in self._names:
            return _MOST_COST_NAME.get(letters, _MOST_COST_LONG)
        return _MOST_COST.get(letters, _MOST_COST_LONG)


@lru_cache(maxsize=20_000)  # the same words are compared at each reading of a question
def slip_cost(typed: str, meant: str) -> float:
    """How unlikely it is that a finger that meant one word typed the other: the sum over its slips, 0 for none.

    A neighbouring key, two letters swapped, one doubled or dropped cost less than a letter from elsewhere."""
    before: list[float] = []
    row = [at * _LOST for at in range(len(meant) + 1)]
    for at, letter in enumerate(typed):
        earlier, before = before, row
        doubled = at > 0 and typed[at - 1] == letter
        row = [before[0] + (_DOUBLED if doubled else _ADDED)]
        for place, wanted in enumerate(meant):
            same = 0.0 if letter == wanted else _NEIGHBOUR if wanted in _BESIDE.get(letter, ()) else _OTHER
            twin = place > 0 and meant[place - 1] == wanted
            cost = min(
                before[place] + same,
                before[place + 1] + (_DOUBLED if doubled else _ADDED),
                row[place] + (_DOUBLED if twin else _LOST),
            )
            if at and place and letter == meant[place - 1] and typed[at - 1] == wanted and letter != wanted:
                cost = min(cost, earlier[place - 1] + _SWAPPED)
            row.append(cost)
    return row[-1] + (_FIRST_LETTER if typed[0] != meant[0] else 0.0)


def _hashed(rest: str) -> int:
    return hash(rest) & _HASHES


def _shortened(word: str, letters: int = 2) -> set[str]:
    once = {word[:at] + word[at + 1 :] for at in range(len(word))}
    if len(word) < 5 or letters == 1:
        return once | {word}
    return once | {word} | {rest[:at] + rest[at + 1 :] for rest in once for at in range(len(rest))}
