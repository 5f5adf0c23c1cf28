"""An answer as the JSON object that other programs read; its keys are a contract, and so is that it is in English."""

from __future__ import annotations

from typing import Any

from bot.answers.answer import Answer
from bot.languages.spoken import ENGLISH, speaking
from bot.views.text import plain
from bot.views.wording import word


def as_json(question: str, answer: Answer, seconds: float) -> dict[str, Any]:
    """The answer under the contract's keys; `seconds` is how long it took."""
    query = answer.query
    with speaking(ENGLISH):
        text, suggestions = plain(answer), [word(suggestion) for suggestion in answer.suggestions]
    if not answer.answered and answer.choices:
        suggestions = list(answer.choices)
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
        "text": text,
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
        "suggestions": suggestions,
        "seconds": round(seconds, 6),
    }
