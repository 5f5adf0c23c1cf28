"""Words under two names, and phrasings under two intents or so near another intent that its questions go astray."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from bot.understanding.checks.placed import WITHOUT_MEANING, Entry, Problem
from bot.understanding.clues import Token, clues, key_of, tokens_of
from bot.understanding.lexicon import Lexicon
from bot.understanding.phrasings import FOLLOWS, TODAY, with_names
from bot.understanding.query import Intent
from bot.understanding.spans import Reading, read
from bot.understanding.stories import find_stories
from bot.understanding.text import words
from bot.understanding.weights import Weights

_TOGETHER = {"concepts": "meaning", "questions": "meaning", "analysts": "meaning", "fillers": "meaning"}
_SURELY_ANOTHER = 0.8  # from here on questions like a phrasing are answered as another intent


def words_under_two_names(entries: Iterable[Entry]) -> Iterator[Problem]:
    """Words that stand in two lists of one language, of which only the first counts."""
    first: dict[tuple[str, str, str], Entry] = {}
    for entry in entries:
        if entry.section in WITHOUT_MEANING:
            continue
        written = " ".join(words(entry.text))
        if not written:
            yield Problem(entry.file, entry.line, f"{entry.text!r} has no letter or digit", "Take it out")
            continue
        group = _TOGETHER.get(entry.section, entry.section)
        other = first.setdefault((entry.language, group, written), entry)
        if (other.section, other.name) == (entry.section, entry.name) or other.name in entry.shared:
            continue
        what = (
            f"{entry.text!r} stands under {_place(entry)}, and in line {other.line} under {_place(other)}; it is read"
            f" as {_place(other)}"
        )
        yield Problem(entry.file, entry.line, what, "Take it out of one of the two lists")


def _place(entry: Entry) -> str:
    return entry.section if entry.name == entry.section else f"{entry.section}, {entry.name}"


def phrasings_that_collide(entries: Iterable[Entry], lexicon: Lexicon, weights: Weights) -> Iterator[Problem]:
    """Phrasings that read the same under two intents, and those whose like are read as another intent's questions."""
    by_key: dict[str, list[Entry]] = defaultdict(list)
    readings: dict[str, tuple[list[Token], Reading]] = {}
    for entry in entries:
        reading = read(words(with_names(entry.text)), lexicon, TODAY)
        tokens = tokens_of(reading, lexicon)
        key = (FOLLOWS if entry.section == "follow_ups" else "") + key_of(tokens)
        by_key[key].append(entry)
        readings.setdefault(key, (tokens, reading))
    for key, group in by_key.items():
        yield from _same(key, group)
        if len({entry.name for entry in group}) == 1:
            yield from _stolen(group[0], *readings[key], lexicon, weights)


def _same(key: str, group: list[Entry]) -> Iterator[Problem]:
    for at, entry in enumerate(group):
        for other in group[:at]:
            if other.name == entry.name or other.name in entry.shared or entry.name in other.shared:
                continue
            what = (
                f"{entry.text!r} ({entry.name}) reads the same as {other.text!r} ({other.name}) in {other.file}, line"
                f" {other.line}: {key.removeprefix(FOLLOWS)!r}"
            )
            advice = (
                f"Take one of them out, word one so that it says what it asks, or, if both are meant, end the line with"
                f" # also {other.name}"
            )
            yield Problem(entry.file, entry.line, what, advice)
            break


def _stolen(
    entry: Entry, tokens: list[Token], reading: Reading, lexicon: Lexicon, weights: Weights
) -> Iterator[Problem]:
    given = {"{vendor}"} if entry.section == "follow_ups" else set()
    pointer = next(iter(find_stories(reading, lexicon)), None)
    likely: Mapping[Intent | None, float] = dict(weights.likely(clues(tokens, reading, given, pointer)))
    intent, score = next(iter(likely.items()))
    name = intent.value if intent else "none"
    if score < _SURELY_ANOTHER or name == entry.name or name in entry.shared:
        return
    what = (
        f"{entry.text!r} ({entry.name}) counts word for word only: questions like it are read as {name} ({score:.0%})"
    )
    advice = (
        f"Run `make weights`, which learns from it; if that does not help, add two or three more like it, move it to"
        f" {name}, or accept it by ending the line with # also {name}"
    )
    yield Problem(entry.file, entry.line, what, advice)
