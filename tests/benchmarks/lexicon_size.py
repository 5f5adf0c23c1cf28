"""How long text to Query takes with 100,000 aliases against 500, and a plain rapidfuzz scan of the same aliases."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from rapidfuzz import process
from rich.console import Console
from rich.table import Table

from bot.understanding.text import words
from bot.understanding.understand import Understanding
from store.catalogue import Catalogue, KnownVendor, Name
from tests.evaluation import figures
from tests.evaluation.ours import vendorbot
from tests.evaluation.peers.protocol import timed
from tests.evaluation.report import Measured
from tests.evaluation.score import Gold, read_gold

FEW, MANY = 500, 100_000  # aliases
ALIASES_A_VENDOR = 10
RATIO = 3.0  # at most
SCANNED = 20  # questions: a scan of all aliases is slow
_STARTS = ("b", "br", "ch", "d", "dr", "f", "g", "gr", "h", "j", "k", "kl", "l", "m", "n", "p", "pr", "q", "r", "s",
           "sh", "st", "t", "tr", "v", "w", "x", "y", "z", "zh")  # fmt: skip
_ENDS = ("a", "ai", "an", "ar", "e", "el", "en", "er", "i", "in", "o", "on", "or", "u", "un", "us")


def run(console: Console) -> list[Measured]:
    """Ask the train questions, as typed and mistyped, with few and with many aliases."""
    with vendorbot() as ours:
        shipped = ours.answering.catalogue
    plain = read_gold("train")
    questions = [*plain, *figures.mistyped(plain, 0)][::3]
    table = Table(title="Text to query by aliases in the lexicon", title_justify="left", title_style="bold")
    table.add_column("aliases", justify="right")
    for column in ("built in s", "median ms", "99th percentile ms", "rapidfuzz scan, median ms"):
        table.add_column(column, justify="right")
    middles, scans = [], []
    for catalogue in (_cut(shipped, FEW), _grown(shipped, MANY)):
        began = time.perf_counter()
        understanding = Understanding.of(catalogue)
        built = time.perf_counter() - began
        took = _times(lambda gold, own=understanding: own.understand(gold.question, gold.now), questions)  # type: ignore[misc]
        names = [name for _, _, name in _names(catalogue)]
        scan = _times(lambda gold, names=names: _scan(gold.question, names), questions[:: len(questions) // SCANNED])  # type: ignore[misc]
        middles.append(statistics.median(took))
        scans.append(statistics.median(scan))
        slowest = statistics.quantiles(took, n=100)[98]
        table.add_row(f"{len(names):,}", f"{built:.1f}", f"{middles[-1]:.2f}", f"{slowest:.2f}", f"{scans[-1]:.2f}")
    console.print(table)
    ratio = middles[1] / middles[0]
    return [
        Measured(
            f"text to query with {MANY:,} aliases against {FEW} (rapidfuzz scan: {scans[1] / scans[0]:.0f} x)",
            f"{ratio:.2f} x",
            f"{RATIO:g} x",
            ratio <= RATIO,
        )
    ]


def _times(ask: Callable[[Gold], Any], questions: Sequence[Gold]) -> list[float]:
    """Milliseconds of each question."""
    for gold in questions[:50]:
        ask(gold)
    return [1000 * timed(ask, gold)[1] for gold in questions]


def _names(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """Kind, slug and text of every name."""
    owners: tuple[tuple[str, Mapping[str, Any]], ...] = (
        ("vendors", catalogue.vendors), ("regions", catalogue.regions), ("products", catalogue.products),
    )  # fmt: skip
    for kind, owned in owners:
        for slug, owner in owned.items():
            for name in owner.names:
                yield kind, slug, name.text


def _cut(catalogue: Catalogue, most: int) -> Catalogue:
    """The catalogue with every owner's first name, and of the other aliases the first, up to `most` names in all."""
    left = most - len(catalogue.vendors) - len(catalogue.regions) - len(catalogue.products)

    def fewer(owned: Mapping[str, Any]) -> dict[str, Any]:
        nonlocal left
        kept = {}
        for slug, owner in owned.items():
            names = owner.names[: 1 + max(0, left)]
            left -= len(names) - 1
            kept[slug] = replace(owner, names=names)
        return kept

    return replace(
        catalogue,
        vendors=fewer(catalogue.vendors),
        products=fewer(catalogue.products),
        regions=fewer(catalogue.regions),
    )


def _grown(catalogue: Catalogue, count: int) -> Catalogue:
    """The catalogue with made-up vendors beside its own, until there are `count` names."""
    chance = random.Random(1)
    made: dict[str, None] = {}
    while len(made) < count - sum(1 for _ in _names(catalogue)):
        parts = [chance.choice(_STARTS) + chance.choice(_ENDS) for _ in range(chance.randint(2, 4))]
        if chance.random() < 0.2:
            parts.insert(len(parts) // 2, " ")
        made["".join(parts).title()] = None
    texts = list(made)
    vendors = dict(catalogue.vendors)
    for at in range(0, len(texts), ALIASES_A_VENDOR):
        names = tuple(Name(text) for text in texts[at : at + ALIASES_A_VENDOR])
        slug = f"made-up-{at}"
        vendors[slug] = KnownVendor(slug, names[0].text, None, None, None, names)
    return replace(catalogue, vendors=vendors)


def _scan(question: str, names: Sequence[str]) -> int:
    """The same job without an index: every window of one to three words against every name."""
    typed = words(question)
    found = 0
    for length in (1, 2, 3):
        for start in range(len(typed) - length + 1):
            window = " ".join(typed[start : start + length])
            found += process.extractOne(window, names, score_cutoff=85) is not None
    return found
