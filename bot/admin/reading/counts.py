"""Tells which large numbers count phones shipped in a period."""

from __future__ import annotations

from bot.admin.reading.amounts import Amount
from bot.admin.reading.context import Context
from bot.admin.reading.exclusions import is_excluded, window_around
from bot.admin.reading.measure import SOFT, Measure
from bot.admin.reading.names import Sort
from bot.admin.reading.sentence import Sentence, is_compared
from bot.admin.reading.small_words import small_words
from store.words import Metric

_NOUN_SKIPPED = small_words("noun_skipped")
_FUNCTION = small_words("function")


def count_at(sentence: Sentence, at: int, context: Context) -> Measure | None:
    """Phones shipped, where that is what a large number counts."""
    amount = sentence.amounts[at]
    cues = sentence.cues
    start, stop = sentence.clause(amount.start)
    left, right = window_around(sentence, at)
    noun = phones_counted(sentence, amount, context)
    if noun and _includes_phones(sentence, at):
        return None
    if _is_increase(sentence, amount) or (
        context.other and not (noun and cues.any(amount.stop, amount.stop + 4, "smart"))
    ):
        return None
    if cues.any(amount.stop, min(right, amount.stop + 8), "spans") or (
        context.smartphones
        and cues.any(amount.stop, min(right, amount.stop + 5), "any_sales")
        and not cues.any(amount.stop, min(right, amount.stop + 5), "smart")
    ):
        return None
    if noun is None or is_excluded(sentence, amount):
        return None
    if cues.any(amount.stop, min(right, amount.stop + 8), "joint") or cues.any(left, amount.start, "joint"):
        return None
    if _is_gap(sentence, amount, start) or sentence.lower(amount.start - 1) == "first":
        return None
    if (
        context.smartphones
        and cues.any(max(left, amount.start - 3), amount.start, "any_phones")
        and not cues.any(max(left, amount.start - 4), amount.start, "smart")
        and sentence.lower(amount.start - 1) == "("
    ):
        return None
    if (
        _is_rate(sentence, amount, left, right)
        or cues.any(left, amount.start, "cumulative")
        or _cumulative(sentence, amount, right)
        or _is_monthly_aim(sentence, amount)
    ):
        return None
    shipped = cues.any(start, stop, "shipped", "ship_nouns")
    told = noun or shipped or context.shipments
    if not told:
        return None
    if not noun and not shipped and not _follows_growth(sentence, at) and not _beside_vendor(sentence, amount):
        return None
    if not noun:
        money = cues.last(left, amount.start, "money")
        if money >= 0 and money > cues.last(left, amount.start, "shipped", "ship_nouns"):
            return None
    before = sentence.lower(amount.start - 1)
    return Measure(Metric.SHIPMENTS, 1, is_compared(sentence, amount.start) and before != "over")


def _is_increase(sentence: Sentence, amount: Amount) -> bool:
    """ "Boosted by at least 100,000 units", "2 million more than": how much more, not how many."""
    at = amount.start - 1
    if sentence.lower(at) in ("another", "additional", "further", "extra"):
        return True
    while sentence.lower(at) in small_words("before_increase"):
        at -= 1
    if sentence.lower(at) == "by" and sentence.cues.any(max(0, at - 8), at, "up", "down"):
        return True
    if sentence.lower(at) == "of" and sentence.cues.at(at - 1, "up", "down"):
        return True
    after = amount.stop + (1 if sentence.cues.begins(amount.stop, "phones") else 0)
    return sentence.lower(after) in ("more", "fewer", "less") and sentence.lower(after + 1) in (
        "than",
        "units",
        "phones",
        "smartphones",
        "iphones",
    )


def _is_gap(sentence: Sentence, amount: Amount, start: int) -> bool:
    """ "Cut into the lead from 35.8 million to 27 million" tells how far apart two are."""
    for at in range(amount.start - 1, max(start, amount.start - 15) - 1, -1):
        if sentence.lower(at) in ("lead", "gap", "difference", "margin", "advantage", "deficit", "shortfall"):
            return sentence.lower(at + 1) in small_words("after_gap")
        if sentence.cues.at(at, "shipped", "holds"):
            return False
    return False


def _is_rate(sentence: Sentence, amount: Amount, left: int, right: int) -> bool:
    cues = sentence.cues
    for at in range(amount.stop, min(right, amount.stop + 6)):
        if cues.begins(at, "rate") and sentence.lower(at - 1) not in ("in", "for", "within", "during"):
            return True
    return cues.any(max(left, amount.start - 4), amount.start, "rate")


def _includes_phones(sentence: Sentence, at: int) -> bool:
    """ "12 million devices, including eight million smartphones": the first number counts other things, too."""
    amount = sentence.amounts[at]
    following = next((one for one in sentence.amounts[at + 1 : at + 2] if not one.percent), None)
    return (
        following is not None
        and sentence.lower(amount.stop) in ("devices", "products", "gadgets")
        and any(sentence.lower(near) in ("including", "which") for near in range(amount.stop, following.start))
        and sentence.cues.any(following.stop, following.stop + 2, "smart", "phones")
    )


def _is_monthly_aim(sentence: Sentence, amount: Amount) -> bool:
    """ "Aims at monthly shipments of 10 million": of each month, not of the period beside it."""
    return any(sentence.lower(at) in ("monthly", "weekly") for at in range(amount.start - 5, amount.start)) and any(
        sentence.cues.at(at, "expected") for at in range(amount.start)
    )


def _cumulative(sentence: Sentence, amount: Amount, right: int) -> bool:
    for at in range(amount.stop, right):
        if sentence.lower(at) in (",", "and"):
            return False
        if sentence.cues.at(at, "cumulative") or sentence.lower(at) == "since":
            return True
    return False


def phones_counted(sentence: Sentence, amount: Amount, context: Context) -> bool | None:
    """True where phones are named as what is counted, False where nothing is named, None where it is another thing."""
    at = amount.stop
    for _ in range(5):
        word = sentence.lower(at)
        name = sentence.name_at(at)
        if name and name.sort is Sort.PRODUCT:
            return None
        if sentence.cues.begins(at, "not_smart") or sentence.cues.begins(at, "parts"):
            return None
        if word in ("target", "goal", "club", "users", "fans"):
            return None
        every = sentence.cues.begins(at, "any_phones")
        phones = sentence.cues.begins(at, "phones")
        if every and not (name and name.sort is Sort.VENDOR):
            if context.feature_phones or (context.smartphones and "mobile" in word):
                return None
            return True
        if phones:
            if sentence.cues.begins(phones, "not_smart") or _product_follows(sentence, phones):
                return None
            if sentence.lower(phones) in small_words("not_counted_phones"):
                return None
            if context.feature_phones and word in ("phone", "phones", "device", "devices"):
                return None
            marked = word == "mark" or sentence.lower(phones) == "mark"
            return None if marked and not any(one.days is None for one in sentence.moments) else True
        if name:
            if name.sort is not Sort.VENDOR:
                return False
            at = name.stop
            continue
        if not word or not word[0].isalnum() or sentence.moment_at(at) or sentence.amount_at(at):
            return False if word not in ("-", "+", "'s") else _counted_on(sentence, at, amount, context)
        if word in _NOUN_SKIPPED:
            at += 1
            continue
        if word in _FUNCTION or sentence.cues.at(
            at,
            "up",
            "down",
            "year_before",
            "yearly",
            "quarterly",
            "compares",
            "respectively",
            "shipped",
            "flat",
            "holds",
            "world",
            "same_period",
            "introduces",
            "expected",
            "main_period",
            "launches",
        ):
            return False
        return None
    return None


def _counted_on(sentence: Sentence, at: int, amount: Amount, context: Context) -> bool | None:
    rest = Amount(amount.start, at + 1, amount.value, False)
    return phones_counted(sentence, rest, context) if at + 1 < len(sentence.tokens) else False


def _product_follows(sentence: Sentence, at: int) -> bool:
    """ "4 million units of the Redmi Note 4" count one model."""
    first = at
    while sentence.lower(at) in small_words("before_product"):
        at += 1
        if at > first + 1 and sentence.lower(first) == "of" and sentence.lower(at) in small_words("one_model"):
            return True
        name = sentence.name_at(at)
        if name and name.sort is Sort.PRODUCT:
            return True
    return False


def _follows_growth(sentence: Sentence, at: int) -> bool:
    """ "Up 31% to 190 million", "fell from 7.7 million to 6.4 million"."""
    amount = sentence.amounts[at]
    before = amount.start - 1
    while sentence.lower(before) in SOFT and before > 0:
        before -= 1
    return sentence.lower(before) in ("to", "from") or sentence.lower(amount.start - 1) in ("from", "to")


def _beside_vendor(sentence: Sentence, amount: Amount) -> bool:
    """ "Huawei took second spot with 59.1 million", "Huawei was second on 52 million"."""
    before = amount.start - 1
    while sentence.lower(before) in SOFT - {"at", "("} and before > 0:
        before -= 1
    return sentence.lower(before) in small_words("beside_vendor") or bool(sentence.name_at(before))
