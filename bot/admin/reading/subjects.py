"""Tells whom each part of a sentence is about: vendors, the whole market, or somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.admin.reading.context import NOBODY, TOTAL_MARKET, Context, Subject
from bot.admin.reading.names import Name, Sort
from bot.admin.reading.sentence import Sentence
from bot.admin.reading.small_words import small_words

_AND = {",", "and", "&", "or", "plus", "both"}
_NOT_SUBJECT = small_words("subjects", "not_subject")
_OPENING = small_words("subjects", "opening")
_GLUE = small_words("subjects", "glue")
_TAKING_OVER = small_words("subjects", "taking_over")
_SKIPPED = small_words("subjects", "skipped")
_MODIFIERS = small_words("subjects", "modifiers")


@dataclass(frozen=True)
class Mention:
    """A subject that comes up at the tokens from `start` up to `stop`; `object` where it is only compared with, and
    `taken_over` where it lost its place to another; `named` for a name or pronoun, whose names are `listed`."""

    start: int
    stop: int
    subject: Subject
    object: bool = False
    taken_over: bool = False
    named: bool = False
    listed: tuple[Name, ...] = ()


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
    return found


def _mention(
    sentence: Sentence, context: Context, place: int, found: list[Mention], named: list[str]
) -> Mention | None:
    name = sentence.name_at(place)
    if name and name.start == place:
        if name.sort is Sort.VENDOR:
            return _vendors(sentence, context, name, found)
        if name.sort is Sort.PRODUCT:
            return _product(sentence, name)
    pronoun = _pronoun(sentence, context, place, found, named)
    if pronoun:
        return pronoun
    if name:
        return None
    opened = all(sentence.lower(at) in small_words("subjects", "before_carried_share") for at in range(place))
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
        _group(sentence, place)
        or _market(sentence, context, place)
        or _shipments(sentence, context, place, found)
        or _stranger(sentence, context, place)
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
    """After a comma a vendor belongs to the list only where more of it, or its "and", follows; "A, B, C lead" is one."""
    names = sentence.sorted_names(Sort.VENDOR)
    run = [one for one in names if one.start >= name.start or one.stop == name.start - 1]
    if len(run) >= 3 and all(
        first.stop + 1 == second.start and sentence.lower(first.stop) == ","
        for first, second in zip(run[:2], run[1:3], strict=True)
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
            return (
                sentence.lower(at) == "," and sentence.lower(at + 1) == "and" and _is_vendor(sentence.name_at(at + 2))
            )
        at = _past_brackets(sentence, following.stop)
        steps += 1
    return False


def _is_vendor(name: Name | None) -> bool:
    return name is not None and name.sort is Sort.VENDOR


def _past_brackets(sentence: Sentence, at: int) -> int:
    """Beyond "(including Honor)" or "(小米)", where no number stands in it."""
    if sentence.lower(at) != "(":
        return at
    for stop in range(at + 1, min(at + 8, len(sentence.tokens))):
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
            before & small_words("subjects", "before_brand")
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
    if before == "as" and sentence.lower(name.stop) in ("did", "does", "has", "had"):
        return True, False
    if before == "with" and (
        sentence.lower(name.stop).endswith("ing")
        or sentence.cues.at(name.stop, "up", "down", "shipped")
        or sentence.lower(name.stop) in ("in", "on", "at")
    ):
        return False, False
    if before in small_words("subjects", "object_prepositions") and not (before == "for" and name.start == 1):
        return True, False
    return False, False


def _product(sentence: Sentence, name: Name) -> Mention | None:
    """A model that itself sells: its figures are not its maker's."""
    before = sentence.lower(name.start - 1)
    if before in small_words("subjects", "before_product_object") and sentence.lower(name.start - 2) in small_words(
        "subjects", "before_the_product"
    ):
        return None
    if before in small_words("subjects", "before_product_itself"):
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


def _pronoun(
    sentence: Sentence, context: Context, place: int, found: list[Mention], named: list[str]
) -> Mention | None:
    """ "It", "the company", "the Korean firm", "the iPhone maker"."""
    stop = sentence.cues.begins(place, "company")
    country: str | None = None
    if not stop:
        described = _described(sentence, context, place)
        if described:
            stop, country = described
    if sentence.cues.begins(place, "ours") and context.own_word and sentence.lower(place) != "us":
        current = found[-1].subject if found else None
        return (
            Mention(place, place + 1, Subject((context.own_word,)), named=True)
            if current is None or current.nobody
            else None
        )
    if stop and sentence.lower(place - 1) == "to" and sentence.lower(place - 2) == "according":
        return None
    if stop:
        if context.analyst_spoke and not found and not country:
            return Mention(place, stop, NOBODY)
        own = [slug for slug in named if country is None or _country(context, slug) == country]
        vendor = own[-1] if own else context.last_vendor(country)
        return (
            Mention(place, stop, Subject((vendor,)), named=True)
            if vendor
            else (Mention(place, stop, NOBODY) if country else None)
        )
    if (
        sentence.lower(place) == "they"
        and not found
        and context.subject is not None
        and (context.subject.nobody or len(context.subject.vendors) == 1)
    ):
        return Mention(place, place + 1, context.subject)
    if sentence.lower(place) in ("it", "its") and not sentence.name_at(place):
        current = found[-1] if found else None
        if current and not current.object and not current.subject.nobody:
            return None
        if any(one.subject.total for one in found) and not named:
            return None
        if (
            sentence.lower(place) == "it"
            and sentence.lower(place + 1) in ("is", "was")
            and "that" in (sentence.lower(place + 3), sentence.lower(place + 4))
        ):
            return None
        if named:
            return Mention(place, place + 1, Subject((named[-1],)), named=True)
        analyst = any(name.sort is Sort.ANALYST and name.start < place for name in sentence.names)
        if (
            (analyst or context.analyst_spoke)
            and not found
            and (sentence.lower(place) == "its" or context.analyst_spoke)
        ):
            return None
        if current and current.subject.nobody and not context.vendors:
            return None
        if context.subject and not context.subject.nobody and len(context.subject.vendors) < 2:
            return Mention(place, place + 1, context.subject, named=True)
        vendor = context.last_vendor()
        return Mention(place, place + 1, Subject((vendor,)), named=True) if vendor else None
    return None


def _country(context: Context, vendor: str) -> str | None:
    known = context.lexicon.catalogue.vendors.get(vendor)
    return known.country if known else None


_ACTS = small_words("subjects", "acts")
_ORDINALS = {"second", "third", "fourth", "fifth", "sixth", "seventh"}
_CITIES = {
    "beijing": "CN",
    "shenzhen": "CN",
    "shanghai": "CN",
    "dongguan": "CN",
    "seoul": "KR",
    "suwon": "KR",
    "cupertino": "US",
    "california": "US",
    "gurgaon": "IN",
    "gurugram": "IN",
    "taipei": "TW",
    "espoo": "FI",
    "finnish": "FI",
    "london": "GB",
    "tokyo": "JP",
}


def _described(sentence: Sentence, context: Context, place: int) -> tuple[int, str | None] | None:
    """ "The Chinese smartphone maker", "the Cupertino-based company": where it ends, and the country."""
    if sentence.lower(place) not in ("the", "this"):
        return None
    at = place + 1
    country: str | None = None
    for _ in range(6):
        name = sentence.name_at(at)
        word = sentence.lower(at)
        if name and name.sort is Sort.REGION and country is None:
            known = context.lexicon.catalogue.regions.get(name.slug)
            country = known.iso if known else None
            if country is None:
                return None
            at = name.stop
            continue
        if word in _CITIES and country is None:
            country = _CITIES[word]
            at += 1
            continue
        if word in small_words("subjects", "describes_company"):
            at += 1
            continue
        break
    stop = sentence.cues.begins(at, "maker")
    if not country or not (stop or sentence.cues.at(at - 1, "maker")):
        return None
    stop = stop or at
    if sentence.lower(stop) in ("market", "shipments", "sales") or _is_vendor(sentence.name_at(stop)):
        return None
    return stop, country


def _group(sentence: Sentence, place: int) -> Mention | None:
    stop = sentence.cues.begins(place, "groups")
    if not stop:
        return None
    before = place - 1
    while sentence.lower(before) in ("the", "these", "five", "three", "other"):
        before -= 1
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
    if sentence.lower(stop) in ("and", ",") and _is_vendor(sentence.name_at(stop + 1)):
        return None
    if sentence.lower(stop) in small_words("subjects", "after_no_group"):
        return None
    acts = (
        sentence.cues.any(stop, stop + 2, "shipped", "up", "down", "expected", "led", "flat")
        or sentence.lower(stop) in _ACTS
        or sentence.lower(stop + 1) in _ACTS
    )
    if not acts and sentence.lower(stop) != ":":
        return None
    if sentence.lower(stop) in small_words("subjects", "after_group_object"):
        return None
    return Mention(place, stop, NOBODY)


def _before_noun(sentence: Sentence, start: int) -> int:
    """The place before a noun and all that only describes it."""
    at = start - 1
    while at >= 0 and (sentence.lower(at) in _MODIFIERS or _is_place(sentence, at) or sentence.moment_at(at)):
        at -= 1
    return at


def _is_place(sentence: Sentence, at: int) -> bool:
    name = sentence.name_at(at)
    return name is not None and name.sort is Sort.REGION


def _market(sentence: Sentence, context: Context, place: int) -> Mention | None:
    opening = sentence.cues.begins(place, "overall")
    if (
        opening
        and (sentence.lower(opening) == "," or sentence.amount_at(opening))
        and (place < 2 or sentence.cuts(place - 1) or sentence.lower(place - 1) in (",", "and"))
    ):
        return Mention(place, opening, TOTAL_MARKET)
    ground = sentence.cues.begins(place, "grounds")
    if ground and (
        sentence.lower(ground) in small_words("subjects", "grounds_verbs") or sentence.cues.at(ground, "up", "down")
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
    if stop:
        if sentence.lower(stop) in small_words("subjects", "after_no_market"):
            return None
        if sentence.lower(stop - 1) in ("decline", "slump", "growth"):
            return (
                Mention(place, stop, TOTAL_MARKET)
                if sentence.lower(place - 1) in ("global", "worldwide", "overall")
                else None
            )
        before = _before_noun(sentence, place)
        word = sentence.lower(before)
        if (
            word in _NOT_SUBJECT
            or sentence.cues.at(
                before, "led", "objects", "holds", "first_place", "best", "parts", "launches", "keeps_lead"
            )
            or _is_vendor(sentence.name_at(before))
        ):
            return None
        if sentence.cues.any(
            stop, stop + 5, "up", "down", "flat", "shipped", "yearly", "expected", "quarterly"
        ) or sentence.lower(stop) in small_words("subjects", "market_verbs"):
            return Mention(place, stop, TOTAL_MARKET)
        return None
    stop = sentence.cues.begins(place, "makers")
    acts = bool(stop) and sentence.cues.any(stop, stop + 3, "shipped")
    if acts and context.feature_phones and {sentence.lower(place - 1), sentence.lower(place)} & {"handset", "mobile"}:
        return Mention(place, stop, NOBODY)
    if stop and sentence.cues.any(stop, stop + 3, "shipped"):
        before = sentence.lower(place - 1)
        region = sentence.name_at(place - 1)
        if before in small_words("subjects", "before_makers") or (region and not region.adjective):
            return Mention(place, stop, TOTAL_MARKET)
        return Mention(place, stop, NOBODY)
    return None


def _shipments(sentence: Sentence, context: Context, place: int, found: list[Mention]) -> Mention | None:
    """ "Smartphone shipments in India" stand for the whole market, unless a vendor owns them."""
    stop = sentence.cues.begins(place, "ship_nouns")
    if (
        not stop
        or (sentence.lower(place + 1) in ("volume", "manager", "director", "channels", "channel")
        and stop == place + 1)
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
        and not _is_vendor(sentence.name_at(stop + 1))
        and not _counts(sentence, stop + 1)
    ):
        return Mention(place, stop, NOBODY)
    for at in range(stop, stop + 4):  # shipments of smartphones by Xiaomi
        if sentence.lower(at) in ("of", "by", "from", "for") and _is_vendor(sentence.name_at(at + 1)):
            return None
    word = sentence.lower(before)
    of_phones = sentence.lower(stop) == "of" and bool(sentence.cues.begins(stop + 1, "smart"))
    vendor_before = bool(found) and bool(found[-1].subject.vendors) and not found[-1].object
    if vendor_before and sentence.cues.at(before, "said") and word not in ("as",):
        return None
    whole_market = bool({"total", "overall", "global", "worldwide"} & set(said))
    if whole_market and word == "with":
        return Mention(place, stop, TOTAL_MARKET)
    if (
        before >= 0
        and (
            word in _NOT_SUBJECT - {"on"}
            or sentence.cues.at(before, "up", "down", "holds", "compares", "money", "objects")
        )
        and word not in ("as", "that")
    ):
        return None
    scoped = (
        of_phones
        or any(sentence.lower(at) in small_words("subjects", "scopes") or _is_place(sentence, at) for at in modifiers)
        or (
            any(name.sort is Sort.REGION for name in sentence.names)
            and not any(_is_vendor(name) for name in sentence.names)
        )
    )
    opens = before < 0 or word in small_words("subjects", "opens_statement")
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
    if not scoped:
        return Mention(place, stop, context.subject) if context.subject and not found else None
    return Mention(place, stop, TOTAL_MARKET)


def _counts(sentence: Sentence, at: int) -> bool:
    """True where a number comes next: "shipments of over 54.2 million"."""
    return any(sentence.amount_at(place) for place in range(at, at + 4))


def _stranger(sentence: Sentence, context: Context, place: int) -> Mention | None:
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
    if following in ("shipped", "sold", "ships", "sells") and token.lower not in small_words(
        "subjects", "no_strangers"
    ):
        return Mention(place, place + 1, NOBODY)
    return None


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
    if before:
        return before[-1].subject
    compared = [one for one in mentions if one.start < start]
    following = next((one for one in mentions if one.start >= stop and not one.object), None)
    opening = next((token.lower for token in sentence.tokens if token.text[0].isalnum()), "")
    if (
        following
        and (opening in _OPENING or sentence.amount_at(0))
        and any(sentence.lower(at) == "," for at in range(stop, following.start))
    ):
        if not any(amount.start > stop and amount.start < following.start and False for amount in sentence.amounts):
            return following.subject
    if compared:
        return None
    refers = sentence.lower(0) in ("this", "that") and sentence.lower(1) in small_words("subjects", "refers")
    if not mentions and context.item_vendor and not any(name.sort is Sort.ANALYST for name in sentence.names):
        return Subject((context.item_vendor,))
    return context.subject if refers or _is_fragment(sentence, mentions) else None


def mention_beside(sentence: Sentence, mentions: list[Mention], start: int, stop: int) -> Mention | None:
    """The mention that a figure directly belongs to: "Xiaomi (22%)", "41 million units for Apple"."""
    return _after(sentence, mentions, stop) or _right_before(sentence, mentions, start)


def _is_passive(sentence: Sentence, mentions: list[Mention], start: int, stop: int) -> bool:
    """ "Where some 30.5 million smartphones were sold", "40 million smartphones shipped to India": all vendors'."""
    if (
        sentence.cues.any(start - 4, start, "buys")
        and not any(one.start < start and one.subject.vendors for one in mentions)
        and sentence.cues.any(stop, stop + 2, "phones")
    ):
        return True
    at = stop
    while sentence.cues.at(at, "phones", "smart") or sentence.lower(at) in small_words("subjects", "before_passive"):
        at += 1
    if (
        at == stop
        or sentence.lower(at) not in small_words("subjects", "passive_verbs")
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
                if one.object and sentence.lower(one.stop) not in small_words("subjects", "after_object"):
                    continue
                return one
            return None
    return None


def _after(sentence: Sentence, mentions: list[Mention], stop: int) -> Mention | None:
    """ "41.3 million units for Apple", "45.5 million handsets shipped by Apple", "41 million iPhones"."""
    at = stop
    scope = _whole_market_after(sentence, stop)
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
        if not (
            word in small_words("subjects", "between_number_and_vendor")
            or sentence.cues.at(at, "phones", "shipped", "smart")
        ):
            return None
        at += 1
    return None


def _whole_market_after(sentence: Sentence, stop: int) -> Mention | None:
    """ "A 1.8% decline in overall sales" is the market's."""
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


def vendors_named(mentions: list[Mention]) -> Iterator[str]:
    """Every vendor that a sentence is about, in order."""
    for one in mentions:
        if not one.object:
            yield from one.subject.vendors
