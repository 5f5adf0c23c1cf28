"""Asks a peer in its own process, and reads its answers as queries that are scored like ours."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any

from bot.understanding.lexicon import language_files
from bot.understanding.query import Intent, Query
from store.catalogue import Catalogue
from store.period import Period, PeriodError
from store.words import Metric
from tests.evaluation.peers.registry import ROOT, Peer
from tests.evaluation.score import Gold, read_gold


@dataclass(frozen=True)
class Run:
    """A peer's queries, one a question, and the seconds each took; `training` seconds before that."""

    queries: list[Query]
    seconds: list[float]
    training: float


class PeerError(Exception):
    """A peer could not be asked; the message says why."""


def setup_for_peers(catalogue: Catalogue) -> dict[str, Any]:
    """What every peer may learn from, as protocol.Setup has it."""
    words, phrasings = language_files("words"), language_files("phrasings")
    intents = {name for file in phrasings.values() for name in file}
    concepts: dict[str, list[str]] = {}
    for lists in words.values():
        for section in ("concepts", "questions"):
            for concept, spellings in (lists.get(section) or {}).items():
                concepts.setdefault(str(concept), []).extend(map(str, spellings))
    owners = (("vendor", catalogue.vendors), ("region", catalogue.regions), ("product", catalogue.products))
    return {
        "train": [_learnt(gold) for gold in read_gold("train")],
        "phrasings": {
            name: [str(text) for file in phrasings.values() for text in file.get(name, {}).get("phrasings", ())]
            for name in sorted(intents)
        },
        "concepts": concepts,
        "fillers": [str(word) for lists in words.values() for word in lists.get("fillers") or ()],
        "names": [
            (kind, slug, name.text)
            for kind, owned in owners
            for slug, owner in owned.items()
            for name in owner.names
        ],
    }  # fmt: skip


def _learnt(gold: Gold) -> dict[str, Any]:
    return {
        "question": gold.question, "previous": gold.previous, "intent": gold.intent, "vendors": sorted(gold.vendors),
        "metric": gold.metric, "regions": sorted(gold.regions), "period": gold.period, "product": gold.product,
    }  # fmt: skip


def ask_peer(peer: Peer, setup: dict[str, Any], questions: Sequence[Gold]) -> Run:
    """Start the peer, have it learn, and ask it every question. Raises PeerError."""
    command = [str(peer.python), "-m", f"tests.evaluation.peers.{peer.module}"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, encoding="utf-8"
    )
    asked = [{"question": gold.question, "previous": gold.previous, "now": gold.now.isoformat()} for gold in questions]
    lines = [json.dumps(one) + "\n" for one in (setup, *asked)]
    assert process.stdin and process.stdout and process.stderr
    said: list[str] = []
    errors = threading.Thread(target=lambda: said.extend(process.stderr or ()), daemon=True)
    writer = threading.Thread(target=_write, args=(process.stdin, lines), daemon=True)
    errors.start()
    writer.start()
    answers = [json.loads(line) for line in process.stdout]
    if process.wait() or len(answers) != len(lines):
        errors.join(timeout=5)
        raise PeerError(f"{peer.name} failed: {said[-1].strip() if said else f'exit code {process.returncode}'}")
    ready, *rest = answers
    queries = [_query(gold, answer) for gold, answer in zip(questions, rest, strict=True)]
    return Run(queries, [answer["seconds"] for answer in rest], ready["ready"])


def _write(pipe: IO[str], lines: Sequence[str]) -> None:
    try:
        with pipe:
            pipe.writelines(lines)
    except BrokenPipeError:
        pass  # the peer ended early; the missing answers say so


def _query(gold: Gold, answer: dict[str, Any]) -> Query:
    """A peer's answer as one of our queries; a period that is none counts as none found."""
    try:
        period = Period.parse(answer["period"]) if answer.get("period") else None
    except PeriodError:
        period = None
    return Query(
        text=gold.question,
        today=gold.now,
        intent=None if answer["intent"] == "none" else Intent(answer["intent"]),
        vendors=tuple(answer.get("vendors", ())),
        metric=Metric(answer["metric"]) if answer.get("metric") else None,
        regions=tuple(answer.get("regions", ())),
        period=period,
        product=next(iter(answer.get("products", ())), None),
    )
