"""Measures, amounts and certainties as an admin types them: "9.2 million", "23.5%", "+103%", "#1", "confirmed"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from store.words import Certainty, Metric

_METRICS = {
    "shipments": Metric.SHIPMENTS, "shipped": Metric.SHIPMENTS, "sales": Metric.SHIPMENTS, "units": Metric.SHIPMENTS,
    "market share": Metric.MARKET_SHARE, "share": Metric.MARKET_SHARE, "rank": Metric.RANK, "place": Metric.RANK,
    "position": Metric.RANK, "growth": Metric.GROWTH, "change": Metric.GROWTH,
}  # fmt: skip
_CERTAINTIES = {
    "confirmed": Certainty.CONFIRMED, "official": Certainty.CONFIRMED, "certain": Certainty.CONFIRMED,
    "estimate": Certainty.ESTIMATE, "estimated": Certainty.ESTIMATE, "preliminary": Certainty.ESTIMATE,
    "expected": Certainty.EXPECTED, "planned": Certainty.EXPECTED, "forecast": Certainty.EXPECTED,
    "rumoured": Certainty.RUMOURED, "rumored": Certainty.RUMOURED, "rumour": Certainty.RUMOURED,
    "rumor": Certainty.RUMOURED, "reportedly": Certainty.RUMOURED,
}  # fmt: skip
_LEAST_LIKE = 82
_AMOUNT = re.compile(
    r"(?P<bound>[<>~]|more than |over |less than |under |about |around )?\s*(?P<sign>[+\-−]?)\s*"
    r"(?P<number>\d[\d, ]*(?:\.\d+)?)\s*(?P<unit>[a-z%][a-z% ]*)?",
    re.IGNORECASE,
)
_RANK = re.compile(r"(?:#|no\.? ?|number |rank |place )\s*(\d{1,3})|(\d{1,3})(?:st|nd|rd|th)(?: place)?", re.IGNORECASE)
_BOUNDS = {"more than": ">", "over": ">", "less than": "<", "under": "<", "about": "~", "around": "~"}
_MILLIONS = ("million", "millions", "m", "mn", "mln")
_PERCENT = ("%", "percent", "per cent", "pct")
_OTHER_UNITS = ("billion", "bn", "thousand", "k", "crore", "lakh", "units", "unit", "phones", "smartphones")


@dataclass(frozen=True)
class Amount:
    """A number as a row's cells have it: `value` with its bound before it, the unit, and the measure it gives away."""

    value: str
    unit: str
    metric: Metric | None


def read_metric(text: str) -> Metric | None:
    """A measure's name, typing errors mended."""
    return _METRICS.get(key) if (key := _like(text, list(_METRICS))) else None


def read_certainty(text: str) -> Certainty | None:
    """A certainty's name, typing errors mended."""
    return _CERTAINTIES.get(key) if (key := _like(text, list(_CERTAINTIES))) else None


def read_amount(text: str) -> Amount | None:
    """A number with its unit; None where the text is more or less than that."""
    plain = text.strip()
    rank = _RANK.fullmatch(plain)
    if rank:
        return Amount(rank[1] or rank[2], "rank", Metric.RANK)
    found = _AMOUNT.fullmatch(plain)
    if not found:
        return None
    unit = " ".join((found["unit"] or "").lower().split())
    for noun in (" smartphones", " phones", " units"):
        unit = unit.removesuffix(noun)
    bound = (found["bound"] or "").strip().lower()
    sign = "-" if found["sign"] in ("-", "−") else ""
    value = _BOUNDS.get(bound, bound) + sign + found["number"].replace(",", "").replace(" ", "")
    if unit in _PERCENT:
        return Amount(value, "percent", Metric.GROWTH if found["sign"] else None)
    if unit in _MILLIONS or unit in _OTHER_UNITS:
        return Amount(value, "million" if unit in _MILLIONS else unit, Metric.SHIPMENTS)
    return Amount(value, "", None) if not unit else None


def _like(text: str, known: list[str]) -> str | None:
    plain = " ".join(text.casefold().replace("_", " ").split())
    found = process.extractOne(plain, known, scorer=fuzz.ratio, score_cutoff=_LEAST_LIKE)
    return found[0] if found else None
