"""Reads launches out of one sentence: a vendor or product enters a region, on a day where one is told."""

from __future__ import annotations

from bot.admin.reading.candidate import FoundLaunch
from bot.admin.reading.certainty import hedge_at
from bot.admin.reading.context import Context
from bot.admin.reading.moments import Moment
from bot.admin.reading.names import Name, Sort
from bot.admin.reading.sentence import Sentence
from bot.admin.reading.subjects import Mention
from store.period import Kind
from store.words import WORLD, Certainty

_ELSE = {"tv", "tvs", "laptop", "laptops", "watch", "watches", "smartwatch", "band", "store", "stores", "service", "services", "payment", "update", "android", "beta", "factory", "plant", "scooter", "scooters", "speaker", "tablet", "tablets", "earbuds", "buds", "router", "bank", "pay", "app", "website", "shop", "shops", "outlet", "outlets", "campaign", "r&d", "centre", "center", "office", "notebook", "notebooks", "drone", "camera", "vacuum", "patch", "bulb", "rom", "miui", "feature", "lawsuit", "trial", "programme", "program", "investigation", "probe", "fund", "car", "cars", "chip", "list", "manufacturing", "production", "assembly"}
_IS_NOT = {"retreated", "retreat", "withdrew", "withdraw", "exited", "exit", "pulled", "left", "leave", "leaving", "quit", "stopped", "banned", "ban", "exiting", "blocked", "barred", "sued", "delayed"}
_TO_PLACE = {"in", "to", "into", "across", "for", "on", "of"}


def read_launches(sentence: Sentence, mentions: list[Mention], context: Context) -> list[FoundLaunch]:
    """The launches that a sentence tells, one for each region."""
    if sentence.is_question or not sentence.cues.any(0, len(sentence.tokens), "launches"):
        return []
    found: list[FoundLaunch] = []
    for start, stop in _statements(sentence):
        found += _statement(sentence, mentions, context, start, stop)
    return list({one.identity: one for one in found}.values())


def _statements(sentence: Sentence) -> list[tuple[int, int]]:
    """The parts of a sentence that each tell a launch of their own."""
    bounds = [0]
    for at in range(len(sentence.tokens)):
        if sentence.cuts(at):
            bounds.append(at + 1)
    bounds.append(len(sentence.tokens))
    return [(first, last) for first, last in zip(bounds, bounds[1:], strict=False) if last > first]


def _statement(sentence: Sentence, mentions: list[Mention], context: Context, start: int, stop: int) -> list[FoundLaunch]:
    cues = sentence.cues
    verb = cues.first(start, stop, "launches")
    if verb < 0 or any(sentence.lower(at) in _IS_NOT for at in range(start, stop)):
        return []
    if _is_denied(sentence, start, stop):
        return []
    if any(sentence.lower(at) in _ELSE for at in range(start, stop)) and not any(name.sort is Sort.PRODUCT and start <= name.start < stop for name in sentence.names):
        return []
    regions = [name for name in sentence.sorted_names(Sort.REGION) if start <= name.start < stop and _is_destination(sentence, name, verb, start)]
    slugs = [name.slug for name in regions]
    if not slugs and cues.any(start, stop, "there") and context.region and context.region != WORLD:
        slugs = [context.region]
    if not slugs:
        return []
    who = _who(sentence, mentions, context, start, stop, regions, verb)
    if who is None:
        return []
    vendor, products = who
    moment = _when(sentence, start, stop, verb)
    certainty = hedge_at(sentence, verb, verb + 1)
    when = _written(moment, sentence)
    if moment is None and not _entered(sentence, verb):
        return []
    future = moment is None or moment.period.end >= context.today
    found = []
    for slug in dict.fromkeys(slugs):
        for product in products or ("",):
            found.append(FoundLaunch(vendor, product, slug, when, _certainty(certainty, future, sentence, verb), sentence.text))
    return found


def _is_denied(sentence: Sentence, start: int, stop: int) -> bool:
    for at in range(start, stop):
        if sentence.cues.at(at, "denied") and not (sentence.lower(at) in ("not", "no") and sentence.lower(at + 1) in ("only", "just", ".", "later", "surprise", "longer")):
            return True
        if sentence.cues.at(at, "conditional", "past_plan"):
            return True
    return False


def _is_destination(sentence: Sentence, name: Name, verb: int, start: int) -> bool:
    """True for a region that something comes to."""
    if name.slug == WORLD or sentence.cues.at(name.start, "abroad") or sentence.cues.at(name.start - 1, "abroad"):
        return False
    after = sentence.lower(name.stop)
    if after == "-" and sentence.lower(name.stop + 1) in ("based", "headquartered", "made"):
        return False
    if name.adjective:
        return sentence.cues.begins(name.stop, "market") > 0 or after in ("shores", "shelves", "stores", "buyers", "consumers", "soil", "retailers", "shops", "launch", "release", "customers") and after != ""
    if sentence.name_at(name.stop + (after == "'s")) and sentence.name_at(name.stop + (after == "'s")).sort is Sort.VENDOR:  # type: ignore[union-attr]
        return False
    before = name.start - 1
    while sentence.lower(before) in ("the", "rest", "of", "other", "both", "whole", "all") or (sentence.name_at(before) and sentence.name_at(before).sort is Sort.REGION) or sentence.lower(before) in (",", "and", "like", "as", "such", "including", "countries", "markets", "well", "(", "&"):  # type: ignore[union-attr]
        before -= 1
    word = sentence.lower(before)
    if sentence.name_at(before) and word != "":
        return False
    return word in _TO_PLACE or bool(sentence.cues.at(before, "launches")) or (name.start == start and (sentence.cues.at(name.stop, "launches", "expected") is not None or after in ("is", "will"))) or (word in ("with", "where", "") and name.start >= start) or word == "that"


def _who(
    sentence: Sentence, mentions: list[Mention], context: Context, start: int, stop: int, regions: list[Name], verb: int
) -> tuple[str, tuple[str, ...]] | None:
    """The vendor, and the products that arrive, if any are named."""
    named = [name for name in sentence.sorted_names(Sort.PRODUCT) if start <= name.start < stop]
    named = [name for name in named if sentence.lower(name.start - 1) not in ("than", "unlike", "like", "after", "beats") and not _is_aside(sentence, name, verb)]
    if named:
        vendor = named[0].slug
        products = tuple(dict.fromkeys(name.text for name in named if name.slug == vendor))
        owner = next((one.slug for one in reversed(sentence.sorted_names(Sort.VENDOR)) if one.stop == named[0].start or (sentence.lower(one.stop) == "'s" and one.stop + 1 == named[0].start)), None)
        return owner or vendor, products
    vendors = [one for one in mentions if start <= one.start < stop and len(one.subject.vendors) == 1 and not one.taken_over and not (one.object and one.start > verb)]
    before = [one for one in vendors if one.start < (regions[0].start if regions else stop)]
    subject = next((one for one in before if not one.object), before[0] if before else (vendors[0] if vendors else None))
    if subject is None:
        earlier = [one for one in mentions if one.start < start and len(one.subject.vendors) == 1 and not one.object]
        product = [name for name in sentence.sorted_names(Sort.PRODUCT) if name.start < start]
        if earlier and sentence.lower(start) not in ("the",):
            return earlier[-1].subject.vendors[0], tuple(dict.fromkeys(name.text for name in product[-1:]))
        return _carried(sentence, context, start, stop)
    if _speaks_of_phone(sentence, start, stop) and context.product and context.product[0] == subject.subject.vendors[0]:
        return context.product[0], (context.product[1],)
    return subject.subject.vendors[0], ()


def _is_aside(sentence: Sentence, name: Name, verb: int) -> bool:
    """A model in brackets or one that the launched one follows."""
    return sentence.lower(name.start - 1) == "(" or sentence.lower(name.start - 1) in ("of", "replaces", "succeeds") and sentence.lower(name.start - 2) in ("successor", "version", "instead")


def _speaks_of_phone(sentence: Sentence, start: int, stop: int) -> bool:
    text = " ".join(sentence.lower(at) for at in range(start, stop))
    return any(phrase in text for phrase in ("the phone", "the handset", "the device", "the same phone", "the smartphone", "the flagship", "this phone", "the model"))


def _carried(sentence: Sentence, context: Context, start: int, stop: int) -> tuple[str, tuple[str, ...]] | None:
    """ "The handset will be available in the UK": what the sentences before were about."""
    text = [sentence.lower(at) for at in range(start, stop)]
    if context.product and (_speaks_of_phone(sentence, start, stop) or "it" in text):
        return context.product[0], (context.product[1],)
    if context.headline_vendor and any(word in text for word in ("event", "launch", "sales")) and not sentence.sorted_names(Sort.VENDOR):
        return context.headline_vendor, ()
    return None


def _when(sentence: Sentence, start: int, stop: int, verb: int) -> Moment | None:
    """The day or month of the launch: the one told nearest after its verb, else before it."""
    moments = [one for one in sentence.moments if start <= one.start < stop and not one.compared and not one.fiscal]
    moments = [one for one in moments if not (one.period.kind is Kind.RANGE)]
    after = [one for one in moments if one.start >= verb]
    days = [one for one in after if one.days]
    chosen = days or after or moments
    return chosen[0] if chosen else None


def _written(moment: Moment | None, sentence: Sentence) -> str:
    if moment is None:
        return ""
    if moment.days and moment.days[0] == moment.days[1]:
        return moment.days[0].isoformat()
    if moment.days:
        return f"{moment.days[0]:%Y-%m}" if moment.days[0].month == moment.days[1].month else ""
    return str(moment.period)


def _entered(sentence: Sentence, verb: int) -> bool:
    """Verbs that tell of a market itself are worth a candidate without a date."""
    word = sentence.lower(verb)
    return word in ("enter", "enters", "entered", "entering", "entry", "expand", "expands", "expanded", "expanding", "foray")


def _certainty(hedge: Certainty | None, future: bool, sentence: Sentence, verb: int) -> Certainty:
    """A date that the vendor has set is confirmed, though it is to come; a guess is not."""
    if hedge is Certainty.RUMOURED:
        return hedge
    if hedge is Certainty.EXPECTED:
        before = [sentence.lower(at) for at in range(max(0, verb - 4), verb)]
        firm = any(word in ("will", "to", "set", "scheduled", "is", "slated") for word in before) and not any(word in ("could", "may", "might", "expected", "likely", "should", "probably", "expect", "would", "hopes", "guess", "bet", "tipped", "about") for word in before + [sentence.lower(at) for at in range(verb, min(verb + 3, len(sentence.tokens)))])
        return Certainty.CONFIRMED if firm else Certainty.EXPECTED
    return Certainty.CONFIRMED

