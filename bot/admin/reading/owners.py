"""Tells whom each figure of a sentence belongs to."""

from __future__ import annotations

from bot.admin.reading.context import TOTAL_MARKET, Context, Subject
from bot.admin.reading.mentions import Mention
from bot.admin.reading.names import Sort
from bot.admin.reading.sentence import Sentence
from bot.admin.reading.small_words import small_words

_OPENING = small_words("opening")
_GLUE = small_words("glue")


def subject_at(sentence: Sentence, mentions: list[Mention], start: int, stop: int, context: Context) -> Subject | None:
    """Whom the figure at the tokens from `start` up to `stop` is about; None where the sentence does not tell."""
    beside = mention_beside(sentence, mentions, start, stop)
    if beside:
        return beside.subject
    if _is_passive(sentence, mentions, start, stop) or (
        sentence.lower(start - 1) == "of" and sentence.lower(start - 2) == "out"
    ):
        return TOTAL_MARKET
    before = [one for one in mentions if one.start < start and not one.object]
    if not before:
        for at in range(stop, min(len(sentence.tokens), stop + 6)):
            if sentence.lower(at) in ("taken", "held", "occupied") and sentence.lower(at + 1) == "by":
                holder = next((one for one in mentions if at < one.start <= at + 6 and one.subject.vendors), None)
                return holder.subject if holder else None
    if before:
        return before[-1].subject
    compared = [one for one in mentions if one.start < start]
    following = next((one for one in mentions if one.start >= stop and not one.object), None)
    opening = next((token.lower for token in sentence.tokens if token.text[0].isalnum()), "")
    if (
        following
        and (opening in _OPENING or sentence.amount_at(0))
        and any(sentence.lower(at) == "," for at in range(stop, following.start))
    ) and not any(amount.start > stop and amount.start < following.start and False for amount in sentence.amounts):
        return following.subject
    if len(compared) == 1 and compared[0].subject.vendors and sentence.lower(compared[0].start - 1) == "for":
        only = {name.slug for name in sentence.names if name.sort in (Sort.VENDOR, Sort.PRODUCT)}
        return compared[0].subject if len(only) == 1 and compared[0].start < 5 else None
    if compared:
        return None
    start_of = sentence.cues.begins(0, "overall") + 1 if sentence.cues.begins(0, "overall") else 0
    refers = sentence.lower(start_of) in ("this", "that") and sentence.lower(start_of + 1) in small_words("refers")
    if not mentions and context.item_vendor and not any(name.sort is Sort.ANALYST for name in sentence.names):
        return Subject((context.item_vendor,))
    if (
        not mentions
        and context.subject == TOTAL_MARKET
        and not any(name.sort in (Sort.VENDOR, Sort.PRODUCT) for name in sentence.names)
        and any(sentence.lower(at) in small_words("reports_on") for at in range(4))
    ):
        return TOTAL_MARKET
    return context.subject if refers or _is_fragment(sentence, mentions) else None


def mention_beside(sentence: Sentence, mentions: list[Mention], start: int, stop: int) -> Mention | None:
    """The mention that a figure directly belongs to: "Xiaomi (22%)", "41 million units for Apple"."""
    return _after(sentence, mentions, start, stop) or _right_before(sentence, mentions, start)


def _is_passive(sentence: Sentence, mentions: list[Mention], start: int, stop: int) -> bool:
    """ "Where some 30.5 million smartphones were sold", "40 million smartphones shipped to India": all vendors'."""
    if (
        sentence.cues.any(start - 4, start, "buys")
        and not any(one.start < start and one.subject.vendors for one in mentions)
        and sentence.cues.any(stop, stop + 2, "phones")
    ):
        return True
    at = stop
    while sentence.cues.at(at, "phones", "smart") or sentence.lower(at) in small_words("before_passive"):
        at += 1
    if (
        at == stop
        or sentence.lower(at) not in small_words("passive_verbs")
        or not sentence.cues.any(stop, at, "phones", "smart")
    ):
        return False
    if any(sentence.lower(place) == "by" for place in range(at, at + 3)):
        return False
    if any(one.start < start and not one.object and one.subject.nobody for one in mentions):
        return False
    placed = any(
        name.sort is Sort.REGION and at < name.start <= at + 4 for name in sentence.names
    ) or sentence.cues.any(at, at + 4, "world", "there", "main_period", "same_period")
    placed = placed or any(at < one.start <= at + 4 for one in sentence.moments)
    vendors = [one for one in mentions if one.start < start and one.subject.vendors and not one.object]
    opened = any(sentence.lower(place) in ("where", "when") for place in range(max(0, start - 4), start))
    return (placed and (not vendors or opened)) or (opened and not sentence.lower(at - 1).startswith("'"))


def _is_fragment(sentence: Sentence, mentions: list[Mention]) -> bool:
    """True where a sentence leaves out whom it is about: "Up 31% to 190 million."."""
    opening = next((at for at, token in enumerate(sentence.tokens) if token.text[0].isalnum()), 0)
    first = sentence.amounts[0].start if sentence.amounts else len(sentence.tokens)
    stranger = (
        sentence.tokens[opening].capital
        and not sentence.cues.at(opening, "up", "down", "shipped", "share")
        and not sentence.moment_at(opening)
        and sentence.lower(opening + 1) == ","
    )
    if stranger:
        return False
    labelled = any(sentence.lower(at) == ":" for at in range(opening, first)) and not sentence.names
    return (first - opening <= 4 or labelled) and not mentions


def _right_before(sentence: Sentence, mentions: list[Mention], start: int) -> Mention | None:
    for one in reversed(mentions):
        if one.stop <= start:
            glue = range(one.stop, start)
            if len(glue) <= 6 and all(
                sentence.lower(at) in _GLUE or sentence.cues.at(at, "share", "ship_nouns") or sentence.moment_at(at)
                for at in glue
            ):
                if one.taken_over and sentence.lower(one.stop) not in ("'s", "("):
                    continue
                if one.object and not glue:
                    continue
                if one.object and sentence.lower(one.stop) not in small_words("after_object"):
                    continue
                return one
            return None
    return None


def _after(sentence: Sentence, mentions: list[Mention], start: int, stop: int) -> Mention | None:
    """ "41.3 million units for Apple", "45.5 million handsets shipped by Apple", "41 million iPhones"."""
    at = stop
    scope = _whole_market_after(sentence, start, stop)
    if scope:
        return scope
    for _ in range(6):
        one = next((mention for mention in mentions if mention.start == at and mention.listed), None)
        if one and (
            at == stop
            or sentence.lower(at - 1) in ("for", "by", "from", "that")
            or sentence.cues.begins(one.stop, "phones")
        ):
            direct = at == stop or sentence.lower(at - 1) not in ("for", "by", "from", "that")
            if direct and sentence.lower(at - 1) in (",", "and", "(", "to", "while", "in"):
                return None
            ends = sentence.lower(one.stop) in ("", ".", ",", ";") and sentence.lower(stop - 1) in (
                "%",
                "percent",
                "cent",
            )
            if (
                direct
                and not ends
                and one.subject.vendors != ("apple",)
                and any(other.start < stop and not other.object and other.subject.vendors for other in mentions)
            ):
                return None
            if sentence.lower(at - 1) == "that" and not sentence.cues.begins(one.stop, "shipped"):
                return None
            return one
        word = sentence.lower(at)
        if not (word in small_words("between_number_and_vendor") or sentence.cues.at(at, "phones", "shipped", "smart")):
            return None
        at += 1
    return None


def _whole_market_after(sentence: Sentence, start: int, stop: int) -> Mention | None:
    """ "A 1.8% decline in overall sales" is the market's."""
    if sentence.cues.at(start - 1, "up") or sentence.lower(start - 1) in ("of", "just", "only"):
        for at in range(start - 1, max(-1, start - 6), -1):
            if sentence.lower(at) == "industry" and sentence.cues.any(at + 1, at + 3, "up", "down"):
                return Mention(at, at + 1, TOTAL_MARKET)  # "an overall industry growth rate of just 2%"
    at = stop
    while sentence.cues.at(at, "up", "down", "yearly") and at < stop + 5:
        at += 1
    if at > stop and sentence.lower(at) == "in":
        whole = sentence.lower(at + 1) in ("overall", "global", "total", "worldwide", "industry")
        nobody = not any(name.sort in (Sort.VENDOR, Sort.PRODUCT) for name in sentence.names) and sentence.lower(
            at + 1
        ) in ("smartphone", "shipments", "unit", "handset", "phone")
        if (whole or nobody) and sentence.cues.any(at + 1, at + 4, "ship_nouns"):
            return Mention(at, at + 1, TOTAL_MARKET)
    return None
