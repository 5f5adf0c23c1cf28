"""Tells whom each part of a sentence is about: vendors, the whole market, or somebody else."""

from __future__ import annotations

import itertools
from dataclasses import replace

from bot.admin.reading.context import NOBODY, Context, Subject
from bot.admin.reading.markets import group_at, market_at, shipments_at, stranger_at
from bot.admin.reading.mentions import Mention, is_vendor
from bot.admin.reading.names import Name, Sort
from bot.admin.reading.pronouns import pronoun_at
from bot.admin.reading.sentence import Sentence
from bot.admin.reading.small_words import small_words

_AND = {",", "and", "&", "or", "plus", "both"}
_TAKING_OVER = small_words("taking_over")
_SKIPPED = small_words("skipped")
_ORDINALS = {"second", "third", "fourth", "fifth", "sixth", "seventh"}


def find_mentions(sentence: Sentence, context: Context) -> list[Mention]:
    """Every mention of a subject in a sentence, in order, pronouns resolved by what came before."""
    found: list[Mention] = []
    named: list[str] = []
    place = 0
    while place < len(sentence.tokens):
        mention = _mention(sentence, context, place, found, named)
        if mention:
            found.append(mention)
            named += [slug for slug in mention.subject.vendors if not mention.object]
            place = max(mention.stop, place + 1)
        else:
            name = sentence.name_at(place)
            if name and name.sort is Sort.PRODUCT and name.start == place:
                named.append(name.slug)
            place += 1
    return [_outside_brackets(sentence, one) for one in found]


def _outside_brackets(sentence: Sentence, mention: Mention) -> Mention:
    """ "Microsoft (which makes Nokia's Lumia)": what stands in brackets with no number is nobody's subject."""
    opening = next((at for at in range(mention.start - 1, -1, -1) if sentence.lower(at) in ("(", ")")), -1)
    if opening < 0 or sentence.lower(opening) == ")" or mention.object:
        return mention
    closing = next((at for at in range(mention.stop, len(sentence.tokens)) if sentence.lower(at) == ")"), -1)
    if closing < 0 or any(opening < one.start < closing for one in sentence.amounts):
        return mention
    return replace(mention, object=True)


def _mention(
    sentence: Sentence, context: Context, place: int, found: list[Mention], named: list[str]
) -> Mention | None:
    name = sentence.name_at(place)
    if name and name.start == place:
        if name.sort is Sort.VENDOR:
            if sentence.lower(name.stop) == "-" and sentence.lower(name.stop + 1) == "owned":
                return None  # "Lenovo-owned Motorola"
            return _vendors(sentence, context, name, found)
        if name.sort is Sort.PRODUCT:
            return _product(sentence, name)
    pronoun = pronoun_at(sentence, context, place, found, named)
    if pronoun:
        return pronoun
    if name and name.sort is not Sort.REGION:
        return None
    if name:
        return market_at(sentence, context, place)
    opened = all(sentence.lower(at) in small_words("before_carried_share") for at in range(place))
    if (
        not found
        and place <= 4
        and opened
        and sentence.cues.begins(place, "share")
        and context.subject
        and context.subject.vendors
    ):
        return Mention(place, place + 1, context.subject)
    return (
        group_at(sentence, place)
        or market_at(sentence, context, place)
        or shipments_at(sentence, context, place, found)
        or stranger_at(sentence, context, place)
    )


def _vendors(sentence: Sentence, context: Context, first: Name, found: list[Mention]) -> Mention | None:
    """A vendor, or several in a row: "Oppo and Vivo", "Samsung, Apple and Huawei (including Honor)"."""
    counted = sentence.amount_at(first.start - 1) and sentence.cues.begins(first.stop, "phones")
    if counted and any(one.subject.vendors and not one.object for one in found):
        return None  # "HMD shipped 1.2 million Nokia phones"
    listed = [first]
    stop = first.stop
    while True:
        following = _next_in_list(sentence, stop)
        if following is None:
            break
        listed.append(following)
        stop = following.stop
    slugs = tuple(dict.fromkeys(context.renamed.get(name.slug, name.slug) for name in listed))
    if _is_brand_of(sentence, context, first, found) and all(
        _is_brand_of(sentence, context, name, found) for name in listed
    ):
        return None
    is_object, taken_over = _is_object(sentence, first)
    if is_object and (
        sentence.lower(stop) in ("which", "who")
        or (sentence.lower(stop) == "," and sentence.lower(stop + 1) in ("which", "who", "whose"))
    ):
        is_object = taken_over = False
    return Mention(first.start, stop, Subject(slugs), is_object, taken_over, True, tuple(listed))


def _next_in_list(sentence: Sentence, stop: int) -> Name | None:
    at = _past_brackets(sentence, stop)
    joined = False
    first = at
    while sentence.lower(at) in _AND or (
        joined
        and (
            sentence.lower(at) in ("the", "then", "its", "-", "placed", "ranked")
            or (sentence.lower(at) in _ORDINALS and sentence.lower(at + 1) == "-")
        )
    ):
        joined = joined or sentence.lower(at) in _AND
        at += 1
    name = sentence.name_at(at)
    if not joined or name is None or name.sort is not Sort.VENDOR or name.start != at:
        return None
    if all(sentence.lower(place) == "," for place in range(first, at)) and not _list_goes_on(sentence, name):
        return None  # "behind Apple, Samsung shipped ..."
    return name


def _list_goes_on(sentence: Sentence, name: Name) -> bool:
    """True where more of the list, or its "and", follows a vendor after a comma; "A, B, C lead" is a list."""
    names = sentence.sorted_names(Sort.VENDOR)
    run = [one for one in names if one.start >= name.start or one.stop == name.start - 1]
    if len(run) >= 3 and all(
        first.stop + 1 == second.start and sentence.lower(first.stop) == ","
        for first, second in itertools.pairwise(run)
    ):
        return True
    before = next((one for one in names if one.stop + 1 == name.start), None)
    earlier = next((one for one in names if before and one.stop + 1 == before.start), None)
    if before and earlier and sentence.lower(before.stop) == "," and sentence.lower(earlier.stop) == ",":
        return True
    at = _past_brackets(sentence, name.stop)
    steps = 0
    while steps < 12:
        if sentence.lower(at) in ("and", "&", "or"):
            following = sentence.name_at(at + 1)
            return following is not None and following.sort is Sort.VENDOR
        following = sentence.name_at(at + 1)
        if sentence.lower(at) != "," or following is None or following.sort is not Sort.VENDOR:
            return sentence.lower(at) == "," and sentence.lower(at + 1) == "and" and is_vendor(sentence.name_at(at + 2))
        at = _past_brackets(sentence, following.stop)
        steps += 1
    return False


def _past_brackets(sentence: Sentence, at: int) -> int:
    """Beyond "(including Honor)" or "(小米)", where no number stands in it."""
    if sentence.lower(at) != "(":
        return at
    for stop in range(at + 1, min(at + 14, len(sentence.tokens))):
        if sentence.amount_at(stop):
            return at
        if sentence.lower(stop) == ")":
            return stop + 1
    return at


def _is_brand_of(sentence: Sentence, context: Context, name: Name, found: list[Mention]) -> bool:
    """ "Its Honor sub-brand", said of Huawei: part of the vendor, not another one."""
    parent = (
        context.lexicon.catalogue.vendors[name.slug].parent if name.slug in context.lexicon.catalogue.vendors else None
    )
    if sentence.lower(name.start - 1) == "owned":
        return False
    earlier = {one.slug for one in sentence.sorted_names(Sort.VENDOR) if one.start < name.start}
    if (
        parent in earlier
        and sentence.lower(name.start - 1) in ("brand", "sub-brand", "subsidiary", "unit")
        and name.start <= 6
    ):
        return False  # "Huawei sub-brand Honor reported"
    if (
        parent
        and parent in earlier
        and not sentence.amount_at(name.stop)
        and sentence.lower(name.stop) not in ("'s", "with", "at", "had")
    ):
        return True
    current = found[-1].subject.vendors if found else ()
    before = {sentence.lower(name.start - 1), sentence.lower(name.start - 2)}
    return bool(
        parent
        and parent in current
        and (
            before & small_words("before_brand")
            or sentence.lower(name.stop) in ("sub", "brand", "sub-brand", "phones", "series")
        )
    )


def _is_object(sentence: Sentence, name: Name) -> tuple[bool, bool]:
    """Whether a vendor is only compared with ("ahead of Apple"), and whether it is the one taken over."""
    at = name.start - 1
    steps = 0
    while at >= 0 and steps < 6:
        cue = sentence.cues.at(at, "objects")
        if cue:
            word = sentence.lower(cue[0])
            if word in ("of", "from", "by") and sentence.cues.at(cue[0] - 1, "ship_nouns", "share", "phones"):
                return False, False
            if word == "of" and sentence.lower(cue[0] - 1) in ("that", "those"):
                return False, False  # "that of Oppo dropped"
            if word == "of" and sentence.lower(cue[0] - 1) in ("owner", "maker", "parent", "creator", "manufacturer"):
                return False, False  # "the owner of the iPhone"
            if word in ("after", "over") and sentence.cues.at(name.stop, "up", "down", "shipped"):
                return False, False  # "after Apple increased its sales"
            if word == "followed" and sentence.lower(cue[0] + 1) == "by":
                return False, False
            if word in ("to", "of", "near", "than") and sentence.lower(name.stop) in ("'s",) and word == "of":
                return False, False
            if (
                word in ("followed", "target", "challenge", "pass", "like", "past")
                and cue[1] - cue[0] == 1
                and word not in ("like", "past", "challenge")
            ):
                return False, False
            return True, word in _TAKING_OVER
        if sentence.cues.at(at, "introduces"):
            return False, False
        word = sentence.lower(at)
        region = sentence.name_at(at)
        if word not in _SKIPPED and not (region and (region.adjective or region.sort is Sort.REGION)) and word != "'s":
            break
        at, steps = at - 1, steps + 1
    before = sentence.lower(name.start - 1)
    if before in ("a", "an") and sentence.lower(name.stop) in ("brand", "subsidiary", "company", "unit"):
        return True, False  # "Tecno, a Transsion brand, grew"
    if before == "as" and sentence.lower(name.stop) in ("did", "does", "has", "had"):
        return True, False
    if before == "with" and (
        sentence.lower(name.stop).endswith("ing")
        or sentence.cues.at(name.stop, "up", "down", "shipped")
        or sentence.lower(name.stop) in ("in", "on", "at")
    ):
        return False, False
    if before in small_words("object_prepositions") and not (before == "for" and name.start == 1):
        return True, False
    return False, False


def _product(sentence: Sentence, name: Name) -> Mention | None:
    """A model that itself sells: its figures are not its maker's."""
    before = sentence.lower(name.start - 1)
    if before in small_words("before_product_object") and sentence.lower(name.start - 2) in small_words(
        "before_the_product"
    ):
        return None
    if before in small_words("before_product_itself"):
        return None
    stop = name.stop
    if name.start <= 1 and not any(sentence.lower(at) == "its" for at in range(stop, stop + 8)):
        return Mention(name.start, stop, NOBODY)
    if sentence.cues.any(stop, stop + 4, "shipped", "up", "down", "holds", "cumulative") or sentence.lower(stop) in (
        "alone",
        "series",
        "family",
        "was",
        "is",
        "became",
    ):
        if any(sentence.lower(at) in ("its", ",") for at in range(stop, stop + 3)):
            return None
        return Mention(name.start, stop, NOBODY)
    return None
