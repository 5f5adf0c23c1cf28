"""Finds the numbers of a sentence that may count phones or parts of a market: "27.6mn", "1.5 crore", "23 per cent"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.admin.reading.cues import Cues
from bot.admin.reading.tokens import Token
from bot.understanding.lexicon import Lexicon

_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_WORDS |= {
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "hundred": 100,
}
_SHORT_SCALES = {
    "mm": 1.0,
    "cr": 10.0,
    "b": 1000.0,
    "trillion": 1e6,
    "tn": 1e6,
    "lac": 0.1,
    "lacs": 0.1,
    "lakhs": 0.1,
    "crores": 10.0,
}
_PERCENT = {"%", "percent", "pct", "pc", "percentage"}
_LEAST_PLAIN = 10_000  # a plain number below is no count of a vendor's phones
_LARGEST = 10_000.0  # millions


@dataclass(frozen=True)
class Amount:
    """A number at the tokens from `start` up to `stop`: in percent, or a count in millions.

    `signed` where a sign stands before it ("-8.5%", "+14%"): -1 or 1. `exact` is False for a part of a range."""

    start: int
    stop: int
    value: float
    percent: bool
    signed: int = 0
    ranged: bool = False
    money: bool = False


def find_amounts(tokens: Sequence[Token], cues: Cues, lexicon: Lexicon) -> list[Amount]:
    """Every percentage and every large count of a sentence, in order."""
    found: list[Amount] = []
    place = 0
    while place < len(tokens):
        amount = _amount(tokens, cues, place, lexicon)
        if amount:
            found += [*_sharing(tokens, amount, found), amount]
            place = amount.stop
        else:
            place += 1
    return [_in_range(one, tokens) for one in found]


def _sharing(tokens: Sequence[Token], last: Amount, found: Sequence[Amount]) -> list[Amount]:
    """The bare numbers of a list that ends in a scale or percent sign: two in "83.3, 46.7 and 39.1 million"."""
    own = _number(tokens[last.start])
    scale = last.value / own if own else 1.0
    shared: list[Amount] = []
    place = last.start - 1
    while place > 0 and tokens[place].lower in (",", "and", "&"):
        while place > 0 and tokens[place].lower in (",", "and", "&"):
            place -= 1
        value = _number(tokens[place])
        taken = found and place < found[-1].stop
        if (
            value is None
            or not tokens[place].number
            or taken
            or re.fullmatch(r"(?:19|20)\d\d|\d{4}-.*", tokens[place].text)
        ):
            break
        shared.insert(0, Amount(place, place + 1, value * scale, last.percent, 0, False, last.money))
        place -= 1
    return shared


def _amount(tokens: Sequence[Token], cues: Cues, place: int, lexicon: Lexicon) -> Amount | None:
    token = tokens[place]
    value = _number(token)
    if value is None:
        return None
    after = place + 1
    while after < len(tokens) and tokens[after].text in ("-", "+") and after == place + 1 and _touches(tokens, after):
        after += 1
    following = tokens[after].lower if after < len(tokens) else ""
    sign = _sign(tokens, place)
    if following in _PERCENT or (following == "per" and after + 1 < len(tokens) and tokens[after + 1].lower == "cent"):
        stop = after + (2 if following == "per" else 1)
        return Amount(place, stop, value, True, sign) if value <= 2000 else None
    scale = _scale(tokens, after, lexicon)
    if scale:
        if token.lower == "hundred":
            return None
        stop = after + 1
        while stop < len(tokens) and tokens[stop].text == "+":
            stop += 1
        money = _is_money(tokens, cues, place, stop)
        return (
            Amount(place, stop, value * scale, False, sign, False, money) if money or value * scale < _LARGEST else None
        )
    if not token.number or not _is_plain_count(token, value):
        return None
    money = _is_money(tokens, cues, place, place + 1)
    return Amount(place, place + 1, value / 1e6, False, sign, False, money) if value / 1e6 < _LARGEST else None


def _number(token: Token) -> float | None:
    if token.number:
        if re.fullmatch(r"\d{1,3},\d{1,2}", token.text):
            return float(token.text.replace(",", "."))
        plain = token.text.replace(",", "")
        return float(plain) if re.fullmatch(r"\d{1,15}(?:\.\d{1,10})?", plain) else None
    return float(_WORDS[token.lower]) if token.lower in _WORDS else None


def _scale(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> float:
    if place >= len(tokens):
        return 0.0
    token = tokens[place]
    scale = lexicon.scales.get(token.lower) or _SHORT_SCALES.get(token.lower, 0.0)
    short = len(token.lower) == 1
    if short and place + 1 < len(tokens) and re.fullmatch(r"20\d\d", tokens[place + 1].text):
        return 0.0  # "9M 2022", the first nine months
    if short and token.text.islower() and token.start != tokens[place - 1].stop:
        return 0.0  # "78.2 M" counts, "10 m" is a length
    if scale and place + 1 < len(tokens) and tokens[place + 1].lower in ("crore", "crores", "lakh", "lakhs", "million"):
        return 0.0
    return scale


def _touches(tokens: Sequence[Token], place: int) -> bool:
    return tokens[place].start == tokens[place - 1].stop


def _sign(tokens: Sequence[Token], place: int) -> int:
    before = tokens[place - 1] if place else None
    if before is None or before.stop != tokens[place].start or before.text not in ("-", "+", "–"):
        return 0
    earlier = tokens[place - 2] if place > 1 else None
    if earlier is not None and earlier.stop == before.start and earlier.text[0].isalnum():
        return 0  # "7-9%", "year-10"
    return 1 if before.text == "+" else -1


def _is_plain_count(token: Token, value: float) -> bool:
    grouped = "," in token.text and not re.fullmatch(r"\d{1,3},\d{1,2}", token.text)
    return value >= _LEAST_PLAIN and (grouped or value >= 100_000) and "-" not in token.text


def _is_money(tokens: Sequence[Token], cues: Cues, start: int, stop: int) -> bool:
    before = start - 1
    while before >= 0 and tokens[before].text == ".":
        before -= 1
    glued = before >= 0 and tokens[before].text[0] in "$€£¥₹₩"
    named = before >= 0 and bool(cues.at(before, "currencies_before"))
    return (
        glued
        or named
        or bool(cues.at(stop, "currencies_after"))
        or bool(cues.at(stop + 1, "currencies_after") and tokens[stop].text == "-")
    )


def _in_range(one: Amount, tokens: Sequence[Token]) -> Amount:
    """Mark the ends of a range such as "7-9%" or "between 90 million and 100 million": they are no figure."""
    before = tokens[one.start - 1] if one.start else None
    earlier = tokens[one.start - 2] if one.start > 1 else None
    ranged = bool(
        before is not None
        and earlier is not None
        and (earlier.number or earlier.lower in _WORDS)
        and not re.fullmatch(r"(?:19|20)\d\d.*", earlier.text)
        and before.lower in ("-", "–", "to", "or", "and")
        and (
            before.lower != "and"
            or any(token.lower == "between" for token in tokens[max(0, one.start - 7) : one.start])
        )
    )
    after = tokens[one.stop] if one.stop < len(tokens) else None
    if after is not None and after.lower in ("-", "–") and one.stop + 1 < len(tokens) and tokens[one.stop + 1].number:
        ranged = True
    if (
        any(token.lower == "between" for token in tokens[max(0, one.start - 2) : one.start])
        and any(token.lower == "and" for token in tokens[one.stop : one.stop + 4])
        and any(token.number for token in tokens[one.stop : one.stop + 5])
    ):
        ranged = True
    if (
        any(token.lower == "between" for token in tokens[max(0, one.start - 8) : one.start])
        and before is not None
        and before.lower == "and"
    ):
        ranged = True
    if any(token.lower == "range" for token in tokens[one.stop : one.stop + 3]):
        ranged = True
    if not ranged:
        return one
    return Amount(one.start, one.stop, one.value, one.percent, one.signed, True, one.money)
