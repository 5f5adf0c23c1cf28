"""What the bot counts of its work, for Prometheus. `written` is what /metrics shows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

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
# For those who send alerts to set and count.
DELIVERIES = Gauge("vendorbot_deliveries", "Deliveries of alerts, by state.", ["state"], registry=REGISTRY)
QUEUE_AGE = Gauge("vendorbot_delivery_queue_age_seconds", "Age of the oldest delivery that is due.", registry=REGISTRY)

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


def written() -> bytes:
    """All figures as Prometheus reads them."""
    return generate_latest(REGISTRY)
