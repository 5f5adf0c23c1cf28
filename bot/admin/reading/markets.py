"""Tells where a sentence speaks of the whole market, of groups of vendors, or of strangers."""

from __future__ import annotations

from bot.admin.reading.context import NOBODY, TOTAL_MARKET, Context, Subject
from bot.admin.reading.mentions import Mention, is_place, is_vendor
from bot.admin.reading.names import Sort
from bot.admin.reading.sentence import Sentence
from bot.admin.reading.small_words import small_words

_NOT_SUBJECT = small_words("not_subject")
_MODIFIERS = small_words("modifiers")
_ACTS = small_words("acts")


def group_at(sentence: Sentence, place: int) -> Mention | None:
    stop = sentence.cues.begins(place, "groups")
    if not stop:
        return None
    before = place - 1
    while sentence.lower(before) in ("the", "these", "five", "three", "other"):
        before -= 1
    if sentence.lower(before) in ("were", "are") and any(
        is_vendor(sentence.name_at(at)) for at in range(before - 2, before)
    ):
        return None  # "Samsung, Xiaomi and Oppo were the top three"
    if sentence.lower(before) == "with" and sentence.lower(stop).endswith("ing"):
        return Mention(place, stop, NOBODY)
    if sentence.lower(before) in (
        *_NOT_SUBJECT,
        "out",
        "complete",
        "completed",
        "completing",
        "entered",
        "rounded",
        "join",
        "joined",
        "as",
        "including",
        "between",
        "like",
        "told",
        "outside",
    ):
        return None
    if sentence.lower(stop) in ("and", ",") and is_vendor(sentence.name_at(stop + 1)):
        return None
    if sentence.lower(stop) in small_words("after_no_group"):
        return None
    makers = sentence.cues.begins(stop, "makers") or stop
    owner = makers + (sentence.lower(makers) in ("'", "'s"))
    if sentence.lower(owner) in ("list", "ranking", "rankings", "league", "club"):
        return None
    acts = (
        sentence.cues.any(stop, stop + 2, "shipped", "up", "down", "expected", "led", "flat")
        or sentence.lower(stop) in _ACTS
        or sentence.lower(stop + 1) in _ACTS
    )
    if not acts and sentence.lower(stop) != ":":
        return None
    if sentence.lower(stop) in small_words("after_group_object"):
        return None
    return Mention(place, stop, NOBODY)


def _before_noun(sentence: Sentence, start: int) -> int:
    """The place before a noun and all that only describes it."""
    at = start - 1
    while at >= 0 and (sentence.lower(at) in _MODIFIERS or is_place(sentence, at) or sentence.moment_at(at)):
        at -= 1
    return at


def past_place_and_time(sentence: Sentence, at: int) -> int:
    """The place after all that only tells where and when: beyond "in mainland China in the second quarter"."""
    while True:
        start = at
        if sentence.lower(at) in small_words("before_place_or_time"):
            inner = at + 1
            while sentence.lower(inner) in small_words("inside_place_or_time"):
                inner += 1
            at = inner if is_place(sentence, inner) or sentence.moment_at(inner) else at
        if is_place(sentence, at) or sentence.moment_at(at):
            while is_place(sentence, at) or sentence.moment_at(at) or sentence.lower(at) in ("region", "country"):
                at += 1
        if at == start:
            return at


def _inside_phrase(sentence: Sentence, before: int) -> bool:
    """ "7.9 million units in the highly competitive smartphone market": adjectives, and then a preposition."""
    for at in range(before, max(-1, before - 4), -1):
        word = sentence.lower(at)
        if word in _NOT_SUBJECT:
            return True
        if not word.isalpha() or sentence.tokens[at].capital or sentence.cues.at(at, "said", "up", "down", "shipped"):
            return False
    return False


def market_at(sentence: Sentence, context: Context, place: int) -> Mention | None:
    opening = sentence.cues.begins(place, "overall")
    if opening and sentence.lower(opening + 1) in ("that", "it", "this", "the"):
        opening = 0  # "In total, that's 4.5 million units"
    if (
        opening
        and (sentence.lower(opening) == "," or sentence.amount_at(opening))
        and (place < 2 or sentence.cuts(place - 1) or sentence.lower(place - 1) in (",", "and"))
    ):
        return Mention(place, opening, TOTAL_MARKET)
    ground = sentence.cues.begins(place, "grounds")
    if (
        ground
        and sentence.lower(place - 1) not in ("across", "throughout", "within", "in", "of")
        and (sentence.lower(ground) in small_words("grounds_verbs") or sentence.cues.at(ground, "up", "down"))
    ):
        return Mention(place, ground, TOTAL_MARKET)
    if (
        sentence.lower(place) == "number"
        and sentence.lower(place + 1) == "of"
        and sentence.cues.any(place + 2, place + 4, "smart")
        and sentence.cues.any(place + 3, place + 7, "shipped")
    ):
        return Mention(place, place + 2, TOTAL_MARKET)
    stop = sentence.cues.begins(place, "market")
    if stop and context.feature_phones and {sentence.lower(place - 1), sentence.lower(place)} & {"handset", "mobile"}:
        return None
    stop += bool(stop) and sentence.lower(stop) == "size"
    if stop:
        if sentence.lower(stop) in small_words("after_no_market"):
            return None
        if sentence.lower(stop - 1) in ("decline", "slump", "growth"):
            return (
                Mention(place, stop, TOTAL_MARKET)
                if sentence.lower(place - 1) in ("global", "worldwide", "overall")
                else None
            )
        before = _before_noun(sentence, place)
        word = sentence.lower(before)
        if sentence.lower(before) in small_words("before_caused_market") and sentence.cues.any(
            stop, stop + 8, "up", "down", "yearly"
        ):
            return Mention(place, stop, TOTAL_MARKET)
        if sentence.cues.at(before, "expected") and sentence.lower(stop) in (
            "recovery",
            "rebound",
            "growth",
            "decline",
        ):
            return Mention(place, stop, TOTAL_MARKET)
        if (
            word in _NOT_SUBJECT
            or sentence.cues.at(
                before, "led", "objects", "holds", "first_place", "best", "parts", "launches", "keeps_lead"
            )
            or is_vendor(sentence.name_at(before))
        ):
            return None
        if _inside_phrase(sentence, before):
            return None
        told = past_place_and_time(sentence, stop)
        if sentence.cues.any(stop, stop + 5, "up", "down", "flat", "shipped", "yearly", "expected", "quarterly") or (
            sentence.lower(told) in small_words("market_verbs")
            or (
                told > stop and sentence.cues.any(told, told + 4, "up", "down", "flat", "shipped", "yearly", "expected")
            )
        ):
            return Mention(place, stop, TOTAL_MARKET)
        return None
    moment = sentence.moment_at(place)
    if moment and moment.start == place and moment.days is None and place <= 1:
        after = moment.stop
        while after < moment.stop + 6 and sentence.lower(after) in ("(", "calendar", "year", ")", "of", "the"):
            after += 1
        if sentence.cues.begins(after, "up", "down"):
            return Mention(place, moment.stop, TOTAL_MARKET)  # "The fourth quarter grew by 26%"
    region = sentence.name_at(place)
    if region and region.sort is Sort.REGION and region.start == place and not region.adjective:
        return _region_at(sentence, context, place, region.stop)
    stop = sentence.cues.begins(place, "makers")
    acts = bool(stop) and sentence.cues.any(stop, stop + 3, "shipped")
    if acts and context.feature_phones and {sentence.lower(place - 1), sentence.lower(place)} & {"handset", "mobile"}:
        return Mention(place, stop, NOBODY)
    if stop and sentence.cues.any(stop, stop + 3, "shipped"):
        region = sentence.name_at(place - 1)
        if sentence.lower(place - 1) in small_words("before_makers") or (region and not region.adjective):
            return Mention(place, stop, TOTAL_MARKET)
        return Mention(place, stop, NOBODY)
    return None


def _region_at(sentence: Sentence, context: Context, place: int, stop: int) -> Mention | None:
    """ "Vietnam suffered a 40% drop", "with Argentina seeing 32% growth": a country that stands for its market."""
    before = sentence.lower(place - 1)
    opens = (
        place == 0 or before in (",", "while", "and", "with", "but", "whereas", "by", ";") or sentence.cuts(place - 1)
    )
    if not opens or not context.shipments:
        return None
    if sentence.lower(stop).endswith("ly"):
        stop += 1
    if sentence.lower(stop) in ("markets", "market"):
        stop += 1
        if not sentence.cues.any(stop, stop + 3, "up", "down"):
            return None
    followed = (
        before == "by" and sentence.lower(place - 2) == "followed" and sentence.lower(stop) in ("with", "at", "(")
    )
    acts = sentence.lower(stop) in small_words("region_verbs") or bool(sentence.cues.begins(stop, "down", "up"))
    if (acts or sentence.lower(stop).endswith("ed")) and sentence.cues.any(stop, stop + 9, "up", "down", "shipped"):
        return Mention(place, stop, TOTAL_MARKET)
    led = sentence.lower(stop) in ("led", "leads") and sentence.cues.any(stop, stop + 8, "up", "down")
    return Mention(place, stop, TOTAL_MARKET) if acts or led or followed else None


def shipments_at(sentence: Sentence, context: Context, place: int, found: list[Mention]) -> Mention | None:
    """ "Smartphone shipments in India" stand for the whole market, unless a vendor owns them."""
    stop = sentence.cues.begins(place, "ship_nouns")
    if not stop or (
        sentence.lower(place + 1) in ("volume", "manager", "director", "channels", "channel") and stop == place + 1
    ):
        return None
    before = _before_noun(sentence, place)
    if sentence.lower(before) == "of" and sentence.lower(before - 1) in ("number", "volume", "total", "amount"):
        before = _before_noun(sentence, before - 1)
    own = sentence.name_at(before)
    modifiers = range(before + 1, place)
    if own and own.sort in (Sort.VENDOR, Sort.PRODUCT, Sort.ANALYST):
        return None
    if sentence.lower(before) in ("its", "their", "his", "our", "whose", "company"):
        return None
    if sentence.cues.at(before, "parts", "not_smart", "groups"):
        return Mention(place, stop, NOBODY)
    said = [sentence.lower(at) for at in modifiers]
    if (
        (context.feature_phones or context.smartphones)
        and ("mobile" in said or ("handset" in said and context.feature_phones))
        and "smartphone" not in said
    ):
        return Mention(place, stop, NOBODY)
    if (
        context.feature_phones
        and sentence.cues.any(0, len(sentence.tokens), "any_phones")
        and not sentence.cues.any(0, len(sentence.tokens), "smart")
    ):
        return Mention(place, stop, NOBODY)
    if (
        sentence.lower(stop) == "of"
        and not sentence.cues.begins(stop + 1, "smart", "phones")
        and not is_vendor(sentence.name_at(stop + 1))
        and not _counts(sentence, stop + 1)
        and not _of_whole_market(sentence, stop + 1)
    ):
        return Mention(place, stop, NOBODY)
    for at in range(stop, stop + 4):  # shipments of smartphones by Xiaomi
        if sentence.lower(at) in ("of", "by", "from", "for") and is_vendor(sentence.name_at(at + 1)):
            return None
    word = sentence.lower(before)
    of_phones = sentence.lower(stop) == "of" and bool(sentence.cues.begins(stop + 1, "smart"))
    vendor_before = bool(found) and bool(found[-1].subject.vendors) and not found[-1].object
    if vendor_before and sentence.cues.at(before, "said") and word not in ("as",):
        return None
    whole_market = bool({"total", "overall", "global", "worldwide"} & set(said))
    if whole_market and word == "with":
        own_sales = vendor_before and not any(sentence.cuts(at) for at in range(found[-1].stop, before))
        return None if own_sales else Mention(place, stop, TOTAL_MARKET)
    every_phone = {"handset", "mobile"} & set(said) and {"total", "all", "overall"} & set(said)
    if every_phone and sentence.cues.any(0, len(sentence.tokens), "smart"):
        return Mention(place, stop, NOBODY)
    if (
        before >= 0
        and (
            word in _NOT_SUBJECT - {"on"}
            or sentence.cues.at(before, "up", "down", "holds", "compares", "money", "objects")
        )
        and word not in ("as", "that")
    ):
        return None
    own_figures = context.own_results and not {"global", "worldwide", "industry", "market"} & set(said)
    if own_figures and before < 0 and not found and not any(name.sort is Sort.REGION for name in sentence.names):
        return Mention(place, stop, Subject((context.own_results,)))
    scoped = (
        of_phones
        or any(sentence.lower(at) in small_words("scopes") or is_place(sentence, at) for at in modifiers)
        or (
            any(name.sort is Sort.REGION for name in sentence.names)
            and not any(is_vendor(name) for name in sentence.names)
        )
    )
    opens = before < 0 or word in small_words("opens_statement")
    if not opens:
        return None
    if (
        vendor_before
        and word in ("as", "while", "when")
        and context.earnings
        and not any(name.sort is Sort.REGION for name in sentence.names)
    ):
        return None
    if (
        vendor_before
        and word in ("and", ",", "with", "(", "saw")
        and not (
            of_phones
            or any(
                sentence.lower(at) in ("global", "worldwide", "overall", "total", "industry", "market")
                for at in modifiers
            )
        )
    ):
        return None  # "Xiaomi led, with shipments up 8%"
    if not scoped and sentence.lower(before) == "with" and sentence.cues.at(before - 1, "makers"):
        return Mention(place, stop, NOBODY)
    if not scoped:
        unsaid = context.subject is None and before < 0 and context.analysts and context.headline_vendor is None
        who = TOTAL_MARKET if unsaid else context.subject
        return Mention(place, stop, who) if who and not found else None
    return Mention(place, stop, TOTAL_MARKET)


def _of_whole_market(sentence: Sentence, at: int) -> bool:
    """ "Shipments of China's smartphone market", "of the global market": what follows "of"."""
    for place in range(at, at + 5):
        if sentence.cues.begins(place, "market"):
            return True
        if sentence.lower(place) not in _MODIFIERS and not is_place(sentence, place):
            return False
    return False


def _counts(sentence: Sentence, at: int) -> bool:
    """True where a number comes next: "shipments of over 54.2 million"."""
    return any(sentence.amount_at(place) for place in range(at, at + 4))


def stranger_at(sentence: Sentence, context: Context, place: int) -> Mention | None:
    """A name that the store does not know, right before a verb of selling."""
    token = sentence.tokens[place]
    if (
        not token.capital
        or token.number
        or not token.text.isalpha()
        or sentence.moment_at(place)
        or sentence.cues.at(place, "makers", "maker", "market", "said", "phones", "respectively")
    ):
        return None
    if token.lower in context.lexicon.ordinary and place == 0:
        return None
    following = sentence.lower(place + 1)
    opens = place == 0 or sentence.lower(place - 1) in (",", "while", "as", "and")
    if opens and following in small_words("stranger_verbs") and token.lower not in context.lexicon.ordinary:
        return Mention(place, place + 1, NOBODY)
    if following in ("shipped", "sold", "ships", "sells") and token.lower not in small_words("no_strangers"):
        return Mention(place, place + 1, NOBODY)
    return None
