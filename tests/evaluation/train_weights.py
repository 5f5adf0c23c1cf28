"""Writes bot/understanding/weights.json and bigrams.json: `make weights`. Learns from all phrasings and the training
questions.

Each is read as the bot reads it, as written and mistyped, and becomes clues; the weights are those of a logistic
regression over them. Phrasings in which ordinary words stand where names of our trade stood teach what is not ours."""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from bot.understanding import bigrams
from bot.understanding.clues import clues, given_by, tokens_of
from bot.understanding.joined import apart
from bot.understanding.lexicon import Kind, Lexicon, build_lexicon, ordinary_words
from bot.understanding.mending import as_known, class_of
from bot.understanding.phrasings import TODAY, fingerprint, key_of_phrasing, phrasings, with_names
from bot.understanding.spans import read
from bot.understanding.stories import find_stories
from bot.understanding.text import words
from bot.understanding.weights import PATH, SCALE
from store.catalogue import Catalogue, read_catalogue
from store.engine import reading
from store.start import start
from store.words import TOTAL
from tests.evaluation.score import Gold, read_gold
from tests.evaluation.typos import keyboard_typos

TRAINING = ("train", "train2", "train3", "train4", "train5", "train6", "train7", "train8", "train9")
PREVIOUS = ("xiaomi shipments", "xiaomi shipments in india")  # what a follow-up among the phrasings follows
BEFORE = ("can you tell me", "please tell me", "do you know", "hey", "i want to know", "so", "could you say", "tell me")
OPENINGS = ("", "", "did", "is it true that", "what about", "is", "was", "who said that", "has")
AFTER = ("please", "thanks", "pls", "do you know", "exactly", "now")
_OURS = re.compile(
    r"\{(?:vendor2?|product|region)\}|\b(?:smart)?phones?\b|\bvendors?\b|\bbrands?\b|\bmarket\b|\bhandsets?\b"
)
_NEVER_STRANGE = {"greeting", "help", "subscriptions", "none"}
_LEAST_WEIGHT = 0.02


@dataclass(frozen=True)
class Example:
    """A question to learn from, its day, its intent, how much it counts, and the question before it, if any."""

    question: str
    today: date
    intent: str
    count: float = 1.0
    previous: str = ""


def examples() -> Iterator[Example]:
    """Every question to learn from, as written, mistyped and with small words around it."""
    chance = random.Random(2017)
    strange = sorted(word for word in ordinary_words() if 3 < len(word) < 10)
    for turn, phrasing in enumerate(phrasings()):
        question = with_names(phrasing.text, turn)
        before = PREVIOUS[turn % len(PREVIOUS)] if phrasing.follows else ""
        yield from _with_slips(Example(question, TODAY, phrasing.intent, 1.0, before), turn, 1, chance)
        if phrasing.language == "en" and phrasing.intent not in _NEVER_STRANGE and _OURS.search(phrasing.text):
            other = with_names(_OURS.sub(lambda _: chance.choice(strange), phrasing.text), turn)
            if turn % 3 == 0:
                yield Example(other, TODAY, "none", 0.5, before)
    for line in (Path(__file__).parent / "none_train.txt").read_text("utf-8").splitlines():
        yield Example(line, TODAY, "none")
    for turn, gold in enumerate(training_questions()):
        if gold.previous and len(words(gold.question)) < 3:
            continue
        yield from _with_slips(Example(gold.question, gold.now, gold.intent, 1.0, gold.previous), turn, 2, chance)


def _told(catalogue: Catalogue) -> Iterator[Example]:
    """Questions about headlines, and some words of each headline."""
    chance = random.Random(1)
    with (Path(__file__).parent / "questions_told.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Example(row["question"], date.fromisoformat(row["now"]), row["intent"])
    for headline in catalogue.headlines:
        intent = "milestones" if headline.kind == "milestone" else "news"
        own = [word for word in words(headline.title) if word.isalpha() and len(word) > 3]
        vendor = catalogue.vendors[headline.vendor].name if headline.vendor != TOTAL else ""
        for _ in range(2):
            some = sorted(chance.sample(range(len(own)), min(len(own), chance.choice((3, 4, 5)))))
            asked = " ".join((chance.choice(OPENINGS), vendor, *(own[at] for at in some)))
            yield Example(asked, TODAY, intent, 0.3)


def _with_slips(example: Example, turn: int, slips: int, chance: random.Random) -> Iterator[Example]:
    yield example
    yield replace(example, question=keyboard_typos(example.question, slips, turn), count=0.5)
    if not example.previous and example.intent not in ("greeting",):
        around = chance.choice((f"{chance.choice(BEFORE)} {{}}", f"{{}} {chance.choice(AFTER)}"))
        yield replace(example, question=around.format(example.question), count=0.3)


def training_questions() -> list[Gold]:
    return [gold for split in TRAINING for gold in read_gold(split)]


def learn(lexicon: Lexicon) -> dict[str, Any]:
    """The weights as the values of the file."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    shown, labels, counts = [], [], []
    for example in [*examples(), *_told(lexicon.catalogue)]:
        given: set[str] = set()
        if example.previous:
            before = read(words(example.previous), lexicon, example.today)
            given = given_by(bool(before.slugs(Kind.VENDOR)), bool(before.slugs(Kind.REGION)))
        read_as = read(words(example.question), lexicon, example.today)
        pointer = next(iter(find_stories(read_as, lexicon)), None)
        shown.append(dict.fromkeys(clues(tokens_of(read_as, lexicon), read_as, given, pointer), 1))
        labels.append(example.intent)
        counts.append(example.count)
    vectors = DictVectorizer()
    model = LogisticRegression(C=2.0, max_iter=1000)
    model.fit(vectors.fit_transform(shown), labels, sample_weight=counts)
    columns = {
        clue: [round(float(weight) * SCALE) for weight in model.coef_[:, at]]
        for clue, at in sorted(vectors.vocabulary_.items())
        if abs(model.coef_[:, at]).max() >= _LEAST_WEIGHT
    }
    return {
        "learnt_from": fingerprint(),
        "intents": list(model.classes_),
        "start": [round(float(one) * SCALE) for one in model.intercept_],
        "clues": columns,
        "phrasings": keys(lexicon),
    }


def keys(lexicon: Lexicon) -> dict[str, str]:
    """The intents of each phrasing by its key."""
    found: dict[str, dict[str, None]] = {}
    for phrasing in phrasings():
        found.setdefault(key_of_phrasing(phrasing, lexicon), {})[phrasing.intent] = None
    return {key: " ".join(intents) for key, intents in sorted(found.items())}


def write(learnt: dict[str, Any], path: Path = PATH) -> None:
    """One clue a line, so that a change can be read."""

    def lines(values: dict[str, Any]) -> str:
        rows = (f"{json.dumps(key, ensure_ascii=False)}:{_short(value)}" for key, value in values.items())
        return "{\n" + ",\n".join(rows) + "}"

    parts = (f'"{key}":{lines(value) if isinstance(value, dict) else _short(value)}' for key, value in learnt.items())
    path.write_text("{" + ",\n".join(parts) + "}\n", "utf-8")


def _short(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def counted(catalogue: Catalogue) -> bigrams.Bigrams:
    """Which words stand side by side in the questions that are spelled right."""
    lexicon = build_lexicon(catalogue, bigrams.Bigrams.of({}, {}))
    questions = [with_names(phrasing.text, turn) for turn, phrasing in enumerate(phrasings())]
    questions += [gold.question for gold in training_questions() if "typo" not in gold.tags]
    questions += (Path(__file__).parent / "none_train.txt").read_text("utf-8").splitlines()
    known = ([as_known(word, lexicon) for word in apart(words(question), lexicon)] for question in questions)
    return bigrams.count([(class_of(*word, lexicon), word[0]) for word in question] for question in known)


def main() -> None:
    engine = start("sqlite://")
    with reading(engine) as session:
        catalogue = read_catalogue(session)
    beside = counted(catalogue)
    bigrams.write(beside)
    write(learn(build_lexicon(catalogue, beside)))
    for path in (PATH, bigrams.PATH):
        print(f"{path}: {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
