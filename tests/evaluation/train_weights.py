"""Writes bot/understanding/weights.json: `make weights`. Learns from all phrasings and the training questions.

Each is read as the bot reads it, once as written and once or twice mistyped, and becomes clues; the weights are those of a
logistic regression over them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.understanding.clues import clues
from bot.understanding.lexicon import FOLDER, Kind, language_files
from bot.understanding.spans import read
from bot.understanding.text import words
from bot.understanding.understand import Understanding
from bot.understanding.weights import PATH, SCALE
from store.catalogue import read_catalogue
from store.engine import reading
from store.start import start
from tests.evaluation.score import Gold, read_gold
from tests.evaluation.typos import keyboard_typos

TRAINING = ("train", "train2")
TODAY = date(2017, 11, 1)
NAMES = {
    "vendor": ("xiaomi", "samsung", "vivo", "lenovo", "huawei"),
    "vendor2": ("oppo", "apple", "lg"),
    "region": ("india", "spain", "europe", "china"),
    "period": ("Q3 2017", "2016", "last month", "the first half of 2016"),
    "product": ("mi a1", "iphone x", "mate 30 pro"),
    "number": ("10 million", "25%", "3 million"),
    "position": ("second", "third"),
    "analyst": ("idc", "canalys"),
}  # fmt: skip
PREVIOUS = ("xiaomi shipments", "xiaomi shipments in india")  # what a follow-up among the phrasings follows
_LEAST_WEIGHT = 0.02


def fingerprint() -> str:
    """Changes when what the weights are learnt from does."""
    files = [*sorted((FOLDER / "phrasings").glob("*.yaml")), *sorted((FOLDER / "words").glob("*.yaml"))]
    files += [Path(__file__).parent / f"questions_{split}.tsv" for split in TRAINING]
    kept = hashlib.sha256()
    for path in files:
        kept.update(path.read_bytes() if path.exists() else b"")
    return kept.hexdigest()[:16]


def with_names(phrasing: str, turn: int) -> str:
    """A phrasing as a question: its slots filled with names, other ones each turn."""
    return re.sub(r"\{(\w+)\}", lambda slot: NAMES[slot[1]][turn % len(NAMES[slot[1]])], phrasing)


@dataclass(frozen=True)
class Example:
    """A question to learn from, its day, its intent, how much it counts, and the question before it, if any."""

    question: str
    today: date
    intent: str
    count: float = 1.0
    previous: str = ""


def examples() -> Iterator[Example]:
    """Every question to learn from, as written and mistyped."""
    turn = 0
    for file in language_files("phrasings").values():
        for name, section in file.items():
            for text in section["phrasings"]:
                turn += 1
                question = with_names(str(text), turn)
                yield Example(question, TODAY, name)
                yield Example(keyboard_typos(question, 1, turn), TODAY, name, 0.5)
            for text in section.get("follow_ups") or ():
                turn += 1
                question = with_names(str(text), turn)
                before = PREVIOUS[turn % len(PREVIOUS)]
                yield Example(question, TODAY, name, 1.0, before)
                yield Example(keyboard_typos(question, 1, turn), TODAY, name, 0.5, before)
    for gold in training_questions():
        turn += 1
        if gold.previous and len(words(gold.question)) < 3:
            continue
        yield Example(gold.question, gold.now, gold.intent, 1.0, gold.previous)
        yield Example(keyboard_typos(gold.question, 2, turn), gold.now, gold.intent, 0.5, gold.previous)


def training_questions() -> list[Gold]:
    return [gold for split in TRAINING for gold in read_gold(split)]


def learn(understanding: Understanding) -> dict[str, object]:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    lexicon = understanding.lexicon
    shown, labels, counts = [], [], []
    for example in examples():
        given = set()
        if example.previous:
            before = read(words(example.previous), lexicon, example.today)
            given = {f"{{{kind}}}" for kind in (Kind.VENDOR, Kind.REGION) if before.slugs(kind)} or {"{vendor}"}
        found = clues(read(words(example.question), lexicon, example.today), lexicon.ordinary, given)
        shown.append(dict.fromkeys(found, 1))
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
    }


def write(learnt: dict[str, object], path: Path = PATH) -> None:
    """One clue a line, so that a change can be read."""
    columns = learnt.pop("clues")
    assert isinstance(columns, dict)
    lines = [f"{json.dumps(key)}: {json.dumps(value, separators=(',', ':'))}" for key, value in learnt.items()]
    clue_lines = [
        f"{json.dumps(clue, ensure_ascii=False)}:{json.dumps(column, separators=(',', ':'))}"
        for clue, column in columns.items()
    ]
    path.write_text("{" + ",\n".join([*lines, '"clues":{\n' + ",\n".join(clue_lines) + "}"]) + "}\n", "utf-8")


def main() -> None:
    engine = start("sqlite://")
    with reading(engine) as session:
        catalogue = read_catalogue(session)
    learnt = learn(Understanding.of(catalogue))
    write(learnt)
    print(f"{PATH}: {PATH.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
