"""What reading an article finds: facts and launches that a person may accept, each with the words it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from store.period import Period
from store.words import UNIT_OF, Certainty, Metric


@dataclass(frozen=True)
class FoundFact:
    """A metric's value for a vendor (or `total`), region and period; shipments in millions, growth against the year
    before in percent, negative for a fall. `quote` is the sentence it was read from."""

    vendor: str
    metric: Metric
    value: float
    region: str
    period: Period
    certainty: Certainty
    quote: str
    placed: bool = True  # the sentence itself names the region

    @property
    def identity(self) -> tuple[object, ...]:
        """What makes two candidates the same one, told twice."""
        return self.vendor, self.metric, round(self.value, 6), self.region, self.period


@dataclass(frozen=True)
class FoundLaunch:
    """A vendor or product enters a region. `date` is `2017-11-07`, `2017-11`, `2017Q4`, `2017` or empty."""

    vendor: str
    product: str
    region: str
    date: str
    certainty: Certainty
    quote: str

    @property
    def identity(self) -> tuple[object, ...]:
        return self.vendor, self.product.casefold(), self.region, self.date


Found = FoundFact | FoundLaunch


def as_json(found: Found) -> dict[str, Any]:
    """The candidate under the contract's keys; those that do not belong to its kind are null."""
    empty = dict.fromkeys(("metric", "value", "unit", "region", "period", "product", "date"))
    if isinstance(found, FoundFact):
        own: dict[str, Any] = {
            "kind": "fact",
            "vendor": found.vendor,
            "metric": found.metric.value,
            "value": int(found.value) if found.metric is Metric.RANK else found.value,
            "unit": UNIT_OF[found.metric].value,
            "region": found.region,
            "period": str(found.period),
        }
    else:
        own = {
            "kind": "launch",
            "vendor": found.vendor,
            "region": found.region,
            "product": found.product or None,
            "date": found.date or None,
        }
    order = ("kind", "vendor", "metric", "value", "unit", "region", "period", "product", "date")
    values = empty | own
    return {key: values[key] for key in order} | {"certainty": found.certainty.value, "quote": found.quote}
