"""Tells what a number measures: phones shipped, a share of the market, growth over a year, or nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass

from bot.admin.reading.amounts import Amount
from bot.admin.reading.context import Context
from bot.admin.reading.names import Sort
from bot.admin.reading.sentence import Sentence, is_compared
from bot.admin.reading.small_words import small_words
from store.period import Kind
from store.words import Metric

_SOFT = small_words("measures", "soft")
_NOUN_SKIPPED = small_words("measures", "noun_skipped")
_FUNCTION = small_words("measures", "function")


@dataclass(frozen=True)
class Measure:
    """What a number measures; `sign` is -1 where it tells a fall. `compared` where it is what another is compared with."""

    metric: Metric
    sign: int = 1
    compared: bool = False


def measures_of(sentence: Sentence, context: Context) -> dict[int, Measure]:
    """What each number of a sentence measures, by its place in `sentence.amounts`; others are none of ours."""
    found: dict[int, Measure] = {}
    for at, amount in enumerate(sentence.amounts):
        if amount.ranged or amount.money:
            continue
        measure = _percent(sentence, at, context) if amount.percent else _count(sentence, at, context)
        if measure:
            found[at] = measure
    _spread(sentence, found)
    return found


def _spread(sentence: Sentence, found: dict[int, Measure]) -> None:
    """In a list such as "25%, 19% and 17%" what is told of one is true of all."""
    amounts = sentence.amounts
    for order in (range(1, len(amounts)), range(len(amounts) - 2, -1, -1)):
        for at in order:
            other = at - 1 if order.step > 0 else at + 1
            first, second = sorted((at, other))
            if at in found or other not in found or amounts[at].percent != amounts[other].percent:
                continue
            growth = found[other].metric is Metric.GROWTH
            if (
                amounts[at].ranged
                or amounts[at].money
                or (growth and not sentence.cues.any(0, len(sentence.tokens), "respectively"))
            ):
                continue
            if _in_list(sentence, amounts[first], amounts[second]) and not _excluded(sentence, amounts[at]):
                found[at] = Measure(
                    found[other].metric,
                    found[other].sign,
                    found[other].compared and other < at and sentence.lower(amounts[at].start - 1) != "to",
                )


def _in_list(sentence: Sentence, first: Amount, second: Amount) -> bool:
    between = range(first.stop, second.start)
    return (
        len(between) <= 8
        and all(
            sentence.lower(at) in small_words("measures", "between_listed")
            or sentence.name_at(at)
            or sentence.cues.at(at, "phones", "introduces")
            for at in between
        )
        and not any(sentence.lower(at) == "to" and sentence.lower(at - 1) == "," for at in between)
    )


def _window(sentence: Sentence, at: int) -> tuple[int, int]:
    """The places around a number up to its neighbours and the ends of its clause."""
    amount = sentence.amounts[at]
    start, stop = sentence.clause(amount.start)
    if at:
        start = max(start, sentence.amounts[at - 1].stop)
    if at + 1 < len(sentence.amounts):
        stop = min(stop, sentence.amounts[at + 1].start)
    return start, stop


def _excluded(sentence: Sentence, amount: Amount) -> bool:
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
    if _parts(sentence, near_left, amount.start) or _parts(sentence, amount.stop, comma):
        return True
    if cues.any(max(start, amount.start - 3), amount.start, "foreseen") or cues.any(
        max((at + 1 for at in range(start, amount.start) if sentence.lower(at) == ","), default=start),
        amount.start,
        "past_plan",
    ):
        return True
    for at in range(max(start, amount.start - 7), amount.start):
        if cues.at(at, "denied") and not (
            sentence.lower(at) in ("not", "no") and sentence.lower(at + 1) in small_words("measures", "not_denied")
        ):
            if sentence.lower(at) == "no" and sentence.lower(at + 1) == ".":
                continue
            if not any(sentence.lower(between) == "," for between in range(at, amount.start)):
                return True
    if any(cues.at(at, "conditional") and sentence.lower(at) != "even" for at in range(start, amount.start)):
        return not any(sentence.lower(at) == "," for at in range(start, amount.start)) or sentence.lower(start) != "if"
    return False


_BREAKS = small_words("measures", "breaks")
_PART_HEADS = small_words("measures", "part_heads")


def _parts(sentence: Sentence, start: int, stop: int) -> bool:
    """A word such as "premium" in the range, unless it is the name of a thing told beside ("4G rollout")."""
    at = sentence.cues.first(start, stop, "parts", "not_smart")
    while at >= 0:
        name = sentence.name_at(at)
        whole = sentence.lower(at) == "segment" and sentence.lower(at - 1) in ("smartphone", "handset")
        if not name and not whole:
            return True
        at = sentence.cues.first(at + 1, stop, "parts", "not_smart")
    return False


def _count(sentence: Sentence, at: int, context: Context) -> Measure | None:
    """Phones shipped, where that is what a large number counts."""
    amount = sentence.amounts[at]
    cues = sentence.cues
    start, stop = sentence.clause(amount.start)
    left, right = _window(sentence, at)
    noun = _counted(sentence, amount, context)
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
    if noun is None or _excluded(sentence, amount):
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
    while sentence.lower(at) in small_words("measures", "before_increase"):
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
        if sentence.lower(at) in ("lead", "gap", "difference", "margin", "advantage"):
            return sentence.lower(at + 1) in small_words("measures", "after_gap")
        if sentence.cues.at(at, "shipped", "holds"):
            return False
    return False


def _is_rate(sentence: Sentence, amount: Amount, left: int, right: int) -> bool:
    cues = sentence.cues
    for at in range(amount.stop, min(right, amount.stop + 6)):
        if cues.begins(at, "rate") and sentence.lower(at - 1) not in ("in", "for", "within", "during"):
            return True
    return cues.any(max(left, amount.start - 4), amount.start, "rate")


def _cumulative(sentence: Sentence, amount: Amount, right: int) -> bool:
    for at in range(amount.stop, right):
        if sentence.lower(at) in (",", "and"):
            return False
        if sentence.cues.at(at, "cumulative") or sentence.lower(at) == "since":
            return True
    return False


def _counted(sentence: Sentence, amount: Amount, context: Context) -> bool | None:
    """True where phones are named as what is counted, False where nothing is named, None where it is another thing."""
    at = amount.stop
    for _ in range(5):
        word = sentence.lower(at)
        name = sentence.name_at(at)
        if name and name.sort is Sort.PRODUCT:
            return None
        if sentence.cues.begins(at, "not_smart") or sentence.cues.begins(at, "parts"):
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
            if sentence.lower(phones) in small_words("measures", "not_counted_phones"):
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
    return _counted(sentence, rest, context) if at + 1 < len(sentence.tokens) else False


def _product_follows(sentence: Sentence, at: int) -> bool:
    """ "4 million units of the Redmi Note 4" count one model."""
    first = at
    while sentence.lower(at) in small_words("measures", "before_product"):
        at += 1
        if (
            at > first + 1
            and sentence.lower(first) == "of"
            and sentence.lower(at) in small_words("measures", "one_model")
        ):
            return True
        name = sentence.name_at(at)
        if name and name.sort is Sort.PRODUCT:
            return True
    return False


def _follows_growth(sentence: Sentence, at: int) -> bool:
    """ "Up 31% to 190 million", "fell from 7.7 million to 6.4 million"."""
    amount = sentence.amounts[at]
    before = amount.start - 1
    while sentence.lower(before) in _SOFT and before > 0:
        before -= 1
    return sentence.lower(before) in ("to", "from") or sentence.lower(amount.start - 1) in ("from", "to")


def _beside_vendor(sentence: Sentence, amount: Amount) -> bool:
    """ "Huawei took second spot with 59.1 million", "Huawei was second on 52 million"."""
    before = amount.start - 1
    while sentence.lower(before) in _SOFT - {"at", "("} and before > 0:
        before -= 1
    return sentence.lower(before) in small_words("measures", "beside_vendor") or bool(sentence.name_at(before))


def _has_share(sentence: Sentence, context: Context) -> bool:
    return context.shares > 0 or sentence.cues.any(0, len(sentence.tokens), "share", "of_market")


def _percent(sentence: Sentence, at: int, context: Context) -> Measure | None:
    """A share or growth, where that is what a percentage tells."""
    amount = sentence.amounts[at]
    cues = sentence.cues
    left, right = _window(sentence, at)
    if (
        cues.at(amount.stop, "points")
        or cues.at(amount.stop - 1, "points")
        or (sentence.lower(amount.stop) == "-" and cues.begins(amount.stop + 1, "points"))
    ):
        return None
    if _excluded(sentence, amount) or cues.any(amount.stop, min(right, amount.stop + 6), "compound", "joint"):
        return None
    start, _ = sentence.clause(amount.start)
    several = sum(name.sort is Sort.VENDOR and start <= name.start < amount.start for name in sentence.names) > 1
    if several and cues.any(max(left, amount.start - 8), amount.start, "joint"):
        return None
    if cues.any(left, amount.start, "compound"):
        return None
    share = _share_after(sentence, amount, right)
    if share is None or (share and cues.any(0, len(sentence.tokens), "other_shares")):
        return None
    if cues.any(*sentence.clause(amount.start), "value_share"):
        return None
    if context.feature_phones and cues.any(*sentence.clause(amount.start), "any_market"):
        return None
    if (
        sentence.lower(amount.stop) == "to"
        and at + 1 < len(sentence.amounts)
        and sentence.amounts[at + 1].start == amount.stop + 1
        and sentence.amounts[at + 1].percent
    ):
        return _share(amount, True) if _has_share(sentence, context) else None
    direction = _direction_before(sentence, amount, left)
    compared = is_compared(sentence, amount.start)
    if share:
        if sentence.lower(_hard_word(sentence, amount, left)) in ("lost", "losing", "shed", "lose"):
            return None  # by so much did a share fall
        models = sentence.lower(amount.start - 1) in ("contributed", "contributing") or (
            sentence.lower(amount.start - 1) == "for" and sentence.lower(amount.start - 2) == "accounted"
        )
        if models and any(sentence.lower(near) in ("which", "that") for near in range(amount.start - 4, amount.start)):
            return None  # "models such as the A5s, which contributed 65% of shipments"
        return _share(amount, compared)
    after = 0 if direction else _growth_after(sentence, amount, right)
    if after:
        return _growth(sentence, at, after, context)
    beside = cues.begins(amount.stop, "yearly", "quarterly") or (
        sentence.lower(amount.stop) in ("from", "than", "on", "over")
        and (
            cues.at(amount.stop + 1, "year_before", "same_period", "last_year")
            or cues.at(amount.stop + 2, "year_before", "same_period", "last_year")
        )
    )
    if beside and not share and not direction:
        start, _ = sentence.clause(amount.start)
        fell = cues.last(start, amount.start, "down") > cues.last(start, amount.start, "up")
        return _growth(sentence, at, -1 if fell else 1, context)
    before = sentence.lower(_hard_word(sentence, amount, left))
    if (before == "to" and not direction) or before in ("from",) or compared:
        moved = (
            _has_share(sentence, context)
            if compared
            else cues.any(sentence.clause(amount.start)[0], amount.start, "share")
            or context.shares > 0
            or cues.any(amount.stop, right, "share")
        )
        money = cues.any(sentence.clause(amount.start)[0], amount.start, "money")
        return _share(amount, compared or before == "from") if moved and not money else None
    if direction:
        comma = max((place for place in range(left, amount.start) if sentence.lower(place) == ","), default=left)
        near = max(comma, amount.start - 7)
        if cues.any(near, amount.start, "share") and not cues.any(near, amount.start, "ship_nouns"):
            return None  # a share that grew by so much
        return _growth(sentence, at, direction, context)
    labelled = (
        sentence.lower(amount.start - 1 - bool(amount.signed)) == ":"
        and cues.any(max(0, amount.start - 8), amount.start, "yearly")
        and any(sentence.lower(near) in ("change", "growth") for near in range(max(0, amount.start - 5), amount.start))
    )
    if labelled:
        return _growth(sentence, at, amount.signed or 1, context)
    if amount.signed and sentence.lower(amount.start - 2) == "(":
        return _growth(sentence, at, amount.signed, context)
    if cues.any(max(left, amount.start - 6), amount.start, "share"):
        return _share(amount, compared)
    hard = _hard_word(sentence, amount, left)
    if sentence.lower(hard) in ("contributed", "for") and any(
        sentence.lower(at) in ("which", "that") for at in range(hard - 3, hard)
    ):
        return None  # "models such as the A5s, which contributed 65%"
    opens = sentence.lower(amount.start - 1) == "("
    if cues.at(hard, "strong_holds") and sentence.lower(amount.stop) in small_words("measures", "after_held_share"):
        return _share(amount, compared)
    stands = sentence.lower(hard) in ("was", "is", "were") and sentence.name_at(hard - 1) is not None
    if (
        stands or sentence.cues.at(hard, "holds") or opens or sentence.name_at(hard) or before in (":", "–", "-", "'s")
    ) and _has_share(sentence, context):
        if opens and sentence.lower(amount.stop) not in (")", ",", "share", "market"):
            return None
        return _share(amount, compared)
    return None


def _share(amount: Amount, compared: bool) -> Measure | None:
    return Measure(Metric.MARKET_SHARE, 1, compared) if 0 < amount.value <= 100 else None


def _hard_word(sentence: Sentence, amount: Amount, left: int) -> int:
    """The place of the nearest word before a number that does more than soften it."""
    at = amount.start - 1
    while at > left and sentence.lower(at) in _SOFT - {"of", "("}:
        at -= 1
    return at


def _share_after(sentence: Sentence, amount: Amount, right: int) -> bool | None:
    """True where "share" or "of the market" follows a percentage, None where it is a part of something else."""
    cues = sentence.cues
    at = amount.stop
    for _ in range(5):
        if at >= right:
            return False
        if cues.begins(at, "of_market"):
            return True
        if cues.begins(at, "share"):
            return not _of_something(sentence, cues.begins(at, "share"))
        word = sentence.lower(at)
        if word in ("difference", "gap", "lead", "margin", "stake", "discount"):
            return None
        if word == "of" and sentence.cues.any(at + 1, at + 4, "quarterly", "year_before"):
            return False  # "the 40 percent of the prior quarter"
        if word == "of":
            return True if _of_market(sentence, at) else None
        if word in small_words("measures", "before_share") or (sentence.name_at(at) and word != "of"):
            at += 1
            continue
        return False
    return False


def _of_market(sentence: Sentence, at: int) -> bool:
    """ "of" before a market that is told with more words: "of the archipelago's smartphone market"."""
    stop = at + 1
    for _ in range(7):
        if sentence.cues.begins(stop, "market") or sentence.cues.begins(stop, "ship_nouns"):
            return not sentence.cues.any(at, stop + 3, "parts", "not_smart")
        word = sentence.lower(stop)
        name = sentence.name_at(stop)
        if not (word in small_words("measures", "describes_market") or (name and name.sort is Sort.REGION)):
            return False
        if word in ("smartphones", "phones", "handsets") and sentence.lower(stop + 1) in ("sold", "shipped", "in"):
            return not any(
                sentence.lower(at) in small_words("measures", "tells_of_phones") for at in range(stop + 2, stop + 8)
            )
        stop += 1
    return False


def _of_something(sentence: Sentence, at: int) -> bool:
    """ "Share of the premium segment", "share of profits" are not of the market."""
    stop = at
    while stop < len(sentence.tokens) and stop < at + 7 and sentence.lower(stop) not in (",", ".", ";", "(", "and"):
        if sentence.cues.at(stop, "parts", "money", "not_smart"):
            return True
        stop += 1
    return False


def _direction_before(sentence: Sentence, amount: Amount, left: int) -> int:
    """1 or -1 where the words right before a percentage tell a rise or a fall."""
    at = amount.start - 1
    steps = 0
    while at >= left and steps < 6:
        if sentence.cues.at(at, "down"):
            return (
                -1 if not (sentence.lower(at) in ("less", "lower", "fewer") and sentence.lower(at + 1) == "than") else 0
            )
        if sentence.cues.at(at, "up") and not (
            sentence.lower(at) in ("more", "higher", "up") and sentence.lower(at + 1) in ("than", "to")
        ):
            return 1
        word = sentence.lower(at)
        if word in ("to", "from"):
            return 0
        soft = word in _SOFT or word in small_words("measures", "after_direction")
        if not soft and not sentence.cues.at(at, "yearly", "quarterly", "ship_nouns"):
            return 0
        at, steps = at - 1, steps + 1
    return 0


def _growth_after(sentence: Sentence, amount: Amount, right: int) -> int:
    """1 or -1 where the words right after a percentage tell a rise or a fall: "9.3 per cent growth", "8% fewer"."""
    at = amount.stop
    for _ in range(10):
        if at >= right:
            return 0
        if sentence.cues.at(at, "down"):
            return -1
        if sentence.cues.at(at, "up"):
            return 1
        word = sentence.lower(at)
        if not (word in small_words("measures", "before_growth") or sentence.cues.at(at, "yearly", "quarterly")):
            return 0
        if word in ("in", "on", "compared") and not sentence.cues.at(at, "yearly", "quarterly"):
            return 0
        at += 1
    return 0


def _growth(sentence: Sentence, at: int, sign: int, context: Context) -> Measure | None:
    """Growth over a year; None where it is over a quarter, or of something else."""
    amount = sentence.amounts[at]
    cues = sentence.cues
    left, right = _window(sentence, at)
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
    if at and not sentence.amounts[at - 1].percent and sentence.amounts[at - 1].start >= start:
        before = sentence.amounts[at - 1]
        if not before.money and (
            _counted(sentence, before, context) is None or _parts(sentence, max(0, before.start - 4), before.start)
        ):
            return None  # of the tablets counted just before
    if _parts(sentence, max(left, amount.start - 6), amount.start):
        return None
    comma = next((place for place in range(amount.stop, right) if sentence.lower(place) == ","), right)
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
    if context.earnings and not _of_phones(sentence, start, right, context):
        return None
    if not (
        context.shipments
        or context.smartphones
        or shipped >= 0
        or cues.any(0, len(sentence.tokens), "phones", "ship_nouns")
    ):
        return None
    value_sign = -1 if sign < 0 or amount.signed < 0 else 1
    return Measure(Metric.GROWTH, value_sign) if amount.value < 2000 else None


def _of_phones(sentence: Sentence, start: int, stop: int, context: Context) -> bool:
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
