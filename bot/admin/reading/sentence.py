"""One sentence with everything found in it: names, numbers, periods and cues by their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from bot.admin.reading.amounts import Amount, find_amounts
from bot.admin.reading.cues import Cues
from bot.admin.reading.moments import Moment, find_moments, first_months
from bot.admin.reading.names import Name, Sort, find_names
from bot.admin.reading.small_words import small_words
from bot.admin.reading.tokens import Token, tokenize
from bot.understanding.lexicon import Lexicon
from store.period import Period

_MOST_AMOUNTS, _MOST_NAMES = 24, 48
_HARD = {";", "—", "–", ":", "|"}


@dataclass(frozen=True)
class Sentence:
    """A sentence as read. Places are those of its tokens."""

    text: str
    tokens: tuple[Token, ...]
    cues: Cues
    names: tuple[Name, ...]
    amounts: tuple[Amount, ...]
    moments: tuple[Moment, ...]

    def lower(self, place: int) -> str:
        """The word at a place, in lower case; nothing beyond the ends."""
        return self.tokens[place].lower if 0 <= place < len(self.tokens) else ""

    def name_at(self, place: int) -> Name | None:
        return next((name for name in self.names if name.start <= place < name.stop), None)

    def moment_at(self, place: int) -> Moment | None:
        return next((one for one in self.moments if one.start <= place < one.stop), None)

    def amount_at(self, place: int) -> Amount | None:
        return next((one for one in self.amounts if one.start <= place < one.stop), None)

    def sorted_names(self, sort: Sort) -> list[Name]:
        return [name for name in self.names if name.sort is sort]

    def clause(self, place: int) -> tuple[int, int]:
        """The part of the sentence around a place that no semicolon, dash or "while" cuts off."""
        start = place
        while start > 0 and not self.cuts(start - 1):
            start -= 1
        stop = place
        while stop < len(self.tokens) and not self.cuts(stop):
            stop += 1
        return start, stop

    def cuts(self, place: int) -> bool:
        """True where a new statement begins after this token."""
        return place in self._cuts

    @cached_property
    def _cuts(self) -> frozenset[int]:
        return frozenset(place for place in range(len(self.tokens)) if self._cuts_at(place))

    def _cuts_at(self, place: int) -> bool:
        word = self.lower(place)
        if word in _HARD:
            return True
        if word in small_words("cuts"):
            return not (word == "but" and self.lower(place - 1) in ("all", "nothing", "anything"))
        return False

    def aside(self, place: int) -> tuple[int, int] | None:
        """The clause ", which was the leader in 2018," around a place, where there is one."""
        start = place
        while start > 0 and self.lower(start) != ",":
            start -= 1
        if self.lower(start) != "," or self.lower(start + 1) not in ("which", "who", "whose"):
            return None
        stop = next((at for at in range(place, len(self.tokens)) if self.lower(at) == ","), -1)
        return (start, stop) if stop > 0 else None

    @property
    def is_question(self) -> bool:
        return self.text.rstrip("\"')").endswith("?")


def read_sentence(text: str, lexicon: Lexicon, today: date) -> Sentence:
    """Find everything in a sentence; `today` is the day on which it was published."""
    tokens = tokenize(text)
    cues = Cues(tokens)
    names = find_names(tokens, lexicon)
    amounts = [
        amount
        for amount in find_amounts(tokens, cues, lexicon)
        if not any(name.sort is Sort.PRODUCT and name.start <= amount.start < name.stop for name in names)
    ]
    if len(amounts) > _MOST_AMOUNTS or len(names) > _MOST_NAMES:
        amounts, names = [], []  # no sentence that anybody wrote
    counted = {place for one in amounts for place in range(one.start, one.stop)}
    counted |= {
        place for name in names if name.sort in (Sort.PRODUCT, Sort.VENDOR) for place in range(name.start, name.stop)
    }
    counted |= {
        name.stop + 1
        for name in names
        if name.sort is Sort.PRODUCT and [token.text for token in tokens[name.stop : name.stop + 3 : 2]] == ["(", ")"]
    }
    moments = find_moments(tokens, cues, counted, lexicon, today)
    moments = _with_first_months(tokens, moments, today)
    sentence = Sentence(text, tuple(tokens), cues, tuple(names), tuple(amounts), tuple(moments))
    return replace(sentence, moments=_claimed(sentence))


def _with_first_months(tokens: Sequence[Token], moments: list[Moment], today: date) -> list[Moment]:
    words = [token.lower for token in tokens]
    for place in range(len(words)):
        if words[place] == "first" and not any(one.start <= place < one.stop for one in moments):
            found = first_months(words, place, today.year)
            if found:
                period: Period = found[0]
                if period.start > today:
                    period = period.year_before()
                moments = [*moments, Moment(place, place + found[1], period)]
    return sorted(moments, key=lambda one: one.start)


def _claimed(sentence: Sentence) -> tuple[Moment, ...]:
    """The moments, with those marked that belong to a number compared with: "from 27 million in Q2"."""
    claimed: set[int] = set()
    for at, amount in enumerate(sentence.amounts):
        if not is_compared(sentence, amount.start) or _of_another(sentence, amount):
            continue
        _, end = sentence.clause(amount.start)
        later = sentence.amounts[at + 1].start if at + 1 < len(sentence.amounts) else end
        stop = min(end, later)
        beside = next((one for one in sentence.moments if amount.stop <= one.start < stop and not one.days), None)
        if beside:
            claimed.add(beside.start)
    return tuple(replace(one, compared=True) if one.start in claimed else one for one in sentence.moments)


def _of_another(sentence: Sentence, amount: Amount) -> bool:
    """ "Compared to Apple's 41 million", "the 41.3 million iPhones that Apple sold": of the same period."""
    near = range(amount.start - 3, amount.start)
    after = range(amount.stop, amount.stop + 4)
    return any(name.sort is Sort.VENDOR and (name.start in near or name.start in after) for name in sentence.names)


_SOFTENED = small_words("softened")


def is_compared(sentence: Sentence, place: int) -> bool:
    """True where another is compared with the number at a place: "from 27.3 million", "compared to the 41 million"."""
    at = place - 1
    steps = 0
    while at >= 0 and steps < 6:
        cue = sentence.cues.at(at, "compares")
        if cue and not (sentence.lower(cue[0]) in ("over", "than") and _is_more_than(sentence, cue[0])):
            return True
        word = sentence.lower(at)
        if (
            word not in _SOFTENED
            and not sentence.name_at(at)
            and not sentence.moment_at(at)
            and not sentence.cues.at(at, "year_before", "quarterly")
        ):
            return False
        at, steps = at - 1, steps + 1
    return False


def _is_more_than(sentence: Sentence, at: int) -> bool:
    """ "More than 10 million" and "over 10 million" compare with nothing."""
    if sentence.lower(at) == "over":
        return True
    if sentence.lower(at + 1) == "the" and sentence.lower(at - 1) in ("higher", "lower", "less", "fewer"):
        return False  # "higher than the 23 million units it shipped in Q2"
    before = sentence.lower(at - 1)
    return before in small_words("more") and not sentence.amount_at(at - 2) and not sentence.cues.at(at - 2, "phones")
