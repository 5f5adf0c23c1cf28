"""Tells growth over a year from growth over a quarter, and of phones from that of money."""

from __future__ import annotations

from bot.admin.reading.amounts import Amount
from bot.admin.reading.context import Context
from bot.admin.reading.counts import phones_counted
from bot.admin.reading.exclusions import is_part_of_market, window_around
from bot.admin.reading.measure import SOFT, Measure
from bot.admin.reading.names import Sort
from bot.admin.reading.sentence import Sentence, is_compared
from bot.admin.reading.small_words import small_words
from store.period import Kind
from store.words import Metric


def direction_before(sentence: Sentence, amount: Amount, left: int) -> int:
    """1 or -1 where the words right before a percentage tell a rise or a fall."""
    at = amount.start - 1
    steps = 0
    while at >= left and steps < 6:
        if sentence.cues.at(at, "down"):
            return (
                -1 if not (sentence.lower(at) in ("less", "lower", "fewer") and sentence.lower(at + 1) == "than") else 0
            )
        if sentence.lower(at) == "more" and sentence.lower(at + 1).endswith("ly"):
            at -= 1  # "even more dramatically"
            continue
        if sentence.cues.at(at, "up") and not (
            sentence.lower(at) in ("more", "higher", "up") and sentence.lower(at + 1) in ("than", "to")
        ):
            return 1
        word = sentence.lower(at)
        if word == "be" and sentence.lower(at - 1) == "to":
            at, steps = at - 2, steps + 1  # "its growth to be 20%"
            continue
        if word in ("to", "from"):
            return 0
        if sentence.moment_at(at):
            at -= 1
            continue
        soft = word in SOFT or word in small_words("after_direction") or (word.endswith("ly") and len(word) > 5)
        if not soft and not sentence.cues.at(at, "yearly", "quarterly", "ship_nouns"):
            return 0
        at, steps = at - 1, steps + 1
    return 0


def growth_after(sentence: Sentence, amount: Amount, right: int) -> int:
    """1 or -1 where the words right after a percentage tell a rise or a fall: "9.3 per cent growth", "8% fewer"."""
    at = amount.stop
    for _ in range(10):
        if at >= right:
            return 0
        if sentence.cues.at(at, "down", "up") and sentence.lower(at + 1) == "than":
            name = sentence.name_at(at + 2)
            if name and name.sort is Sort.VENDOR:
                return 0  # "2% lower than Samsung"
        if sentence.cues.at(at, "down"):
            return -1
        if sentence.cues.at(at, "up"):
            return 1
        word = sentence.lower(at)
        if not (word in small_words("before_growth") or sentence.cues.at(at, "yearly", "quarterly")):
            return 0
        if word in ("in", "on", "compared") and not sentence.cues.at(at, "yearly", "quarterly"):
            return 0
        at += 1
    return 0


def growth_of(sentence: Sentence, at: int, sign: int, context: Context) -> Measure | None:
    """Growth over a year; None where it is over a quarter, or of something else."""
    amount = sentence.amounts[at]
    cues = sentence.cues
    left, right = window_around(sentence, at)
    start, _ = sentence.clause(amount.start)
    if sentence.lower(start - 1) == ":" and start < 7:
        start = 0  # a label: "EPS: $1.42, up 20%"
    if not _is_yearly(sentence, amount, left, right, context):
        return None
    money = cues.last(start, amount.start, "money")
    shipped = max(
        cues.last(start, amount.start, "ship_nouns", "shipped", "market"),
        cues.first(amount.stop, right, "ship_nouns", "shipped"),
    )
    if money >= 0 and money > shipped:
        return None
    if at and sentence.amounts[at - 1].money and _refers_back(sentence, sentence.amounts[at - 1].stop, amount.start):
        return None
    if at and not sentence.amounts[at - 1].percent and sentence.amounts[at - 1].start >= start:
        before = sentence.amounts[at - 1]
        if not before.money and (
            phones_counted(sentence, before, context) is None
            or is_part_of_market(sentence, max(0, before.start - 4), before.start)
        ):
            return None  # of the tablets counted just before
    if is_part_of_market(sentence, max(left, amount.start - 6), amount.start):
        return None
    comma = next((place for place in range(amount.stop, right) if sentence.lower(place) in (",", "and")), right)
    money_after = cues.first(amount.stop, min(comma, amount.stop + 9), "money")
    if money_after >= 0 and not cues.any(amount.stop, money_after, "ship_nouns"):
        return None
    if (
        at + 1 < len(sentence.amounts)
        and sentence.amounts[at + 1].money
        and sentence.lower(sentence.amounts[at + 1].start - 1) in ("to", "$", "rs", ".")
    ):
        return None
    if cues.any(0, len(sentence.tokens), "gadgets") and not cues.any(0, len(sentence.tokens), "smart", "phones"):
        return None
    near_share = context.shares >= 7 and not cues.any(start, right, "ship_nouns", "shipped", "phones", "market")
    qualified = cues.any(max(0, amount.start - 6), min(right, amount.stop + 8), "yearly", "year_before", "same_period")
    if near_share and not qualified and amount.value < 10:
        return None  # points of a share that was told beside
    if context.earnings and not _of_phones(sentence, start, right):
        return None
    if not (
        context.shipments
        or context.smartphones
        or shipped >= 0
        or cues.any(0, len(sentence.tokens), "phones", "ship_nouns")
    ):
        return None
    if at + 1 < len(sentence.amounts) and is_compared(sentence, sentence.amounts[at + 1].start):
        later = sentence.amounts[at + 1]
        told = next((one.period for one in sentence.moments if later.stop <= one.start <= later.stop + 8), None)
        own = next((one.period for one in sentence.moments if one.start < amount.start and not one.compared), None)
        own = own or context.period or context.home_period
        if told and own and told.kind is own.kind and told != own.year_before():
            return None
    points = sentence.amounts[at + 1 : at + 3]
    moved = len(points) == 2 and all(one.percent for one in points) and sentence.lower(points[0].start - 1) == "from"
    if moved and abs(abs(points[1].value - points[0].value) - amount.value) < 0.11:
        return None  # "3 percent growth, from 15 percent to 18 percent": points of a share
    value_sign = -1 if sign < 0 or amount.signed < 0 else 1
    return Measure(Metric.GROWTH, value_sign) if amount.value < 2000 else None


def _refers_back(sentence: Sentence, start: int, stop: int) -> bool:
    """ "Revenue of $61 billion; that figure is up 16%", ", up 8%": nothing else is named between two numbers."""
    return not sentence.cues.any(start, stop, "phones", "ship_nouns", "shipped", "market", "smart") and not any(
        start <= name.start < stop and name.sort in (Sort.VENDOR, Sort.PRODUCT) for name in sentence.names
    )


def _of_phones(sentence: Sentence, start: int, stop: int) -> bool:
    """True where growth is of phones, not of sales in money: phones, shipments or units are named beside."""
    cues = sentence.cues
    if cues.any(start, stop, "phones", "smart") or any(
        sentence.lower(at) in ("shipments", "shipment", "units", "unit", "volumes", "shipped")
        for at in range(start, stop)
    ):
        return not any(
            sentence.lower(at) == "sales" and sentence.lower(at - 1) in ("total", "net", "'s", "quarter")
            for at in range(start, stop)
        )
    return cues.any(start, stop, "market") or not cues.any(start, stop, "ship_nouns", "money")


def _is_yearly(sentence: Sentence, amount: Amount, left: int, right: int, context: Context) -> bool:
    """True where growth is over a year: the nearest words of time say so, or none is near and the sentence speaks of
    no quarter before."""
    cues = sentence.cues
    joint = next((at for at in range(amount.stop, right) if sentence.lower(at) in ("and", ",", ";")), right)
    ahead = cues.first(amount.stop, right, "yearly", "year_before")
    same = cues.first(amount.stop, right, "same_period")
    if same >= 0 and (ahead < 0 or same < ahead) and _is_of_a_year(sentence, same):
        ahead = same
    year = _nearest(ahead, cues.last(left, amount.start, "yearly"), amount, joint)
    quarter = _nearest(
        cues.first(amount.stop, right, "quarterly"), cues.last(left, amount.start, "quarterly"), amount, joint
    )
    compared = next(
        (one for one in sentence.moments if amount.stop <= one.start < right and one.compared and not one.event), None
    )
    if compared and compared.start - amount.stop <= min(year, quarter):
        own = (
            next((one.period for one in sentence.moments if not one.compared), None)
            or context.period
            or context.home_period
        )
        return own is None or compared.period.kind is Kind.YEAR or compared.period == own.year_before()
    if year < 99 or quarter < 99:
        return year < quarter
    told = next((one for one in sentence.moments if one.start < amount.start and one.compared and not one.event), None)
    if told and told.period.kind is not Kind.YEAR:
        own = context.period or context.home_period
        return own is None or told.period == own.year_before()
    whole = (0, len(sentence.tokens))
    return not cues.any(*whole, "quarterly") or cues.any(*whole, "yearly")


def _is_of_a_year(sentence: Sentence, place: int) -> bool:
    """ "The same period last year", "of 2016"; or "than in the same period", which compares."""
    stop = (sentence.cues.at(place, "same_period") or (place, place + 1))[1]
    if sentence.cues.any(stop, stop + 4, "year_before", "last_year") or any(
        stop <= one.start <= stop + 3 for one in sentence.moments
    ):
        return True
    return bool(sentence.cues.any(place - 4, place, "compares"))


def _nearest(after: int, before: int, amount: Amount, joint: int) -> int:
    """How many words away the nearer of two places is; a place beyond an "and" counts as far."""
    ahead = after - amount.stop + (6 if after > joint else 0) if after >= 0 else 99
    return min(ahead, amount.start - before if before >= 0 else 99)
