"""What a question shows of its intent, as names of features: words, what they mean, and which follows which."""

from __future__ import annotations

from collections.abc import Collection

from bot.understanding.lexicon import NAMES, Kind, stem
from bot.understanding.spans import Reading


def tokens_of(reading: Reading, ordinary: Collection[str]) -> list[tuple[str, str]]:
    """The question in order, each piece as what it means and as it is written; names are slots such as {vendor}."""
    placed: list[tuple[int, str, str]] = [(place, slot, slot) for place, slot in reading.marks]
    for span in reading.spans:
        entry = span.entry
        written = " ".join(reading.corrected[span.start : span.stop])
        if entry is None:
            known = span.typed in ordinary or span.typed.isdigit()
            token = f"w:{stem(span.typed)}" if known else "w:~"
            placed.append((span.start, token, token))
        elif entry.kind in (*NAMES, Kind.ANALYST):
            slot = f"{{{entry.kind}}}"
            placed.append((span.start, slot, slot))
        elif entry.kind in (Kind.CONCEPT, Kind.QUESTION):
            placed.append((span.start, entry.value, written))
        else:
            placed.append((span.start, f"f:{written}", written))
    return [(token, written) for _, token, written in sorted(placed)]


def clues(reading: Reading, ordinary: Collection[str], given: Collection[str] = ()) -> set[str]:
    """The features that the weights (weights.json) speak of."""
    tokens = tokens_of(reading, ordinary)
    found = {f"given:{slot}" for slot in given} | ({"follows"} if given else set())
    before, before_word = "^", "^"
    seen: dict[str, int] = {}
    strange = 0
    for token, written in tokens:
        seen[token] = seen.get(token, 0) + 1
        found.add(token)
        if seen[token] > 1 and token[0] == "{":
            found.add(f"{token}2")
        if written != token and not token.startswith("f:"):
            found.add(f"s:{written}")
        if token.startswith("w:"):
            strange += 1
        found.add(f"{before}>{token}")
        before = token
    found.add(f"{before}>$")
    found.add(f"strange{min(strange, 4)}")
    found.add(f"length{min(len(tokens), 12) // 3}")
    found |= {f"u:{unit}" for unit in reading.units}
    return found
