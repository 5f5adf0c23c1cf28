"""Tells which numbers are of a part of the market only, were only hoped for, or are denied."""

from __future__ import annotations

from bot.admin.reading.amounts import Amount
from bot.admin.reading.names import Sort
from bot.admin.reading.sentence import Sentence
from bot.admin.reading.small_words import small_words

_BREAKS = small_words("breaks")


def window_around(sentence: Sentence, at: int) -> tuple[int, int]:
    """The places around a number up to its neighbours and the ends of its clause."""
    amount = sentence.amounts[at]
    start, stop = sentence.clause(amount.start)
    if at:
        start = max(start, sentence.amounts[at - 1].stop)
    if at + 1 < len(sentence.amounts):
        stop = min(stop, sentence.amounts[at + 1].start)
    return start, stop


def is_excluded(sentence: Sentence, amount: Amount) -> bool:
    """True for a part of the market, an expectation that was missed, or something denied."""
    start, stop = sentence.clause(amount.start)
    cues = sentence.cues
    near_left = max(
        (at + 1 for at in range(max(0, amount.start - 4), amount.start) if sentence.lower(at) == ","),
        default=max(0, amount.start - 4),
    )
    later = min((one.start for one in sentence.amounts if one.start >= amount.stop), default=stop)
    near_right = min(stop, amount.stop + 7, later)
    comma = next((at for at in range(amount.stop, near_right) if sentence.lower(at) in _BREAKS), near_right)
    if is_part_of_market(sentence, near_left, amount.start) or is_part_of_market(sentence, amount.stop, comma):
        return True
    if within_part(sentence, amount.start):
        return True
    if cues.any(max(start, amount.start - 3), amount.start, "foreseen") or cues.any(
        max((at + 1 for at in range(start, amount.start) if sentence.lower(at) == ","), default=start),
        amount.start,
        "past_plan",
    ):
        return True
    for at in range(max(start, amount.start - 7), amount.start):
        if cues.at(at, "denied") and not (
            sentence.lower(at) in ("not", "no") and sentence.lower(at + 1) in small_words("not_denied")
        ):
            if sentence.lower(at) == "no" and sentence.lower(at + 1) == ".":
                continue
            denial = cues.at(at, "denied") or (at, at + 1)
            if sentence.lower(denial[0]) in ("lost", "losing", "loses") and sentence.lower(amount.start - 1) == "to":
                continue  # "lost its share to 28%"
            if not any(sentence.lower(between) == "," for between in range(at, amount.start)):
                return True
    told_then = sentence.lower(0) == "if" and any(token.lower == "then" for token in sentence.tokens)
    if not told_then and any(
        cues.at(at, "conditional") and sentence.lower(at) != "even" for at in range(start, amount.start)
    ):
        return not any(sentence.lower(at) == "," for at in range(start, amount.start)) or sentence.lower(start) != "if"
    return False


def within_part(sentence: Sentence, place: int) -> bool:
    """True where the words since the last comma, or those that open the sentence, set a part of the market: "leads the
    premium segment with a 51% share", "In the online space, ..."."""
    start, depth = 0, 0
    commas = [-1]
    for at in range(place):
        word = sentence.lower(at)
        depth = depth + 1 if word == "(" else max(0, depth - 1) if word == ")" else depth
        if (word == "," and depth == 0) or sentence.cuts(at):
            commas.append(at)
    start = commas[-1] + 1
    if _names_part(sentence, start, place):
        return True
    nobody = not any(name.sort in (Sort.VENDOR, Sort.PRODUCT) for name in sentence.names)
    if nobody and _names_part(sentence, 0, place) and not sentence.cues.any(0, place, "company"):
        return True  # "thanks to the $300 segment, accounting for 6% of the market"
    opening = commas[1] if len(commas) > 1 else 0
    return sentence.lower(0) in ("in", "within", "among", "for") and _names_part(sentence, 0, opening)


def _names_part(sentence: Sentence, start: int, stop: int) -> bool:
    """True for a "segment", "price band" or "channel" in the range, said of no cause; not for the whole market."""
    at = sentence.cues.first(start, stop, "part_nouns")
    while at >= 0:
        before = sentence.lower(at - 1)
        whole = before in ("smartphone", "handset", "phone", "mobile") and sentence.lower(at) in ("segment", "space")
        whole = whole and not sentence.cues.any(max(start, at - 3), at, "parts")
        caused = any(sentence.lower(near) in small_words("causes") for near in range(max(start, at - 8), at))
        if not whole and not caused:
            return True
        at = sentence.cues.first(at + 1, stop, "part_nouns")
    return False


def is_part_of_market(sentence: Sentence, start: int, stop: int) -> bool:
    """A word such as "premium" in the range, unless it is the name of a thing told beside ("4G rollout")."""
    at = sentence.cues.first(start, stop, "parts", "not_smart")
    while at >= 0:
        name = sentence.name_at(at)
        whole = sentence.lower(at) == "segment" and sentence.lower(at - 1) in ("smartphone", "handset")
        if not name and not whole:
            return True
        at = sentence.cues.first(at + 1, stop, "parts", "not_smart")
    return False
