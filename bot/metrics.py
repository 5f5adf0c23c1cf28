"""What the bot counts of its work, for Prometheus. `written` is what /metrics shows."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

if TYPE_CHECKING:
    from store.delivery_queue import Queue

CONTENT_TYPE = CONTENT_TYPE_LATEST
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
_SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)

UPDATES = Counter("vendorbot_updates", "Updates from Telegram, by what became of them.", ["fate"], registry=REGISTRY)
IN_HAND = Gauge("vendorbot_updates_in_hand", "Updates taken and not dealt with yet.", registry=REGISTRY)
UPDATE_SECONDS = Histogram(
    "vendorbot_update_seconds", "From an update's arrival until it was dealt with.", buckets=_SECONDS, registry=REGISTRY
)
ANSWERS = Counter("vendorbot_answers", "Questions, by the outcome of their answers.", ["outcome"], registry=REGISTRY)
ANSWER_SECONDS = Histogram(
    "vendorbot_answer_seconds", "From a question to its answer, not yet sent.", buckets=_SECONDS, registry=REGISTRY
)
ERRORS = Counter("vendorbot_errors", "Faults, by the kind of error.", ["kind"], registry=REGISTRY)
TOLD_TO_WAIT = Counter("vendorbot_told_to_wait", "Answers of Telegram with 429.", registry=REGISTRY)
WEBHOOK = Counter("vendorbot_webhook_requests", "Calls of the webhook, by status.", ["status"], registry=REGISTRY)
# Of the process that sends alerts; the others show none.
DELIVERIES = Gauge("vendorbot_deliveries", "Open deliveries of alerts, by state.", ["state"], registry=REGISTRY)
QUEUE_AGE = Gauge("vendorbot_delivery_queue_age_seconds", "Age of the oldest delivery that is due.", registry=REGISTRY)
MESSAGES = Gauge(
    "vendorbot_alert_messages",
    "Messages of alerts so far, by what became of them.",
    ["fate"],
    registry=REGISTRY,
)

for fate in ("taken", "repeated", "slowed", "dropped", "taken over", "unreadable"):
    UPDATES.labels(fate)
for outcome in ("answered", "not answered", "failed"):
    ANSWERS.labels(outcome)


class Outcome:
    """How the answer to one question came out, and how long it took."""

    answered: bool | None = None
    seconds = 0.0


@contextmanager
def answering() -> Iterator[Outcome]:
    """Counts one question and times it; left by an exception, it has failed."""
    outcome, began = Outcome(), time.perf_counter()
    try:
        yield outcome
    finally:
        outcome.seconds = time.perf_counter() - began
        ANSWER_SECONDS.observe(outcome.seconds)
        ANSWERS.labels(_OUTCOMES[outcome.answered]).inc()


_OUTCOMES = {True: "answered", False: "not answered", None: "failed"}


def show_deliveries(queue: Queue, fates: Mapping[str, int]) -> None:
    """Take over how many deliveries are open, and what became of messages since the start."""
    for state, count in queue.counts.items():
        DELIVERIES.labels(state).set(count)
    QUEUE_AGE.set(queue.age)
    for fate, count in fates.items():
        MESSAGES.labels(fate).set(count)


def written() -> bytes:
    """All figures as Prometheus reads them."""
    return generate_latest(REGISTRY)
