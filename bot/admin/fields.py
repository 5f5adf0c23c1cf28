"""The fields of what can be added, how each is asked for, and how what is typed for one becomes a row's cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.admin.measures import read_amount, read_certainty, read_metric
from bot.admin.moments import UNKNOWN, read_day, read_days, read_period
from bot.admin.names import find_name
from bot.understanding.lexicon import Kind, Lexicon
from store.rows import NewFact, NewLaunch, NewMilestone, NewRow, is_web_address
from store.words import UNIT_OF, WORLD, Certainty, Metric

ROW_OF = {"fact": NewFact, "milestone": NewMilestone, "launch": NewLaunch}
KIND_OF: dict[type[NewRow], str] = {row: kind for kind, row in ROW_OF.items()}
FIELDS = {  # in the order in which they are asked for
    "fact": ("vendor", "metric", "value", "region", "period", "certainty", "url", "source", "published"),
    "milestone": ("vendor", "title", "value", "region", "period", "certainty", "url", "source", "published"),
    "launch": ("vendor", "product", "region", "date", "certainty", "url", "source", "published"),
}
OPTIONAL = {"fact": (), "milestone": ("value",), "launch": ("product", "date")}
FILLED_IN = ("source", "published")  # what is worked out where it is not said, and can be changed in the preview
ALSO = ("announced_by", "keywords")  # what can be said by name, and is asked for by nobody
ASK = {
    "vendor": "Which vendor?",
    "metric": "What does the figure measure?",
    "value": "What is the figure? For example 9.2 million, 23.5%, +103% or #1.",
    "region": "Where? A country, a region or worldwide.",
    "period": "For which period? For example Q3 2017, October 2017, H1 2017 or 2017.",
    "date": "When? For example 7 Nov 2017, November 2017, Q4 2017 or 2017.",
    "product": "Which product? Write its name, or press No product where the vendor itself comes.",
    "title": "What was reached? Write it as a headline, for example: 10 million phones shipped in a month.",
    "certainty": "How sure is it?",
    "url": "Where does it stand? Send the whole address, from https:// on.",
    "source": "Who says so? For example IDC, Counterpoint or Xiaomi.",
    "published": "When was that published? For example today, yesterday or 31 Oct 2017.",
}  # fmt: skip
EXPECTED = {
    "vendor": "I know no vendor {text}.",
    "region": "I know no place {text}.",
    "metric": "{text} is no measure: expected shipments, market share, rank or growth.",
    "value": "{text} is no figure: expected a number such as 9.2 million, 23.5%, +103% or #1.",
    "period": "{text} is no period: expected one such as Q3 2017, October 2017, H1 2017 or 2017.",
    "date": "{text} is no date: expected one such as 7 Nov 2017, November 2017 or 2017. Write the month as a word where"
    " day and month could be mixed up.",
    "certainty": "{text} is no certainty: expected confirmed, estimate, expected or rumoured.",
    "url": "{text} is no web address: expected a whole one, such as https://example.com/news/1.",
    "published": "{text} is no day: expected one such as 31 Oct 2017 or 2017-10-31.",
    "title": "A headline has words, and at most 256 letters.",
    "product": "A product has letters or digits, and at most 90 of them.",
    "source": "A source has a name, of at most 128 letters.",
}  # fmt: skip
NEW_VENDOR = " /addvendor adds one that is new."
NO_NUMBER, NO_PRODUCT, NOT_KNOWN = "No figure", "No product", "Not known"
WORLDWIDE = "Worldwide"
TODAY, YESTERDAY = "Today", "Yesterday"
LABELS = {"url": "address", "metric": "measure", "value": "figure", "announced_by": "announced by"}
_LONGEST = {"title": 256, "product": 90, "source": 128, "announced_by": 256, "keywords": 512}
_OFTEN_VENDORS = ("xiaomi", "samsung", "apple", "huawei", "oppo", "vivo", "realme", "honor")
_OFTEN_REGIONS = ("world", "india", "china", "spain", "europe", "western-europe", "united-states", "asia-pacific")
_METRIC_LABELS = {"shipments": "Shipments", "market_share": "Market share", "rank": "Rank", "growth": "Growth"}
_NOTHING = {"product": ("no product", "none", "-", "–"), "value": ("no figure", "none", "-", "–")}


@dataclass(frozen=True)
class Choice:
    """A button for a field: its label, and what pressing it stands for, as if it had been typed."""

    label: str
    value: str


@dataclass(frozen=True)
class Typed:
    """What was typed for a field: the cells it fills in, and what was mended; or what was wrong with it."""

    cells: Mapping[str, str]
    problem: str = ""
    near: tuple[Choice, ...] = ()
    note: str = ""


def missing(kind: str, cells: Mapping[str, str]) -> str | None:
    """The first field that nobody has filled in yet."""
    return next((field for field in FIELDS[kind] if field not in cells and field not in FILLED_IN), None)


def choices(field: str, lexicon: Lexicon) -> tuple[Choice, ...]:
    """What is offered on buttons for a field."""
    catalogue = lexicon.catalogue
    match field:
        case "vendor":
            return tuple(Choice(catalogue.name(slug), slug) for slug in _OFTEN_VENDORS if slug in catalogue.vendors)
        case "region":
            known = [slug for slug in _OFTEN_REGIONS if slug in catalogue.regions]
            return tuple(Choice(WORLDWIDE if slug == WORLD else catalogue.name(slug), slug) for slug in known)
        case "metric":
            return tuple(Choice(label, value) for value, label in _METRIC_LABELS.items())
        case "certainty":
            return tuple(Choice(one.capitalize(), one.value) for one in Certainty)
        case "product":
            return (Choice(NO_PRODUCT, "-"),)
        case "date":
            return (Choice(NOT_KNOWN, "-"),)
        case "published":
            return (Choice(TODAY, "today"), Choice(YESTERDAY, "yesterday"))
    return ()


def read_field(
    kind: str, field: str, text: str, lexicon: Lexicon, today: date, cells: Mapping[str, str] | None = None
) -> Typed:
    """Read what was typed for one field; `cells` are those that are filled in already."""
    text = " ".join(text.split())
    wrong = Typed({}, EXPECTED.get(field, "{text} does not fit.").format(text=text[:60] or "Nothing"))
    if text.casefold() in _NOTHING.get(field, ()) and field in OPTIONAL[kind]:
        return Typed({field: "", "unit": ""} if field == "value" else {field: ""})
    match field:
        case "vendor" | "region":
            return _name(field, text, lexicon, wrong)
        case "metric":
            metric = read_metric(text)
            return Typed({"metric": metric.value, "unit": UNIT_OF[metric].value}) if metric else wrong
        case "value":
            return _value(kind, text, dict(cells or {}), wrong)
        case "period":
            period = read_period(text, lexicon, today)
            return Typed({"period": str(period)}) if period else wrong
        case "date":
            days = "" if text.casefold() in UNKNOWN else read_days(text, lexicon, today)
            return wrong if days is None else Typed({"date": days})
        case "certainty":
            certainty = read_certainty(text)
            return Typed({"certainty": certainty.value}) if certainty else wrong
        case "url":
            url = text if "://" in text else f"https://{text}"
            return Typed({"url": url}) if is_web_address(url) and len(url) <= 512 else wrong
        case "published":
            day = read_day(text, lexicon, today)
            return Typed({"published": day.isoformat()}) if day else wrong
        case "title" | "product" | "source" | "announced_by" | "keywords":
            fits = len(text) <= _LONGEST[field] and any(letter.isalnum() for letter in text)
            return Typed({field: text}) if fits else wrong
    return wrong


def days_ago(today: date, days: int) -> str:
    """A day before today, as a cell has it."""
    return (today - timedelta(days=days)).isoformat()


def _name(field: str, text: str, lexicon: Lexicon, wrong: Typed) -> Typed:
    found = find_name(text, Kind.VENDOR if field == "vendor" else Kind.REGION, lexicon)
    name = lexicon.catalogue.name
    if found.slug:
        note = f"{text} is read as {name(found.slug)}." if found.mended else ""
        return Typed({field: found.slug}, note=note)
    near = tuple(Choice(name(slug), slug) for slug in found.near)
    problem = wrong.problem + (f" Near it: {', '.join(one.label for one in near)}." if near else "")
    return Typed({}, problem + (NEW_VENDOR if field == "vendor" else ""), near)


def _value(kind: str, text: str, cells: Mapping[str, str], wrong: Typed) -> Typed:
    amount = read_amount(text)
    if amount is None:
        return wrong
    said = cells.get("metric")
    if kind == "milestone":
        return Typed({"value": amount.value, "unit": amount.unit})
    metric = Metric(said) if said else amount.metric or (Metric.MARKET_SHARE if amount.unit == "percent" else None)
    if metric is None:
        return Typed({"value": amount.value})
    unit = amount.unit or UNIT_OF[metric].value
    if amount.unit and (amount.unit == "percent") is not (UNIT_OF[metric].value == "percent"):
        label = _METRIC_LABELS[metric.value].lower()
        return Typed({}, f"{text[:60]} does not fit {label}: expected {_FITTING[metric]}.")
    return Typed({"value": amount.value, "unit": unit} | ({} if said else {"metric": metric.value}))


_FITTING = {
    Metric.SHIPMENTS: "a number of phones, such as 9.2 million",
    Metric.MARKET_SHARE: "a percentage, such as 23.5%",
    Metric.GROWTH: "a percentage, such as +103% or -5%",
    Metric.RANK: "a place, such as #1",
}
