"""How a question was read: its words mended, what each stands for, the intents weighed, and what decided.

Nothing of it is made where nobody asks: the question is read again here, step by step, and what was believed shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.understanding.clues import clues, given_by, tokens_of
from bot.understanding.lexicon import Entry, Kind, Lexicon
from bot.understanding.mending import mend
from bot.understanding.query import Intent, Query
from bot.understanding.spans import Reading
from bot.understanding.stories import Pointer, find_stories
from bot.understanding.understand import Decision, Understanding
from bot.understanding.weights import SCALE

_MOST_INTENTS = 4
_MOST_CLUES = 6
_MOST_CANDIDATES = 4


@dataclass(frozen=True)
class Candidate:
    """A word that a typed one may stand for, what that means, and how near it is (1 is the same)."""

    word: str
    meanings: tuple[str, ...]
    score: float


@dataclass(frozen=True)
class WordRead:
    """One word as typed and as read; `score` is 0 for a word that nothing here knows."""

    typed: str
    read: str
    score: float
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class SpanRead:
    """Words that stand for one thing: its kind, its value, how near, and what else the words could be."""

    typed: str
    kind: str
    value: str
    score: float = 1.0
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class IntentWeighed:
    """An intent, how likely the weights make it, and the clues that spoke most for and against it."""

    intent: str
    score: float
    clues: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Explanation:
    """The whole way from the text to the query. `phrasing` is the question with its names left open, `decided` says
    in sentences what made the query what it is."""

    text: str
    words: tuple[WordRead, ...]
    spans: tuple[SpanRead, ...]
    phrasing: str
    intents: tuple[IntentWeighed, ...]
    decided: tuple[str, ...]
    query: Query


def explain(understanding: Understanding, text: str, today: date, previous: Query | None = None) -> Explanation:
    """Read a question as `understand` does, and say how."""
    lexicon = understanding.lexicon
    reading, query = understanding.read_and_asked(text, today, previous)
    doubting = reading.corrected != tuple(word for word, _ in mend(reading.words, lexicon, names=reading.written))
    pointers = find_stories(reading, lexicon) if reading.words else []
    given = given_by(bool(previous.vendors), bool(previous.regions)) if previous and query.follows else set()
    decision = understanding.decide(reading, pointers, given) if reading.words else None
    weighed = _weighed(understanding, reading, pointers, given, decision) if decision else ()
    return Explanation(
        text,
        tuple(_words(reading, lexicon, doubting)),
        tuple(_spans(reading)),
        decision.key if decision else "",
        weighed,
        tuple(_decided(reading, query, decision, previous, doubting)),
        query,
    )


def _words(reading: Reading, lexicon: Lexicon, doubting: bool) -> Iterator[WordRead]:
    mended = mend(reading.words, lexicon, doubting, reading.written)
    for typed, (word, score) in zip(reading.words, mended, strict=True):
        near = lexicon.fuzzy.nearest(typed, most=_MOST_CANDIDATES) if word != typed or not score else []
        found = (Candidate(one.key, _meanings(one.key, lexicon), round(one.score, 3)) for one in near)
        yield WordRead(typed, word, round(max(score, 0.0), 3), tuple(found))


def _meanings(key: str, lexicon: Lexicon) -> tuple[str, ...]:
    return tuple(f"{entry.kind} {entry.value}".strip() for entry in lexicon.meanings(key))


def _spans(reading: Reading) -> Iterator[SpanRead]:
    """What stands in the question, in order: names, words that ask, periods and numbers."""
    placed: list[tuple[int, SpanRead]] = []
    for span in reading.spans:
        kind, value = _shown(span.entry)
        others = tuple(" ".join(_shown(other)).strip() for other in span.others)
        placed.append((span.start, SpanRead(span.typed, kind, value, round(span.score, 3), others)))
    for found in reading.found:
        typed = " ".join(reading.words[found.start : found.stop])
        placed.append((found.start, SpanRead(typed, "period", str(found.period))))
    amounts = iter(reading.amounts)
    positions = iter(position for position in reading.positions if position > 1)
    for start, slot in reading.marks:
        if slot in ("{number}", "{percent}"):
            value = f"{next(amounts):g} {'percent' if slot == '{percent}' else 'million'}"
            placed.append((start, SpanRead(reading.words[start], "number", value)))
        elif slot == "{position}":
            placed.append((start, SpanRead(reading.words[start], "position", str(next(positions)))))
    return (span for _, span in sorted(placed, key=lambda pair: pair[0]))


def _shown(entry: Entry | None) -> tuple[str, str]:
    if entry is None:
        return "unknown", ""
    return ("small word" if entry.kind is Kind.FILLER else entry.kind.value), entry.value


def _weighed(
    understanding: Understanding, reading: Reading, pointers: list[Pointer], given: set[str], decision: Decision
) -> tuple[IntentWeighed, ...]:
    weights = understanding.weights
    shown = clues(tokens_of(reading, understanding.lexicon), reading, given, next(iter(pointers), None))
    columns = {clue: weights.of_clue[clue] for clue in shown if clue in weights.of_clue}
    found = []
    for intent, score in decision.likely[:_MOST_INTENTS]:
        at = weights.intents.index(intent)
        spoken = sorted(((clue, column[at] / SCALE) for clue, column in columns.items()), key=lambda one: -abs(one[1]))
        found.append(IntentWeighed(_name(intent), round(score, 3), tuple(spoken[:_MOST_CLUES])))
    return tuple(found)


def _name(intent: Intent | None) -> str:
    return intent.value if intent else "none"


def _decided(
    reading: Reading, query: Query, decision: Decision | None, previous: Query | None, doubting: bool
) -> Iterator[str]:
    if decision is None:
        yield "There is no word in it."
        return
    if doubting:
        yield "Correctly spelled words were taken for slips of ours: read as they stand, it asked nothing we know."
    if reading.doubtful:
        yield "A word in it is a name too, and was not taken for one: nothing else in the question is about phones."
    if decision.exact:
        yield f'It is a phrasing of {_name(decision.intent)}, word for word but for the names: "{decision.key}".'
    elif decision.told:
        story = decision.told
        yield (
            f"A headline explains it: {story.story.kind} {story.story.row_id},"
            f" {min(story.score, 1.0):.0%} of the question (at least {decision.asked_for:.0%} was asked for)."
        )
    else:
        likeliest, score = decision.likely[0]
        enough = "enough" if score >= decision.asked_for else "too little"
        yield (
            f"No phrasing is like it word for word; by its clues it is {_name(likeliest)}, {score:.0%} sure:"
            f" {enough}, as {decision.asked_for:.0%} was asked for."
        )
    if query.unknown:
        yield f"Where a name should stand there is none that the store knows: {' '.join(query.unknown)}."
    if previous and query.follows:
        yield f"It goes on from the question before ({_name(previous.intent)}) and takes from it what it leaves out."
    if query.intent is not decision.intent and not query.unknown:
        yield f"With the names and words it has, {_name(decision.intent)} means {_name(query.intent)}."
    if reading.surest < 1:
        yield f"The names are {reading.surest:.0%} sure, by their spelling."
