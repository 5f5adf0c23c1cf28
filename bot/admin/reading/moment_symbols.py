"""The words of a sentence as the symbols that the period finder reads."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.admin.reading.cues import Cues
from bot.admin.reading.small_words import small_words
from bot.admin.reading.tokens import Token
from bot.understanding.lexicon import Lexicon

_SILENT = small_words("silent")
NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
NUMBERS |= {"eleven": 11, "twelve": 12}
_ENDED = {"ended", "ending", "ends", "end"}
_MONTH_STARTS = small_words("month_starts")


def symbols_of(tokens: Sequence[Token], cues: Cues, counted: set[int], lexicon: Lexicon) -> tuple[list[str], list[int]]:
    """The words of time as the period finder wants them, and the token of each."""
    symbols: list[str] = []
    places: list[int] = []
    place = 0
    words = [token.lower for token in tokens]
    while place < len(tokens):
        token = tokens[place]
        masked = cues.at(place, "quarterly", "year_before", "same_period", "main_period", "rate", "yearly")
        if place in counted or (masked and not _meant(tokens, cues, masked)):
            symbols.append("#")
        elif (
            token.lower in ("last", "past", "latest")
            and words[place + 1 : place + 3] == ["three", "months"]
            and (words[place + 3 : place + 4] and words[place + 3] in (*_ENDED, "to"))
        ) or (token.lower in ("period", "quarter") and _ends_range(symbols)):
            place += 1
            continue
        elif (
            words[place : place + 1]
            and words[place] in NUMBERS
            and place
            and words[place - 1] == "first"
            and words[place + 1 : place + 2] in (["quarters"], ["months"])
            and place + 2 < len(words)
            and words[place + 2] == "of"
        ):
            symbols.append("#")  # "the first two quarters of 2019": what is left is the year
            places.append(place)
            place += 2
            continue
        elif token.lower in _SILENT or (token.lower == "," and _inside_date(tokens, place)):
            place += 1
            continue
        elif token.lower in _ENDED and symbols and symbols[-1] in ("<quarter>", "<month>"):
            symbols.append("<to>")
        else:
            length = 1
            for length in (3, 2, 1):
                phrase = " ".join(word for word in words[place : place + length] if word != "-")
                if phrase in lexicon.symbols and (length == 1 or "-" not in words[place : place + 1]):
                    symbols.append(_month(tokens, place, lexicon.symbols[phrase], phrase))
                    break
            else:
                number = NUMBERS.get(token.lower) or lexicon.numbers.get(token.lower)
                if number and number <= 4 and symbols and symbols[-1] == "<quarter>" and token.lower in NUMBERS:
                    symbols.append(str(number))  # "quarter three"
                    places.append(place)
                    place += 1
                    continue
                is_may = token.text == "May" and (place > 0 or (len(tokens) > 1 and tokens[1].number))
                symbols.append("<m5>" if is_may else f"<{number}>" if number else token.lower)
            places.append(place)
            place += length
            continue
        places.append(place)
        place += 1
    return _end_of_quarters(symbols, places)


def _month(tokens: Sequence[Token], place: int, symbol: str, phrase: str) -> str:
    if symbol == "<since>":
        return phrase  # "from last year" compares with it; no period begins there
    return "march" if phrase in ("march", "mar") and not tokens[place].capital else symbol


def _meant(tokens: Sequence[Token], cues: Cues, span: tuple[int, int]) -> bool:
    """True for "last quarter" where it is a period of its own, not what another is compared with."""
    words = [token.lower for token in tokens[span[0] : span[1]]]
    if "months" in words or "month" in words:
        return span[1] < len(tokens) and tokens[span[1]].lower in (*_ENDED, "to", "through")
    return words == ["last", "quarter"] and not cues.at(span[0] - 1, "compares")


def _ends_range(symbols: Sequence[str]) -> bool:
    """True after "July-September", where "period" or "quarter" adds nothing."""
    return bool(re.search(r"<m\d+> (?:<to> |<and> )?<m\d+>$", " ".join(symbols[-3:])))


def _inside_date(tokens: Sequence[Token], place: int) -> bool:
    """A comma between a day or month and its year, as in "October 31, 2017" and "June, 2018"."""
    after = tokens[place + 1].lower if place + 1 < len(tokens) else ""
    before = tokens[place - 1].lower if place else ""
    dated = bool(re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)?|q[1-4]|h[12]", before) or before[:3] in _MONTH_STARTS)
    return bool(re.fullmatch(r"(?:19|20)\d\d", after)) and dated


def _end_of_quarters(symbols: list[str], places: list[int]) -> tuple[list[str], list[int]]:
    """ "The quarter ended Sept. 29, 2018" without its day, and months without the stop of their abbreviation."""
    kept: list[int] = []
    for at, symbol in enumerate(symbols):
        before = symbols[max(0, at - 3) : at]
        if symbol == "." and before and re.fullmatch(r"<m\d+>", before[-1]):
            continue
        if (
            re.fullmatch(r"<?\d{1,2}(?:st|nd|rd|th)?>?", symbol)
            and len(before) >= 3
            and any(re.fullmatch(r"<m\d+>", one) for one in symbols[max(0, at - 2) : at])
            and "<to>" in symbols[max(0, at - 4) : at]
            and any(one in ("<quarter>", "<month>") for one in symbols[max(0, at - 5) : at])
        ):
            month = next(place for place in range(at - 1, -1, -1) if symbols[place].startswith("<m"))
            day = int(re.sub(r"\D", "", symbol))
            if day <= 5 and symbols[month] != "<m1>" and re.fullmatch(r"<m\d+>", symbols[month]):
                symbols[month] = f"<m{int(symbols[month][2:-1]) - 1}>"  # "the quarter ended April 1" is the first
            continue
        kept.append(at)
    symbols, places = [symbols[at] for at in kept], [places[at] for at in kept]
    for at in range(len(symbols) - 2):  # "the June 2022 quarter"
        if (
            re.fullmatch(r"<m\d+>", symbols[at])
            and re.fullmatch(r"20\d\d", symbols[at + 1])
            and symbols[at + 2] == "<quarter>"
        ):
            symbols[at + 1], symbols[at + 2] = symbols[at + 2], symbols[at + 1]
    return symbols, places
