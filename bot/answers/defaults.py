"""What a question means where it leaves something out: shipments, unless another number is named."""

from __future__ import annotations

from dataclasses import replace

from bot.understanding.query import Intent, Query
from store.words import Metric

_DEFAULT = {
    Intent.VALUE: Metric.SHIPMENTS,
    Intent.TOTAL: Metric.SHIPMENTS,
    Intent.COMPARE: Metric.SHIPMENTS,
    Intent.TREND: Metric.SHIPMENTS,
    Intent.RECORD: Metric.SHIPMENTS,
    Intent.GROWTH: Metric.GROWTH,
}


def with_defaults(query: Query) -> Query:
    """The query with the metric that its intent implies."""
    if query.intent in _DEFAULT and query.metric is None:
        return replace(query, metric=_DEFAULT[query.intent])
    return query
