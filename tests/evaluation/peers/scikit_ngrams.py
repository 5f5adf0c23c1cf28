"""scikit-learn: character n-grams and logistic regression for the intent; names by a rapidfuzz gazetteer."""

from __future__ import annotations

import random
import re
from datetime import date

from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import Pipeline, make_pipeline

from tests.evaluation.peers.protocol import Answered, Ask, Asked, Setup, serve
from tests.evaluation.peers.slots import metric_of, period_of

NEAR = 85  # of 100: a window of words this like a name is that name
LONGEST = 3  # words of a name
COMMON = 4  # letters; shorter windows must be the name exactly


def learn(setup: Setup) -> Ask:
    """Fit on the train questions and every phrasing; below which chance it is none of ours, cross-validation says."""
    texts = [_text(one) for one in setup.train]
    labels = [one["intent"] for one in setup.train]
    extra = _filled(setup)
    least = _least(texts, labels, extra)
    model = _fitted(texts, labels, extra)
    classes = list(model.classes_)
    names = [name.lower() for _, _, name in setup.names]
    owner = {name.lower(): (kind, slug) for kind, slug, name in setup.names}
    makers = {one["product"]: one["vendors"] for one in setup.train if one["product"]}

    def ask(asked: Asked) -> Answered:
        chances = model.predict_proba([_text(asked)])[0]
        best = int(chances.argmax())
        intent = classes[best] if chances[best] >= least else "none"
        found: dict[str, list[str]] = {"vendor": [], "region": [], "product": []}
        period = ""
        for text in filter(None, (asked["question"], asked["previous"])):
            for kind, slugs in _named(text, names, owner).items():
                found[kind] = found[kind] or slugs
            period = period or period_of(text, date.fromisoformat(asked["now"]))
        vendors = found["vendor"] or [maker for product in found["product"] for maker in makers.get(product, ())]
        metric = metric_of(asked["question"] + " " + asked["previous"], intent)
        return {
            "intent": intent, "vendors": vendors, "regions": found["region"], "products": found["product"],
            "period": period, "metric": metric,
        }  # fmt: skip

    return ask


def _text(asked: Asked) -> str:
    return f"{asked['previous']} >> {asked['question']}" if asked["previous"] else asked["question"]


def _filled(setup: Setup) -> list[tuple[str, str]]:
    """Each phrasing with names in its slots, and its intent."""
    chance = random.Random(1)
    fill: dict[str, list[str]] = {
        kind: [text for one, _, text in setup.names if one == kind] for kind in ("vendor", "region", "product")
    }
    fill |= {
        "vendor2": fill["vendor"], "number": ["10 million"], "position": ["third"],
        "period": ["2017", "Q3 2017", "2016", "last year", "last quarter"],
    }  # fmt: skip
    return [
        (re.sub(r"\{(\w+)\}", lambda slot: chance.choice(fill.get(slot[1], [slot[1]])), text), intent)
        for intent, several in setup.phrasings.items()
        for text in several
    ]


def _fitted(texts: list[str], labels: list[str], extra: list[tuple[str, str]]) -> Pipeline:
    """A model fitted on those texts. The settings are the best of eight that were cross-validated on train."""
    model = make_pipeline(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True),
        LogisticRegression(C=100, max_iter=200, tol=1e-3),
    )
    return model.fit([*texts, *(text for text, _ in extra)], [*labels, *(intent for _, intent in extra)])


def _least(texts: list[str], labels: list[str], extra: list[tuple[str, str]]) -> float:
    """The chance below which an intent is not believed: the one most often right on held-out train questions."""
    found: list[tuple[float, str, str]] = []
    for kept, held in StratifiedKFold(3, shuffle=True, random_state=1).split(texts, labels):
        model = _fitted([texts[at] for at in kept], [labels[at] for at in kept], extra)
        chances = model.predict_proba([texts[at] for at in held])
        found += [(row.max(), model.classes_[row.argmax()], labels[at]) for row, at in zip(chances, held, strict=True)]
    return max(
        (at / 100 for at in range(0, 60, 2)),
        key=lambda least: sum((best if chance >= least else "none") == gold for chance, best, gold in found),
    )


def _named(text: str, names: list[str], owner: dict[str, tuple[str, str]]) -> dict[str, list[str]]:
    """The vendors, regions and products whose name some words of the text are like."""
    words = re.sub(r"['’]s\b", "", text.lower())
    typed = re.findall(r"[^\W_]+", words)
    found: dict[str, list[str]] = {}
    taken: set[int] = set()
    for length in range(LONGEST, 0, -1):
        for start in range(len(typed) - length + 1):
            window = " ".join(typed[start : start + length])
            places = set(range(start, start + length))
            if places & taken:
                continue
            name = window if window in owner else None
            if name is None and len(window) > COMMON:
                near = process.extractOne(window, names, scorer=fuzz.ratio, score_cutoff=NEAR)
                name = near[0] if near else None
            if name:
                kind, slug = owner[name]
                found.setdefault(kind, []).append(slug)
                taken |= places
    return found


if __name__ == "__main__":
    serve(learn)
