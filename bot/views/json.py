"""An answer as the JSON object that other programs read; its keys are a contract."""

from __future__ import annotations

from typing import Any

from bot.answers.answer import Answer
from bot.views.text import plain


def as_json(question: str, answer: Answer, seconds: float) -> dict[str, Any]:
    """The answer under the contract's keys; `seconds` is how long it took."""
    query = answer.query
    return {
        "question": question,
        "answered": answer.answered,
        "intent": query.intent.value if query.intent else None,
        "vendors": list(query.vendors),
        "metric": query.metric.value if query.metric else None,
        "regions": list(query.regions),
        "period": str(query.period) if query.period else None,
        "product": query.product,
        "confidence": min(max(query.confidence, 0.0), 1.0),
        "text": plain(answer),
        "values": [
            {
                "vendor": fact.vendor,
                "metric": fact.metric.value,
                "value": fact.value,
                "unit": str(fact.unit),
                "region": fact.region,
                "period": str(fact.period),
                "certainty": fact.certainty.value,
                "source": fact.source.name,
                "fact_id": fact.row_id,
            }
            for fact in answer.values
        ],
        "suggestions": list(answer.suggestions if answer.answered else answer.choices or answer.suggestions),
        "seconds": round(seconds, 6),
    }
