"""Tells which regions of a statement something is launched in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.admin.reading.candidate import FoundLaunch
from bot.admin.reading.context import Context
from bot.admin.reading.names import Name, Sort
from bot.admin.reading.sentence import Sentence
from bot.admin.reading.small_words import small_words
from store.words import WORLD

_PLACED = small_words("placed")
FARTHEST = 16  # words between a launch and its place


@dataclass(frozen=True)
class Part:
    """One statement of a sentence: the tokens from `start` up to `stop`, and the place of its verb, -1 for none."""

    start: int
    stop: int
    verb: int


def regions_of(sentence: Sentence, context: Context, part: Part, earlier: Sequence[FoundLaunch]) -> list[Name]:
    """Where something comes to: named near the verb, or "there", or where the sentence spoke of before."""
    named = [
        name
        for name in sentence.names
        if name.sort in (Sort.REGION, Sort.CITY)
        and part.start <= name.start < part.stop
        and name.start - part.verb <= 3 * FARTHEST
        and part.verb - name.start <= FARTHEST
        and _is_destination(sentence, name, part)
        and not any(
            sentence.lower(at) in ("after", "before", "since", "when") or sentence.lower(at) in _SAID
            for at in range(name.stop, part.verb)
        )
        and not _is_venue(sentence, name)
    ]
    if named:
        around = context.lexicon.catalogue.around
        day = next((one.start for one in sentence.moments if one.start > named[0].start), part.stop)
        named = (
            [name for name in named if name.start < day]
            if len(named) > 1 and not any(name.start > day for name in _in_one_list(sentence, named))
            else named
        )
        inner = [name for name in named if not any(name.slug in around(other.slug) for other in named)]
        return list({name.slug: name for name in _in_one_list(sentence, inner)}.values())
    before = [
        name.slug for name in sentence.sorted_names(Sort.REGION) if name.start < part.start and name.slug != WORLD
    ]
    if sentence.cues.any(part.start, part.stop, "there"):
        place = before[-1] if before else context.region or context.home_region
        return [Name(Sort.REGION, part.verb, part.verb, place)] if place and place != WORLD else []
    products = any(name.sort is Sort.PRODUCT and part.start <= name.start < part.stop for name in sentence.names)
    if (
        before
        and sentence.cues.any(part.start, part.stop, "event")
        and any(part.start <= one.start < part.stop for one in sentence.moments)
    ):
        return [Name(Sort.REGION, part.verb, part.verb, before[-1])]
    if products and len(set(before)) == 1 and any(part.start <= one.start < part.stop for one in sentence.moments):
        return [Name(Sort.REGION, part.verb, part.verb, before[-1])]
    return [Name(Sort.REGION, part.verb, part.verb, earlier[-1].region)] if earlier and products else []


_SAID = {"said", "says", "announced", "confirmed", "revealed", "told", "unveiled"}


def _is_venue(sentence: Sentence, name: Name) -> bool:
    """ "At an event in Singapore last week, ...": where something was shown, not where it comes to."""
    return sentence.lower(name.start - 1) == "in" and (
        sentence.lower(name.start - 2) in ("event", "conference", "show", "ceremony", "keynote")
        and any(sentence.lower(at) == "at" for at in range(name.start - 6, name.start - 2))
    )


def _in_one_list(sentence: Sentence, named: list[Name]) -> list[Name]:
    """The first region and those that follow it in a row: "in the UK, France, Germany and Spain"."""
    row = [named[0]]
    for name in named[1:]:
        between = [sentence.lower(at) for at in range(row[-1].stop, name.start)]
        if all(
            word in small_words("in_row_of_regions") or word[0].isdigit() or sentence.moment_at(row[-1].stop + at)
            for at, word in enumerate(between)
        ):
            row.append(name)
    return row


def _is_destination(sentence: Sentence, name: Name, part: Part) -> bool:
    """True for a region that something comes to."""
    if name.slug == WORLD or sentence.cues.at(name.start - 1, "abroad"):
        return False
    if any(
        sentence.lower(at) in ("markets", "countries", "places") for at in range(part.verb, name.start)
    ) and sentence.lower(name.start - 1) not in ("including", "as", "like", ","):
        return False
    if any(part.verb < one.start < name.start and not one.percent and not one.money for one in sentence.amounts):
        return False  # so many sold there
    after = sentence.lower(name.stop)
    if after == "-" and sentence.lower(name.stop + 1) in ("based", "headquartered", "made"):
        return False
    if name.adjective:
        return bool(sentence.cues.begins(name.stop, "market")) or after in small_words("after_adjective_destination")
    following = sentence.name_at(name.stop + (after == "'s"))
    if following and following.sort is Sort.VENDOR:
        return False
    before = name.start - 1
    while before >= part.start and _belongs_to_list(sentence, before):
        before -= 1
    word = sentence.lower(before)
    if word in _PLACED or sentence.cues.at(before, "launches", "arrives"):
        return True
    opens = before < part.start or word == "with"
    return opens and (
        bool(sentence.cues.any(name.stop, name.stop + 3, "launches", "arrives", "expected"))
        or after in ("is", "being", "will", "next")
    )


def _belongs_to_list(sentence: Sentence, at: int) -> bool:
    name = sentence.name_at(at)
    if name:
        return name.sort is Sort.REGION
    return sentence.lower(at) in small_words("between_regions") or bool(sentence.moment_at(at))
