"""Reads words into spans: names, amounts, places in a ranking, periods and concepts, typing errors mended."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.understanding import periods
from bot.understanding.joined import apart
from bot.understanding.lexicon import LONGEST_NAME, NAMES, Entry, Kind, Lexicon
from bot.understanding.mending import mend
from store.period import Kind as Length

MOST_WORDS = 64  # a longer message is read as far as this: questions are short
UNIT_OF_SYMBOL = {"<month>": Length.MONTH, "<quarter>": Length.QUARTER, "<half>": Length.HALF, "<year>": Length.YEAR}
_NUMBER_SIGNS = {"#", "number", "no", "第", "номер", "numero", "नंबर"}
_PERCENT = {"%", "percent", "pct"}
_PARTS = {"half": 2, "quarter": 4, "quarters": 4, "thirds": 3, "fifths": 5, "tenths": 10}
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)([a-z]+)")
_MAY_BEFORE = {"in", "last", "since", "of", "this", "next", "until", "from", "to", "for", "by", "between", "and"}
_BACK = {"<last>", "<ago>", "<gone>", "<was>", "<lastyear>", "<beforelast>", "<before>", "<since>"}
_HAS_NUMBER = {"<quarter>", "<half>"}
_ONE_UNIT = {"quarter", "qtr", "half", "semester", "trimester"}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_SHORT_YEAR = re.compile(r"(?:0[5-9]|[12]\d)")
_AFTER_SHORT_YEAR = {"年", "год", "году", "года", "г"}  # of "16年"; "years" and "años" are none of them
_ORDINAL_ENDINGS = {"м", "й", "и", "го", "ом", "ый"}
_SPAN_OF_YEARS = {"<latest>", "<last>", "<ago>", "<since>", "<next>"}  # "近10年" is ten years, not 2010
_HAN_DIGITS = {digit: str(number) for number, digit in enumerate("零一二三四五六七八九")} | {"〇": "0"}
_QUARTER_LETTERS = re.compile(r"([1-4])(q|t|tri|trim|к|k|кв|т)((?:20)?[012]\d)?")
_HALF_LETTERS = re.compile(r"([12])(h|s|sem|п|пг)((?:20)?[012]\d)?")
_YEAR_LETTERS = re.compile(r"(20[012]\d)(?:г|год|года|году|м|й)")
_LETTERS_ALONE = {"q", "tri", "trim", "кв", "h", "sem"}  # of a quarter or half with no year after it
_FAR, _FAR_OFF = 0.6, 0.7  # a word less near than that was read so only for the words beside it
_DOMAIN = {
    "best",
    "worst",
    "average",
    "howmany",
    "stopping",
    "source",
    "profile",
    "fastest",
    "own",
    "founded",
    "crossing",
    "record",
    "upcoming",
    "ship",
    "phone",
    "share",
    "vendor",
    "rank",
    "compare",
    "top",
    "launch",
    "milestone",
    "market",
    "total",
    "cross",
    "alert",
    "trend",
    "grow",
}


@dataclass(frozen=True)
class Span:
    """Words `start` up to `stop`, what they mean, and how near the typed letters are to it (1 is the same).

    `entry` is None for a word that is neither known nor near a known one."""

    start: int
    stop: int
    typed: str
    entry: Entry | None
    score: float = 1.0
    others: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A question's words, read: the spans in order, and what stands for periods, amounts and places."""

    words: tuple[str, ...]
    spans: tuple[Span, ...]
    found: tuple[periods.Found, ...] = ()
    amounts: tuple[float, ...] = ()
    positions: tuple[int, ...] = ()
    units: tuple[Length, ...] = ()
    percent: bool = False
    corrected: tuple[str, ...] = ()
    marks: tuple[tuple[int, str], ...] = ()
    doubtful: bool = False  # some words could be names, and were not taken for such
    written: frozenset[str] = frozenset()  # the words that were written as names

    def slugs(self, kind: Kind) -> tuple[str, ...]:
        """The vendors, regions or products named, each once, in order."""
        named = (span.entry.value for span in self.spans if span.entry and span.entry.kind is kind)
        return tuple(dict.fromkeys(named))

    @property
    def concepts(self) -> frozenset[str]:
        """What the question is about, by the concepts of its words; asking words and tenses left out."""
        named = (span.entry.value for span in self.spans if span.entry and span.entry.kind is Kind.CONCEPT)
        return frozenset(named) - {"past", "future", "ever", "doing", "sure"}

    @property
    def said_by(self) -> str | None:
        """The analyst whose word is asked for."""
        return next(iter(self.slugs(Kind.ANALYST)), None)

    @property
    def unknown(self) -> tuple[Span, ...]:
        return tuple(span for span in self.spans if span.entry is None)

    @property
    def surest(self) -> float:
        """How sure the reading of the words is: how near the least near name is, and whether a word was far off."""
        names = [span.score for span in self.spans if span.entry and span.entry.kind in NAMES]
        far = any(span.entry and span.entry.kind not in NAMES and 0 < span.score < _FAR for span in self.spans)
        return min([*names, _FAR_OFF if far else 1.0])


def read(
    typed: Sequence[str],
    lexicon: Lexicon,
    today: date,
    doubting: bool = False,
    doubt_names: bool = True,
    names: Collection[str] = (),
) -> Reading:
    """Read the words of a question; a doubting one takes words that we know for slips, too.

    Where names are doubted, an ordinary word such as "nothing" is one only in a question about phones; `names` are
    words that were written as names."""
    typed = apart(typed[:MOST_WORDS], lexicon)
    keys = mend(typed, lexicon, doubting, names)
    corrected = [key for key, _ in keys]
    found = _periods(corrected, lexicon, today)
    taken = {place for one in found for place in range(one.start, one.stop)}
    spans: list[Span] = []
    amounts: list[float] = []
    positions: list[int] = []
    units: list[Length] = []
    marks: list[tuple[int, str]] = [(one.start, "{period}") for one in found]
    percent = False
    place = 0
    while place < len(typed):
        if place in taken:
            place += 1
            continue
        if (
            corrected[place].replace(".", "").isdigit()
            and corrected[place + 1 : place + 2]
            and (corrected[place + 1] in _PERCENT)
        ):
            amounts.append(float(corrected[place]))
            marks.append((place, "{percent}"))
            percent, place = True, place + 2
            continue
        fraction = _fraction(corrected, place, lexicon)
        if fraction:
            amounts.append(fraction[0])
            marks.append((place, "{percent}"))
            percent, place = True, place + fraction[1]
            continue
        amount = _amount(corrected, place, lexicon)
        if amount:
            amounts.append(amount[0])
            marks.append((place, "{number}"))
            place += amount[1]
            continue
        span = _longest(typed, keys, place, taken, lexicon)
        position = lexicon.numbers.get(corrected[place])
        if span is None and position is None and place and corrected[place - 1] in _NUMBER_SIGNS:
            position = int(corrected[place]) if corrected[place].isdigit() and len(corrected[place]) < 4 else None
        if position and (span is None or span.stop == place + 1):
            positions.append(position)
            if position > 1:
                marks.append((place, "{position}"))
                place += 1
                continue
        span = span or Span(place, place + 1, corrected[place], None)
        if span.stop == place + 1 and lexicon.symbols.get(corrected[place]) in UNIT_OF_SYMBOL:
            units.append(UNIT_OF_SYMBOL[lexicon.symbols[corrected[place]]])
        elif span.entry and span.entry.kind is Kind.CONCEPT:
            symbols = [lexicon.symbols.get(word) for word in corrected[place : span.stop]]
            units += [UNIT_OF_SYMBOL[symbol] for symbol in symbols if symbol in UNIT_OF_SYMBOL]
        spans.append(span)
        place = span.stop
    if _looks_ahead(spans):
        found = [_coming(one, corrected, lexicon, today) for one in found]
    doubted = doubt_names and not any(_named(span, names) for span in spans)
    decided = _decide_ambiguous(spans, bool(amounts), bool(found or units or positions)) if doubted else spans
    return Reading(
        tuple(typed),
        tuple(decided),
        tuple(found),
        tuple(amounts),
        tuple(positions),
        tuple(units),
        percent,
        tuple(corrected),
        tuple(marks),
        decided != spans,
        frozenset(names),
    )


def _longest(
    typed: Sequence[str], keys: Sequence[tuple[str, float]], place: int, taken: set[int], lexicon: Lexicon
) -> Span | None:
    """The longest name or phrase that begins at a place; of two equally long, the name."""
    longest = 2 * LONGEST_NAME if typed[place] >= "\u2e80" else LONGEST_NAME  # a character is a word there
    for length in range(min(longest, len(typed) - place), 0, -1):
        stop = place + length
        if any(inside in taken for inside in range(place, stop)):
            continue
        window = [key for key, _ in keys[place:stop]]
        score = min((score for _, score in keys[place:stop] if score), default=0.0)
        as_typed = " ".join(typed[place:stop])
        joined = "".join(window)
        exact = "".join(typed[place:stop])
        joined = exact if exact in lexicon.names else joined  # a part of a name alone may look like a typo
        named = lexicon.names.get(joined) if length == 1 or len(joined) > 3 or joined[0] >= "\u2e80" else None
        if named and length > 1 and all(_is_filler(word, lexicon) for word in window):
            named = None  # "plans to go to India" names no Togo
        phrase = lexicon.phrases.get(as_typed) or lexicon.phrases.get(" ".join(window))
        if named and not (phrase and named[0].ambiguous and length == 1):
            return Span(place, stop, as_typed, named[0], score or 1.0, named[1:])
        if phrase:
            return Span(place, stop, as_typed, phrase, score or 1.0)
        if length == 2 and keys[place][1] == keys[place + 1][1] == 0.0:
            nearest = lexicon.fuzzy.nearest("".join(typed[place:stop]), most=1)
            entries = lexicon.names.get(nearest[0].key) if nearest else None
            if entries:
                return Span(place, stop, as_typed, entries[0], nearest[0].score, entries[1:])
        if length == 1 and joined in lexicon.symbols:
            return Span(place, stop, as_typed, Entry(Kind.FILLER, ""), score)
        singular = f"{joined[:-3]}y" if joined.endswith("ies") else joined.removesuffix("s")
        if length == 1 and singular != joined and singular in lexicon.names:
            return Span(place, stop, as_typed, lexicon.names[singular][0], 0.95 * (score or 1.0))
    return None


def _named(span: Span, names: Collection[str]) -> bool:
    """True for an ordinary word that was written as a name, and is one."""
    return span.entry is not None and span.entry.ambiguous and span.typed in names


def _is_filler(word: str, lexicon: Lexicon) -> bool:
    return (entry := lexicon.phrases.get(word)) is not None and entry.kind is Kind.FILLER


def _fraction(corrected: Sequence[str], place: int, lexicon: Lexicon) -> tuple[float, int] | None:
    """A part of a whole in percent, and how many words it takes: "a fifth of the market", "half of India"."""
    count, part, after = (*corrected[place : place + 3], "", "", "")[:3]
    if count == "half" and part in ("of", "the"):
        return 50.0, 1
    if after not in ("of", "the", "share"):
        return None
    parts = _PARTS.get(part) or lexicon.numbers.get(part, 0)
    whole = 1 if count in ("a", "one") else lexicon.numbers.get(count, 0)
    return (100.0 * whole / parts, 2) if 1 <= whole < parts else None


def _amount(corrected: Sequence[str], place: int, lexicon: Lexicon) -> tuple[float, int] | None:
    """An amount in millions that begins at a place, and how many words it takes: "10 million", "10m", "10,000,000"."""
    word = corrected[place]
    following = corrected[place + 1] if place + 1 < len(corrected) else ""
    if following in lexicon.scales:
        number = lexicon.numbers.get(word)
        try:
            return (number or float(word.replace(",", ""))) * lexicon.scales[following], 2
        except ValueError:
            return (lexicon.scales[following], 2) if word == "a" else None
    match = _AMOUNT.fullmatch(word)
    if match and match[2] in lexicon.scales:
        return float(match[1]) * lexicon.scales[match[2]], 1
    plain = word.replace(",", "")
    if plain.isdecimal() and 5 <= len(plain) <= 10:
        return int(plain) / 1e6, 1
    return None


def _periods(corrected: Sequence[str], lexicon: Lexicon, today: date) -> list[periods.Found]:
    symbols, places, place = [], [], 0
    while place < len(corrected):
        for length in (4, 3, 2, 1):
            phrase = " ".join(corrected[place : place + length])
            if phrase in lexicon.symbols and place + length <= len(corrected):
                symbols.append(lexicon.symbols[phrase])
                break
        else:
            length, word = 1, corrected[place]
            before = corrected[place - 1] if place else ""
            after = corrected[place + 1] if place + 1 < len(corrected) else ""
            spelled = _as_number(corrected[place : place + 5])
            if spelled:
                symbols.append(spelled)
                length = 4
            elif word == "may" and (before in _MAY_BEFORE or after[:2] in ("19", "20")):
                symbols.append("<m5>")
            elif word in lexicon.numbers:
                symbols.append(f"<{lexicon.numbers[word]}>")
            elif lexicon.symbols.get(after) in _HAS_NUMBER and after in _ONE_UNIT and word in _ROMAN:
                symbols.append(f"<{_ROMAN[word]}>")
            elif (_is_short_year(word, before, after) and lexicon.symbols.get(after, "")[:2] != "<m") or (
                _is_year_of_two_digits(corrected, place) and not _SPAN_OF_YEARS.intersection(symbols[-1:])
            ):
                symbols.append(f"20{word}")
            else:
                symbols.append(_compact(word, after))
        places.append(place)
        place += length
    places.append(len(corrected))
    return [
        periods.Found(one.period, one.days, places[one.start], places[one.stop]) for one in periods.find(symbols, today)
    ]


def _is_year_of_two_digits(corrected: Sequence[str], place: int) -> bool:
    """True for the year of "16年", "в 16 году" and "в 16-м году"."""
    after, then = (*corrected[place + 1 : place + 3], "", "")[:2]
    said = after in _AFTER_SHORT_YEAR or (after in _ORDINAL_ENDINGS and then in _AFTER_SHORT_YEAR)
    return said and bool(_SHORT_YEAR.fullmatch(corrected[place]))


def _as_number(words: Sequence[str]) -> str:
    """The year of "二零一九年"; empty where the words are none."""
    digits = [_HAN_DIGITS.get(word, "") for word in words[:4]]
    return "".join(digits) if words[4:] == ["年"] and all(digits) else ""


def _compact(word: str, after: str) -> str:
    """A quarter, half or year written with the letters of another language, as English writes it: "1кв18" is 1q18."""
    dated = after[:2] == "20" and len(after) == 4
    for letters, ours in ((_QUARTER_LETTERS, "q"), (_HALF_LETTERS, "h")):
        match = letters.fullmatch(word)
        if match and (match[3] or dated or match[2] in _LETTERS_ALONE):
            return f"{match[1]}{ours}{match[3] or ''}"
    year = _YEAR_LETTERS.fullmatch(word)
    return year[1] if year else word


def _looks_ahead(spans: Sequence[Span]) -> bool:
    """True for a question about what is to come."""
    concepts = {span.entry.value for span in spans if span.entry and span.entry.kind is Kind.CONCEPT}
    return bool(concepts & {"upcoming", "future", "forecast"}) and "past" not in concepts


def _coming(one: periods.Found, corrected: Sequence[str], lexicon: Lexicon, today: date) -> periods.Found:
    """ "What is planned for the second half" means the next one, unless a year is said."""
    said = corrected[one.start : one.stop]
    dated = any(word[-2:].isdigit() or lexicon.symbols.get(word) in _BACK for word in said)
    if dated or one.period.end >= today or one.period.kind not in (Length.QUARTER, Length.HALF):
        return one
    return replace(one, period=one.period.year_after(), days=None)


def _is_short_year(word: str, before: str, after: str) -> bool:
    """True for the year of "since 19" and of "sales in 22" at a question's end."""
    return bool(_SHORT_YEAR.fullmatch(word)) and (before == "since" or (before == "in" and not after))


def _decide_ambiguous(spans: list[Span], amounts: bool, dated: bool) -> list[Span]:
    """Take an ordinary word for a name only where the rest of the question is about phones."""
    concepts = {span.entry.value for span in spans if span.entry and span.entry.kind is Kind.CONCEPT}
    sure = [span for span in spans if span.entry and span.entry.kind in NAMES and not span.entry.ambiguous]
    alone = len(spans) == 1
    if sure or concepts & _DOMAIN or amounts or alone or dated:
        return spans
    return [
        Span(span.start, span.stop, span.typed, None) if span.entry and span.entry.ambiguous else span for span in spans
    ]
