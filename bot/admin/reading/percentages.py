"""Tells which percentages are shares of the market, and which tell growth."""

from __future__ import annotations

from bot.admin.reading.amounts import Amount
from bot.admin.reading.context import Context
from bot.admin.reading.exclusions import is_excluded, window_around
from bot.admin.reading.growth import direction_before, growth_after, growth_of
from bot.admin.reading.measure import SOFT, Measure
from bot.admin.reading.names import Sort
from bot.admin.reading.sentence import Sentence, is_compared
from bot.admin.reading.small_words import small_words
from store.words import Metric


def _has_share(sentence: Sentence, context: Context) -> bool:
    whole = (0, len(sentence.tokens))
    return context.shares > 0 or sentence.cues.any(*whole, "share", "of_market") or _lists_shares(sentence)


def _lists_shares(sentence: Sentence) -> bool:
    """ "Led with 23%, followed by Xiaomi (22%)": percentages of as many vendors that fit into one market."""
    percents = [one for one in sentence.amounts if one.percent]
    vendors = {name.slug for name in sentence.sorted_names(Sort.VENDOR)}
    return (
        1 < len(percents) <= len(vendors)
        and sum(one.value for one in percents) <= 100
        and not any(one.signed for one in percents)
        and "followed by" in sentence.text.lower()
        and not sentence.cues.any(
            0, len(sentence.tokens), "up", "down", "yearly", "quarterly", "parts", "not_smart", "money", "gadgets"
        )
    )


def percentage_at(sentence: Sentence, at: int, context: Context) -> Measure | None:
    """A share or growth, where that is what a percentage tells."""
    amount = sentence.amounts[at]
    cues = sentence.cues
    left, right = window_around(sentence, at)
    if (
        cues.at(amount.stop, "points")
        or cues.at(amount.stop - 1, "points")
        or (sentence.lower(amount.stop) == "-" and cues.begins(amount.stop + 1, "points"))
    ):
        return None
    if is_excluded(sentence, amount) or cues.any(amount.stop, min(right, amount.stop + 6), "compound", "joint"):
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
    if cues.any(*sentence.clause(amount.start), "value_share") or cues.any(0, 9, "value_share"):
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
    moved_from = sentence.lower(amount.stop) in ("down", "up") and sentence.lower(amount.stop + 1) == "from"
    if moved_from and at + 1 < len(sentence.amounts):
        following = sentence.amounts[at + 1]
        if following.percent and following.start - amount.stop <= 3 and _has_share(sentence, context):
            return _share(amount, False)  # "its 34.5 per cent down from 37.9 per cent"
    direction = direction_before(sentence, amount, left)
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
    after = 0 if direction else growth_after(sentence, amount, right) or _grows_alike(sentence, at)
    if after:
        return growth_of(sentence, at, after, context)
    beside = cues.begins(amount.stop, "yearly", "quarterly") or (
        sentence.lower(amount.stop) in ("from", "than", "on", "over")
        and (
            cues.at(amount.stop + 1, "year_before", "same_period", "last_year")
            or cues.at(amount.stop + 2, "year_before", "same_period", "last_year")
        )
    )
    before = sentence.lower(_hard_word(sentence, amount, left))
    if beside and not direction and before != "from":
        start, _ = sentence.clause(amount.start)
        fell = cues.last(start, amount.start, "down") > cues.last(start, amount.start, "up")
        return growth_of(sentence, at, -1 if fell else 1, context)
    if not direction and cues.any(start, amount.start, "growth_rate"):
        slowed = before in ("to", "of", "was", "at", ":") and not compared
        return growth_of(sentence, at, 1, context) if slowed else None
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
        of_market = cues.last(max(comma, amount.start - 14), amount.start, "share")
        if of_market >= 0 and not cues.any(of_market, amount.start, "ship_nouns", "shipped"):
            to_share = sentence.lower(amount.stop) == "to" and at + 1 < len(sentence.amounts)
            if not to_share and cues.any(of_market, of_market + 6, "market"):
                return None  # "its share of the market in Peru rose 75%"
        if cues.any(near, amount.start, "share") and not cues.any(near, amount.start, "ship_nouns"):
            return None  # a share that grew by so much
        share_last = cues.last(start, amount.start, "share")
        to_share = sentence.lower(amount.stop) == "to" or any(
            sentence.lower(after) == "to" for after in range(amount.stop, min(right, amount.stop + 6))
        )
        if share_last > cues.last(start, amount.start, "ship_nouns", "shipped") and (
            to_share and at + 1 < len(sentence.amounts) and sentence.amounts[at + 1].percent
        ):
            return None  # "its share fell, down 0.4% to 11.4%"
        return growth_of(sentence, at, direction, context)
    labelled = (
        sentence.lower(amount.start - 1 - bool(amount.signed)) == ":"
        and cues.any(max(0, amount.start - 8), amount.start, "yearly")
        and any(sentence.lower(near) in ("change", "growth") for near in range(max(0, amount.start - 5), amount.start))
    )
    if labelled:
        return growth_of(sentence, at, amount.signed or 1, context)
    if amount.signed and sentence.lower(amount.start - 2) == "(":
        return growth_of(sentence, at, amount.signed, context)
    if cues.any(max(left, amount.start - 6), amount.start, "share"):
        return _share(amount, compared)
    hard = _hard_word(sentence, amount, left)
    if sentence.lower(hard) in ("contributed", "for") and any(
        sentence.lower(at) in ("which", "that") for at in range(hard - 3, hard)
    ):
        return None  # "models such as the A5s, which contributed 65%"
    opens = sentence.lower(amount.start - 1) == "("
    if cues.at(hard, "strong_holds") and sentence.lower(amount.stop) in small_words("after_held_share"):
        return _share(amount, compared)
    if sentence.lower(hard) in ("was", "is", "were", "are", "be") and _share_before(sentence, hard):
        return _share(amount, compared)
    if (
        sentence.name_at(hard)
        and at
        and not cues.any(0, len(sentence.tokens), "share")
        and cues.any(sentence.amounts[at - 1].start - 3, sentence.amounts[at - 1].start, "down", "up")
    ):
        return None  # "Samsung lost 15 percent, Apple 10 percent"
    stands = sentence.lower(hard) in ("was", "is", "were", "are") and sentence.name_at(hard - 1) is not None
    if (
        stands or sentence.cues.at(hard, "holds") or opens or sentence.name_at(hard) or before in (":", "–", "-", "'s")
    ) and _has_share(sentence, context):
        if opens and sentence.lower(amount.stop) not in (")", ",", "share", "market"):
            return None
        return _share(amount, compared)
    return None


def _grows_alike(sentence: Sentence, at: int) -> int:
    """ "Registering 100% and 259% growth": what the number after an "and" tells is told of this one too."""
    amount, following = sentence.amounts[at], next(iter(sentence.amounts[at + 1 :]), None)
    if following is None or not following.percent or following.start != amount.stop + 1:
        return 0
    if sentence.lower(amount.stop) != "and":
        return 0
    return growth_after(sentence, following, window_around(sentence, at + 1)[1])


def _share(amount: Amount, compared: bool) -> Measure | None:
    return Measure(Metric.MARKET_SHARE, 1, compared) if 0 < amount.value <= 100 else None


def _hard_word(sentence: Sentence, amount: Amount, left: int) -> int:
    """The place of the nearest word before a number that does more than soften it."""
    at = amount.start - 1
    while at > left and sentence.lower(at) in SOFT - {"of", "("}:
        at -= 1
    suffix = at
    while suffix > left and sentence.lower(suffix) in small_words("company_suffixes"):
        suffix -= 1
    return suffix if suffix < at and sentence.name_at(suffix) else at


def _share_after(sentence: Sentence, amount: Amount, right: int) -> bool | None:
    """True where "share" or "of the market" follows a percentage, None where it is a part of something else."""
    cues = sentence.cues
    at = amount.stop
    for _ in range(5):
        if at >= right:
            return False
        if cues.begins(at, "of_market"):
            return True
        if at == amount.stop and sentence.lower(at) == "market" and sentence.lower(at + 1) in ("", ".", ",", "in", ")"):
            return True  # "19.2% market"
        if cues.begins(at, "share"):
            return not _of_something(sentence, cues.begins(at, "share"))
        word = sentence.lower(at)
        if word in ("difference", "gap", "lead", "margin", "stake", "discount"):
            return None
        if word == "of" and sentence.cues.any(at + 1, at + 4, "quarterly", "year_before"):
            return False  # "the 40 percent of the prior quarter"
        if word == "of":
            return True if _of_market(sentence, at) else None
        if word in small_words("before_share") or (sentence.name_at(at) and word != "of"):
            at += 1
            continue
        return False
    return False


def _share_before(sentence: Sentence, at: int) -> bool:
    """ "Its share of the Indian smartphone market" right before a verb."""
    start, _ = sentence.clause(at)
    share = sentence.cues.last(max(start, at - 10), at, "share")
    return share >= 0 and not _of_something(sentence, share) and not sentence.cues.any(share, at, "ship_nouns")


def _of_market(sentence: Sentence, at: int) -> bool:
    """ "of" before a market that is told with more words: "of the archipelago's smartphone market"."""
    stop = at + 1
    for _ in range(7):
        if sentence.cues.begins(stop, "share") and stop > at + 1:
            return True  # "6.55% of the national share"
        if sentence.cues.begins(stop, "market") or sentence.cues.begins(stop, "ship_nouns"):
            return not sentence.cues.any(at, stop + 3, "parts", "not_smart")
        word = sentence.lower(stop)
        name = sentence.name_at(stop)
        if not (word in small_words("describes_market") or (name and name.sort is Sort.REGION)):
            return False
        if word in ("smartphones", "phones", "handsets") and sentence.lower(stop + 1) in ("sold", "shipped", "in"):
            return not any(sentence.lower(at) in small_words("tells_of_phones") for at in range(stop + 2, stop + 8))
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
