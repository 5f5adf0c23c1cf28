"""Where: the region that a figure or a place in a ranking belongs to."""

from __future__ import annotations

from bot.admin.reading.context import Context, Subject
from bot.admin.reading.mentions import is_vendor
from bot.admin.reading.names import Name, Sort
from bot.admin.reading.sentence import Sentence
from bot.admin.reading.small_words import small_words
from store.words import WORLD

_CAUSES = small_words("causes")
_OUTDOES = small_words("outdoes")
_TITLES = small_words("titles")


def region_at(
    sentence: Sentence, start: int, stop: int, context: Context, subject: Subject | None = None
) -> str | None:
    """The region of what stands at those tokens; None where it is one that has no name, as "outside China"."""
    first, end = sentence.clause(start)
    later = min((one.start for one in sentence.amounts if one.start >= stop), default=end)
    if _is_abroad(sentence, max(first, start - 14), min(end, later), start, stop):
        return None
    named = [name for name in sentence.sorted_names(Sort.REGION) if is_market(sentence, name)]
    if any(name.slug == "" and first <= name.start < end for name in named):
        return None  # of a region that the store does not keep
    after = [
        name
        for name in named
        if stop <= name.start < later
        and name.start < end
        and not _caused(sentence, stop, name.start)
        and not _aside(sentence, stop, name)
    ]
    if (
        len(after) > 1
        and all(sentence.lower(at) in (",", "and", "&", "in") for at in range(after[0].stop, after[1].start))
        and after[0].slug != after[1].slug
    ):
        return None  # of several regions at once
    if after and not _begins_anew(sentence, stop, after[0].start):
        return after[0].slug
    other = _told_otherwise(sentence, first, later, context, subject)
    if other:
        return other
    opening = [name for name in named if name.start <= 2]
    before = [
        name
        for name in named
        if name.stop <= start
        and (name.start >= first or name in opening)
        and not _caused(sentence, max(0, name.start - 4), name.start)
    ]
    if before:
        worldly = [name for name in before if name.slug == WORLD and sells(sentence, name.stop)]
        nearest = before[-1]
        if worldly and nearest.start - worldly[-1].stop < 8 and sentence.lower(nearest.stop) == "market":
            return WORLD  # "its global sales, nearly all from the African market, hit 130 million"
        return before[-1].slug
    told = {name.slug for name in named if name.stop <= first and not _caused(sentence, name.start - 4, name.start)}
    general = (context.region or context.home_region) == WORLD or sentence.lower(first - 1) in ("–", "—", ":", "-")
    inside = any(name.stop <= first and _is_inside_phrase(sentence, name) for name in named)
    if first > 0 and (general or inside) and len({name.slug for name in named}) == 1 and len(told) == 1:
        return next(iter(told))
    whole = [
        name
        for name in named
        if name.start >= stop
        and not _aside(sentence, stop, name)
        and not _caused(sentence, stop, name.start)
        and name.start < end
        and not sentence.cuts(name.start)
    ]
    if whole and len({name.slug for name in named}) == 1 and not any(one.start >= stop for one in sentence.amounts):
        return whole[0].slug
    if context.subnational:
        return None
    return context.region or context.home_region


def _is_inside_phrase(sentence: Sentence, name: Name) -> bool:
    """ "In the big five European markets": a region that tells where, not one that itself grew or shrank."""
    return any(
        sentence.lower(at) in ("in", "across", "throughout", "within") for at in range(name.start - 5, name.start)
    )


def _begins_anew(sentence: Sentence, start: int, stop: int) -> bool:
    """True where ", and it" begins a statement of its own between a figure and a region."""
    return any(
        sentence.lower(at) == "and" and sentence.lower(at + 1) in ("it", "they", "also", "is", "was", "became")
        for at in range(start, stop)
    )


def _is_abroad(sentence: Sentence, start: int, stop: int, start_of: int = 0, stop_of: int = 0) -> bool:
    """True where the words from `start` up to `stop` tell of places that have no name of their own; the figure itself
    stands at `start_of` up to `stop_of`."""
    for at in range(start, min(stop, len(sentence.tokens))):
        near = start_of - 4 <= at <= stop_of + 6
        if (
            near
            and sentence.lower(at) in ("countries", "markets", "nations", "regions")
            and (sentence.tokens[at - 1].number or sentence.lower(at - 1) in small_words("vague_numbers"))
        ):
            return True
        apart = at > stop_of and any(sentence.lower(comma) == "," for comma in range(stop_of, at))
        if sentence.lower(at) in ("in", "across") and not apart and _is_unknown_place(sentence, at + 1):
            return True
    verb = max(
        (at for at in range(start, start_of) if sentence.lower(at) in ("saw", "helped", "made", "let", "allowed")),
        default=start,
    )
    at = sentence.cues.first(verb, stop, "abroad")
    while at >= 0:
        cue = sentence.cues.at(at, "abroad")
        following = sentence.name_at(at + 1)
        alone = sentence.tokens[at].lower in ("outside", "of")
        bare = sentence.lower(at) in ("excluding", "except") and following is not None and is_vendor(following)
        if (
            cue
            and not bare
            and not (
                alone
                and cue[1] - cue[0] <= 2
                and not (following and following.sort is Sort.REGION)
                and sentence.lower(at + 1) not in ("its", "the")
            )
        ):
            return True
        at = sentence.cues.first(at + 1, stop, "abroad")
    return False


def _is_unknown_place(sentence: Sentence, at: int) -> bool:
    """ "In Maharashtra": a name that is no country, so no region that facts are kept for."""
    if not 0 <= at < len(sentence.tokens):
        return False
    token = sentence.tokens[at]
    return (
        token.text.istitle()
        and len(token.text) > 4
        and token.text.isalpha()
        and not sentence.name_at(at)
        and not sentence.moment_at(at)
        and token.lower not in _TITLES
        and not sentence.text.istitle()
    )


def _aside(sentence: Sentence, stop: int, name: Name) -> bool:
    """True where a comma stands between a number and a region: ", making it China's No. 1 online brand"."""
    commas = [at for at in range(stop, name.start) if sentence.lower(at) in (",", "(")]
    return bool(commas) and not (
        name.start - commas[-1] <= 3 and sentence.lower(commas[-1] + 1) in ("in", "across", "throughout")
    )


def _caused(sentence: Sentence, start: int, stop: int) -> bool:
    """True where the region is only a reason told beside: "driven by success in India"."""
    return any(
        sentence.lower(at) in _CAUSES
        or (
            sentence.lower(at) in small_words("cause_nouns")
            and any(sentence.lower(near) in small_words("before_cause") for near in range(at - 3, at))
        )
        for at in range(start, stop)
    )


def is_market(sentence: Sentence, name: Name) -> bool:
    """True for a region where phones are sold, not the home of a maker ("China's Huawei", "the Korean firm")."""
    if name.slug == WORLD and sentence.lower(name.start) == "global":
        return (
            sells(sentence, name.stop)
            or sentence.cues.any(name.stop, name.stop + 2, "share", "best", "place", "market", "ship_nouns", "led_what")
            or sentence.lower(name.stop) in ("scale", "basis", "no")
        )
    if name.slug == WORLD:
        return not (
            sentence.lower(name.stop) == "'s"
            and (
                sentence.cues.begins(name.stop + 1, "best", "first_market", "second_market")
                or sentence.cues.begins(name.stop + 2, "best")
            )
        )
    after = sentence.lower(name.stop)
    if sentence.cues.at(name.start - 1, "abroad") or sentence.cues.at(name.start, "abroad"):
        return False
    if sentence.lower(name.start - 2) == "only" and sentence.lower(name.start - 3) == "not":
        return False  # "not only in China"
    outdone = sentence.cues.at(name.start - 1 - (sentence.lower(name.start - 1) == "the"), "objects")
    if outdone and sentence.lower(outdone[0]) in _OUTDOES:
        return False
    if after == "-" and sentence.lower(name.stop + 1) in small_words("after_home"):
        return False
    following = sentence.name_at(name.stop + 1) if after == "'s" else sentence.name_at(name.stop)
    if following and following.sort in (Sort.VENDOR, Sort.ANALYST):
        return False
    maker = sentence.cues.begins(name.stop, "maker")
    if maker and (is_vendor(sentence.name_at(maker)) or sentence.lower(name.start - 1) == "the"):
        return False  # "the US phone maker Motorola", "the China smartphone maker"
    previous = sentence.name_at(name.start - 1)
    if previous and previous.sort is Sort.ANALYST:
        return False
    if name.adjective:
        beyond = sentence.lower(name.stop + 3) if after == "(" and sentence.lower(name.stop + 2) == ")" else after
        if sells(sentence, name.stop + 3) and beyond != after:
            return True
        return sells(sentence, name.stop) or beyond in ("domestic", "local", "markets", "region", "sub", "continent")
    if after == "'s":
        return sells(sentence, name.stop + 1) or _ranked(sentence, name.stop + 1)
    return True


def sells(sentence: Sentence, at: int) -> bool:
    """ "Indian smartphone market", "Chinese handset shipments": sold there, not made there."""
    for place in range(at, at + 4):
        if sentence.cues.begins(place, "market") or sentence.cues.begins(place, "ship_nouns"):
            return True
        if not sentence.cues.at(place, "phones", "smart", "any_phones"):
            return False
    return False


def _ranked(sentence: Sentence, at: int) -> bool:
    places = small_words("ranked")
    return bool(sentence.cues.any(at, at + 2, "best", "first_place")) or sentence.lower(at) in places


def _told_otherwise(sentence: Sentence, start: int, stop: int, context: Context, subject: Subject | None) -> str | None:
    """ "Its home market", "there", "the world's second largest market"."""
    cues = sentence.cues
    if cues.any(start, stop, "own_market") and subject and len(subject.vendors) == 1:
        known = context.lexicon.catalogue.vendors.get(subject.vendors[0])
        country = known.country if known else None
        return next(
            (slug for slug, one in context.lexicon.catalogue.regions.items() if country and one.iso == country), None
        )
    near = cues.first(start, stop, "this_country")
    if near >= 0:
        around = [name.slug for name in sentence.sorted_names(Sort.REGION) if name.start < near and name.slug != WORLD]
        told = context.region if context.region != WORLD else None
        return around[-1] if around else told or context.home_region
    for cue, slug in (("second_market", "india"), ("first_market", "china")):
        at = cues.first(start, stop, cue)
        if (
            at >= 0
            and sentence.lower(at - 1) not in ("become",)
            and not any(name.sort is Sort.REGION and name.slug != WORLD for name in sentence.names)
        ):
            return slug
    return None


def _since_comma(sentence: Sentence, place: int) -> int:
    """Where the part of the sentence begins that a comma or "while" cuts off before a place."""
    return max((at + 1 for at in range(place) if sentence.lower(at) == "," or sentence.cuts(at)), default=0)


def joined_regions(sentence: Sentence) -> tuple[str, ...]:
    """Three regions or more in a row, for which one figure is told: "shipments in Peru, Chile and Mexico grew 5%"."""
    row: list[str] = []
    last = -1
    for name in sentence.sorted_names(Sort.REGION):
        goes_on = last >= 0 and all(sentence.lower(at) in (",", "and", "&", "the") for at in range(last, name.start))
        if not goes_on and len(row) > 2:
            break
        row = [*row, name.slug] if goes_on else [name.slug]
        last = name.stop
    return tuple(row) if len(row) > 2 else ()


def topic_region(sentence: Sentence, context: Context) -> str | None:
    """The region that the next sentences of the paragraph are about, where this one names a single one; of Spain and
    Western Europe, the one inside the other."""
    named = {
        name.slug
        for name in sentence.sorted_names(Sort.REGION)
        if is_market(sentence, name) and not _caused(sentence, _since_comma(sentence, name.start), name.start)
    }
    named -= {WORLD} if len(named) > 1 else set()
    if "" in named:
        return None
    first = sentence.names[0] if sentence.names else None
    if (
        first
        and first.slug in named
        and first.start <= 1
        and sentence.lower(first.stop) in ("was", "is", "remains", "saw")
    ):
        return first.slug
    around = context.lexicon.catalogue.around
    inner = {slug for slug in named if not any(slug in around(other) for other in named)}
    outer = named - inner
    if len(inner) > 2 and len(outer) == 1 and all(outer <= set(around(one)) for one in inner):
        return next(iter(outer))  # "the region: Indonesia, Thailand and Vietnam"
    return next(iter(inner)) if len(inner) == 1 and not _is_abroad(sentence, 0, len(sentence.tokens)) else None
