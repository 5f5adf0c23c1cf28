"""scikit-learn: character n-grams and logistic regression for the intent; names by a rapidfuzz gazetteer."""

from __future__ import annotations

import re
from datetime import date

import numpy
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

from tests.evaluation.peers.protocol import Answered, Ask, Asked, Setup, serve
from tests.evaluation.peers.slots import metric_of, period_of

NEAR = 85  # of 100: a window of words this like a name is that name
LONGEST = 3  # words of a name
COMMON = 4  # letters; shorter windows must be the name exactly


def learn(setup: Setup) -> Ask:
    """Fit on the train questions and every phrasing; how unsure is none of our business is chosen by cross-validation."""
    texts = [_text(one) for one in setup.train]
    labels = [one["intent"] for one in setup.train]
    extra = [(text, intent) for intent, several in setup.phrasings.items() for text in several]
    model = make_pipeline(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, lowercase=True),
        LogisticRegression(C=30, max_iter=2000),
    )
    least = _least(model, texts, labels)
    model.fit([*texts, *(text for text, _ in extra)], [*labels, *(intent for _, intent in extra)])
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


def _least(model: object, texts: list[str], labels: list[str]) -> float:
    """The chance below which an intent is not believed: the one that is right most often on held-out train questions."""
    folds = StratifiedKFold(5, shuffle=True, random_state=1)
    chances = cross_val_predict(model, texts, labels, cv=folds, method="predict_proba")
    classes = numpy.array(sorted(set(labels)))
    best, gold = classes[chances.argmax(axis=1)], numpy.array(labels)

    def right(least: float) -> int:
        return int((numpy.where(chances.max(axis=1) >= least, best, "none") == gold).sum())

    return max((at / 100 for at in range(0, 60, 2)), key=right)


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
