"""Finds places in a ranking: "fifth", "No. 2", "the second-largest vendor", "led the market"."""

from __future__ import annotations

from dataclasses import dataclass

from bot.admin.reading.moment_symbols import NUMBERS
from bot.admin.reading.names import Sort
from bot.admin.reading.sentence import Sentence
from bot.admin.reading.small_words import small_words

_WORDS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_WORDS |= {f"{n}{'st' if n == 1 else 'nd' if n == 2 else 'rd' if n == 3 else 'th'}": n for n in range(1, 11)}
_CARDINALS = {word: number for word, number in NUMBERS.items() if number <= 10}
_CARDINALS |= {str(n): n for n in range(1, 11)}


@dataclass(frozen=True)
class Place:
    """A place in a ranking at the tokens from `start` up to `stop`; `own` where the vendor is named right after it."""

    start: int
    stop: int
    value: int


def find_places(sentence: Sentence) -> list[Place]:
    found: list[Place] = []
    at = 0
    while at < len(sentence.tokens):
        place = _place(sentence, at)
        if place and not any(one.start < place.stop and place.start < one.stop for one in found):
            found.append(place)
            at = place.stop
        else:
            at += 1
    return found


def _place(sentence: Sentence, at: int) -> Place | None:
    if sentence.moment_at(at) or sentence.amount_at(at):
        return None
    return (
        _numbered(sentence, at)
        or _ordinal(sentence, at)
        or _best(sentence, at)
        or _top_spot(sentence, at)
        or _led(sentence, at)
    )


def _numbered(sentence: Sentence, at: int) -> Place | None:
    """ "Number two", "No. 2", "#1"."""
    word = sentence.lower(at)
    stop = at + 1
    if word == "no" and sentence.lower(stop) == ".":
        stop += 1
    elif word not in ("number", "no", "nr", "#"):
        return None
    if sentence.lower(stop) == "-":
        stop += 1
    value = _CARDINALS.get(sentence.lower(stop))
    if not value or (
        word == "no" and sentence.lower(stop - 1) != "." and sentence.lower(stop) not in ("1", "2", "3", "4", "5")
    ):
        return None
    stop += 1
    if sentence.lower(stop) in small_words("after_number_one") and not sentence.cues.at(stop, "maker"):
        return None
    return Place(at, stop, value)


def _ordinal(sentence: Sentence, at: int) -> Place | None:
    """ "Fifth place", "came second", "third-placed", "the world's fifth most successful vendor"."""
    value = _WORDS.get(sentence.lower(at))
    if not value:
        return None
    stop = at + 1
    dash = sentence.lower(stop) == "-"
    stop += dash
    if sentence.cues.begins(stop, "place"):
        end = sentence.cues.begins(stop, "place")
        return (
            Place(at, end, value)
            if sentence.lower(end) not in ("in", "of") or sentence.lower(end + 1) not in ("line",)
            else None
        )
    if sentence.cues.begins(stop, "best"):
        end = _maker_after(sentence, sentence.cues.begins(stop, "best")) or (
            _makers_after(sentence, sentence.cues.begins(stop, "best"))
            if sentence.lower(at - 1) == "and" and sentence.lower(at - 2) in _WORDS
            else 0
        )
        return Place(at, end, value) if end else None
    maker = sentence.cues.begins(stop, "maker")
    if (
        maker
        and maker - stop > 1
        and sentence.lower(at - 1) in ("the", "'s")
        and sentence.lower(maker) in small_words("after_ordinal_maker")
    ):
        return Place(at, maker, value)
    vendor = sentence.name_at(at - 2)
    if (
        not dash
        and sentence.lower(at - 1) == "the"
        and vendor
        and vendor.sort is Sort.VENDOR
        and sentence.lower(stop) in ("(", "with")
    ):
        return Place(at, stop, value)  # "Motorola the second (21%)"
    if dash or sentence.cues.begins(stop, "not_a_place"):
        return None
    if sentence.lower(stop) in ("and", ",") and sentence.lower(stop + 1) in _WORDS:
        return Place(at, at + 1, value) if _row_of_places(sentence, at) else None
    if value == 1 and sentence.lower(at - 1) not in small_words("before_first"):
        return None
    if not _stands_as_place(sentence, at):
        return None
    following = sentence.lower(stop)
    if following in small_words("after_ordinal") or sentence.moment_at(stop) or sentence.cues.at(stop, "world"):
        return Place(at, stop, value)
    if following in ("largest", "biggest"):
        return None
    return None


def _stands_as_place(sentence: Sentence, at: int) -> bool:
    """ "Came second", "slipped to third", "is now fifth": the verb before an ordinal."""
    before = at - 1
    while sentence.lower(before) in small_words("before_ordinal"):
        if sentence.lower(before) == "from":
            return False
        before -= 1
    if sentence.lower(before) in ("and", ",") and sentence.lower(before - 1) in _WORDS:
        return _row_of_places(sentence, at)
    return (
        (bool(sentence.cues.at(before, "was")) and sentence.lower(before) not in ("the", "a", "at", "as", "up", "down"))
        or sentence.lower(before) in _WORDS
        or (sentence.lower(before) == "had" and sentence.lower(before + 1) == "it")
        or (sentence.lower(before) in ("it",) and sentence.lower(before - 1) in ("had", "put", "puts"))
    )


def _row_of_places(sentence: Sentence, at: int) -> bool:
    """ "Third, fourth and fifth": true where a place follows the row, or a verb of standing comes before it."""
    stop = at
    while sentence.lower(stop) in _WORDS or sentence.lower(stop) in (",", "and"):
        stop += 1
    start = at
    while start > 0 and (sentence.lower(start - 1) in _WORDS or sentence.lower(start - 1) in (",", "and")):
        start -= 1
    return bool(sentence.cues.begins(stop, "place", "best")) or _stands_as_place(sentence, start)


def _maker_after(sentence: Sentence, at: int) -> int:
    """Where "(smartphone) vendor" ends, right after "largest"; 0 where something else is the largest."""
    for _ in range(4):
        stop = sentence.cues.begins(at, "maker")
        if stop:
            following = sentence.lower(stop)
            if following in small_words("after_no_maker") and not sentence.cues.begins(stop, "maker"):
                return 0
            if following == "'s" or sentence.cues.begins(stop, "market", "parts", "not_smart"):
                return 0
            word = sentence.lower(stop - 1)
            if word in ("smartphone", "phone") and not (sentence.cues.at(stop, "maker")):
                return 0
            nested = sentence.cues.begins(stop, "maker")
            return nested or stop
        word = sentence.lower(at)
        name = sentence.name_at(at)
        if not (word in small_words("describes_maker") or (name and name.sort is Sort.REGION and not name.adjective)):
            return 0
        at += 1
    return 0


def _makers_after(sentence: Sentence, at: int) -> int:
    """Where "smartphone vendors" ends, after "the second and third largest"."""
    return sentence.cues.begins(at, "makers") or sentence.cues.begins(at + 1, "makers")


def _best(sentence: Sentence, at: int) -> Place | None:
    """ "The largest smartphone maker", "market leader"; not "one of the largest", "a leading", "the largest makers"."""
    word = sentence.lower(at)
    if word == "market" and (
        sentence.lower(at + 1) == "leader"
        or (sentence.lower(at + 1) in ("share", "-") and "leader" in (sentence.lower(at + 2), sentence.lower(at + 3)))
    ):
        return Place(at, at + 2 + (sentence.lower(at + 1) != "leader") + (sentence.lower(at + 3) == "leader"), 1)
    if word == "leader" and sentence.lower(at + 1) not in ("of", "'s", "and") and _is_the_leader(sentence, at):
        return Place(at, at + 1, 1)
    stop = sentence.cues.begins(at, "best")
    if not stop or word in ("number", "no"):
        return None
    before = sentence.lower(at - 1)
    held = sentence.lower(at - 2) in small_words("before_largest_share")
    if before == "the" and held and sentence.cues.begins(stop, "share"):
        return Place(at, sentence.cues.begins(stop, "share"), 1)
    if (
        before == "-"
        or before in _WORDS
        or before in small_words("before_no_best")
        or (
            sentence.lower(at - 2) in ("of", "two")
            and before == "the"
            and sentence.lower(at - 3) in ("one", "among", "some", "two", "three")
        )
    ):
        return None
    if any(sentence.lower(place) == "one" and sentence.lower(place + 1) == "of" for place in range(max(0, at - 6), at)):
        return None
    if word in ("top", "leading", "strongest", "foremost", "favourite") and not _is_definite(sentence, at):
        return None
    if not _is_definite(sentence, at) and before not in small_words("before_best"):
        return None
    end = _maker_after(sentence, stop)
    if not end or sentence.lower(end - 1) in ("makers", "vendors", "smartphones"):
        return None
    return Place(at, end, 1)


def _is_the_leader(sentence: Sentence, at: int) -> bool:
    """ "Was the clear-cut leader": a verb of being, an article and a few adjectives before it."""
    before = at - 1
    while sentence.lower(before) in small_words("describes_leader"):
        before -= 1
    return sentence.lower(before) == "the" and sentence.lower(before - 1) in small_words("before_the_leader")


def _is_definite(sentence: Sentence, at: int) -> bool:
    before = sentence.lower(at - 1)
    name = sentence.name_at(at - 1)
    return before in small_words("definite") or bool(name and name.sort is Sort.REGION)


def _top_spot(sentence: Sentence, at: int) -> Place | None:
    """ "The top spot", "pole position", "regional gold", "the crown"."""
    stop = sentence.cues.begins(at, "first_place")
    if stop:
        word = sentence.lower(at)
        if word in ("gold", "crown", "throne") and not (
            sentence.lower(at - 1) in small_words("before_crown") or sentence.name_at(at - 1)
        ):
            return None
        if word == "gold" and sentence.cues.any(stop, stop + 2, "parts", "phones"):
            return None
        return Place(at, stop, 1)
    stop = sentence.cues.begins(at, "medals")
    if stop and sentence.lower(stop - 1) == "medal":
        return Place(at, stop, 2 if sentence.lower(at) == "silver" else 3)
    return None


def _led(sentence: Sentence, at: int) -> Place | None:
    """ "Samsung led the market", "continued to lead"."""
    stop = sentence.cues.begins(at, "keeps_lead") or _kept_lead(sentence, at)
    if stop:
        return Place(at, stop, 1)
    stop = sentence.cues.begins(at, "led")
    if not stop or (
        sentence.lower(at - 1) in small_words("before_no_verb")
        and not (sentence.lower(at - 1) == "to" and sentence.lower(at - 2) in ("continues", "continued", "continuing"))
    ):
        return None
    name = sentence.name_at(at - 1)
    word = sentence.lower(at)
    if (
        word in ("leading", "lead", "headed", "heads", "dominated")
        and word != "lead"
        and not sentence.cues.any(stop, stop + 5, "led_what")
    ):
        return None
    for place in range(stop, stop + 6):
        if sentence.lower(place) in ("to", "by", ",", "with", "in") and not (
            sentence.lower(place) in ("in", "with") and word in ("led", "leads", "tops", "topped", "lead")
        ):
            return None
        if sentence.lower(place) in ("in", "with"):
            region = sentence.name_at(place + 1) or sentence.name_at(place + 2)
            percent = next((one for one in sentence.amounts if place < one.start <= place + 3 and one.percent), None)
            direct = place == stop
            if direct and percent and sentence.lower(place) == "with":
                return Place(at, stop, 1)
            if (
                direct
                and region
                and region.sort is Sort.REGION
                and ((name and name.sort is Sort.VENDOR) or sentence.lower(at - 1) in ("also", "still", "now"))
            ):
                return Place(at, stop, 1)
            return None
        end = sentence.cues.begins(place, "led_what")
        nearby = sentence.name_at(place)
        if (end and sentence.lower(end) not in ("growth", "in", "'s", "decline", "segment", "recovery")) or (
            end and sentence.lower(end) in ("in",)
        ):
            return Place(at, end, 1)
        if nearby and nearby.sort is Sort.REGION and nearby.slug == "world":
            return Place(at, place + 1, 1)
        if sentence.cues.at(place, "parts", "launches", "up", "down"):
            return None
    return None


def _kept_lead(sentence: Sentence, at: int) -> int:
    """Where "maintained its comfortable lead" ends; 0 where it is a lead over somebody by so much, or none."""
    stop = sentence.cues.begins(at, "keeps")
    if not stop or sentence.lower(stop) not in ("its", "the", "a", "their"):
        return 0
    stop += 1
    for _ in range(3):
        if sentence.lower(stop) in ("lead", "leadership") or sentence.cues.begins(stop, "first_place"):
            end = sentence.cues.begins(stop, "first_place") or stop + 1
            return 0 if sentence.lower(end) in ("share", "role", "of") or (sentence.amount_at(end)) else end
        if sentence.lower(stop) in small_words("describes_lead"):
            stop += 1
            continue
        break
    return 0
