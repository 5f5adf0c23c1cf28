"""What a question shows of its intent, as names of features: words, what they mean, and which follows which."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.understanding.lexicon import NAMES, Kind, Lexicon, stem
from bot.understanding.spans import Reading
from bot.understanding.stories import Pointer

Token = tuple[str, str]  # what a piece means, and how it is written
_MOST_STRANGE, _LONGEST = 4, 12  # from here on it makes no difference how many more
_SAME = {"{percent}": "{number}"}
_NOTHING = {"f:a", "f:an", "f:the", "f:please"}


def tokens_of(reading: Reading, lexicon: Lexicon, stranger: str = "") -> list[Token]:
    """The question in order, each piece as what it means and as it is written; names are slots such as {vendor}.

    Where `stranger` is a slot, words that nothing here knows are taken for such a name."""
    placed: list[tuple[int, str, str]] = [(place, slot, slot) for place, slot in reading.marks]
    for span in reading.spans:
        entry = span.entry
        written = " ".join(reading.corrected[span.start : span.stop])
        if entry is None:
            token = stranger or _word(span.typed, lexicon)
            if not (stranger and placed and placed[-1][1] == stranger):
                placed.append((span.start, token, token))
        elif entry.kind in (*NAMES, Kind.ANALYST):
            slot = f"{{{entry.kind}}}"
            placed.append((span.start, slot, slot))
        elif entry.kind in (Kind.CONCEPT, Kind.QUESTION):
            placed.append((span.start, entry.value, written))
        else:
            placed.append((span.start, f"f:{written}", written))
    return [(token, written) for _, token, written in sorted(placed)]


def _word(typed: str, lexicon: Lexicon) -> str:
    """A word with no meaning here: one of the dictionary, one that a headline has (a person's name), or neither."""
    feature = f"w:{stem(typed)}"
    return feature if typed in lexicon.ordinary or typed.isdigit() else "w:told" if feature in lexicon.proper else "w:~"


def clues(
    tokens: Sequence[Token], reading: Reading, given: Collection[str] = (), pointer: Pointer | None = None
) -> set[str]:
    """The features that the weights speak of; `given` is what the conversation has already, `pointer` the headline
    that explains most of the question."""
    found = {f"given:{slot}" for slot in given} | ({"follows"} if given else set())
    before = "^"
    strange = 0
    for token, written in tokens:
        if token in found and token[0] == "{":
            found.add(f"{token}2")
        found.add(token)
        if written != token and token[:2] != "f:":
            found.add(f"s:{written}")
        if token[:2] == "w:":
            strange += 1
            token = token if token in ("w:~", "w:told") else "w:?"  # which word it is says nothing of its neighbours
        found.add(f"{before}>{token}")
        before = token
    found.add(f"{before}>$")
    found.add(f"strange{min(strange, _MOST_STRANGE)}")
    found.add(f"length{min(len(tokens), _LONGEST) // 3}")
    found |= {f"u:{unit}" for unit in reading.units}
    if pointer:
        well = min(int(pointer.score * 10), 10)
        found |= {"story", f"story:{pointer.story.kind}", f"story:{well}", f"told:{min(int(pointer.told * 2), 8)}"}
        found |= {f"story:{well}:{min(int(pointer.told), 3)}"}
    return found


def given_by(vendor: bool, region: bool) -> set[str]:
    """The slots that a conversation has already: whether it is about a vendor, and about a place."""
    return {slot for slot, named in (("{vendor}", vendor), ("{region}", region)) if named} or {"{vendor}"}


def key_of(tokens: Sequence[Token]) -> str:
    """The question with its names left open: the same for two questions that ask the same in the same words."""
    return " ".join(_SAME.get(written, written) for token, written in tokens if token not in _NOTHING)


def features_of(reading: Reading) -> frozenset[str]:
    """What a question speaks of, in any order: slots, concepts, question words."""
    features = {
        span.entry.value for span in reading.spans if span.entry and span.entry.kind in (Kind.CONCEPT, Kind.QUESTION)
    }
    features |= {f"{{{kind}}}" for kind in NAMES if reading.slugs(kind)}
    if reading.found:
        features.add("{period}")
    if reading.amounts:
        features.add("{number}")
    if any(position > 1 for position in reading.positions):
        features.add("{position}")
    return frozenset(features)
