"""A whole row in one line: "Xiaomi, Mi A1, Spain, 7 Nov 2017, confirmed, https://...", in whatever order it is told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.admin.fields import ALSO, FIELDS, FILLED_IN, OPTIONAL, Typed, read_field
from bot.admin.moments import UNKNOWN
from bot.admin.names import find_name
from bot.understanding.lexicon import Kind, Lexicon

_PARTS = re.compile(r"\s*[;\n]\s*|\s*,(?!\d{3}(?!\d))\s*")
_ADDRESS = re.compile(r"https?://\S+|(?<![\w@.])(?:[a-z0-9-]+\.)+[a-z]{2,}/\S+", re.IGNORECASE)
_LABELLED = re.compile(
    r"(?P<field>vendor|product|region|date|period|certainty|source|url|published|title|metric|value|keywords"
    r"|announced[ _]by)\s*[:=]\s*(?P<text>.+)|(?P<word>published|source|by)\s+(?P<rest>.+)",
    re.IGNORECASE,
)
_WORDS = {"published": "published", "source": "source", "by": "announced_by"}
# What a part can be told by, the surest first; a name with typing errors comes after all that is read exactly.
_ORDER = {
    "fact": ("certainty", "period", "metric", "value"),
    "milestone": ("certainty", "period", "value"),
    "launch": ("certainty", "date"),
}
_LEFT_OVER = {"fact": (), "milestone": ("title",), "launch": ("product",)}
_LONGEST_NAME = 3  # words
NOT_PLACED = "I do not know what {text} is."


@dataclass
class Line:
    """The cells that a line fills in, what was mended, what could not be placed, and why."""

    cells: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    problem: Typed | None = None
    problem_field: str = ""

    def take(self, typed: Typed) -> None:
        self.cells |= typed.cells
        if typed.note:
            self.notes.append(typed.note)


def read_line(kind: str, text: str, lexicon: Lexicon, today: date) -> Line:
    """Read a row's fields out of one line. What is optional and not said is taken as none."""
    line = Line()
    left = [
        part
        for part in _parts(text)
        if not _labelled(kind, part, line, lexicon, today) and not _told_by_itself(kind, part, line, lexicon, today)
    ]
    left = [part for part in left if not _exact_name(part, line, lexicon)]
    left = [part for part in left if not (kind == "launch" and _of_vendor(part, line, lexicon))]
    for part in left:
        _place(kind, part, line, lexicon, today)
    if line.problem is None:
        line.cells = dict.fromkeys(OPTIONAL[kind], "") | line.cells
    return line


def _parts(text: str) -> list[str]:
    """The parts between commas; an address is one, whatever stands in it."""
    addresses = [found.rstrip(",;") for found in _ADDRESS.findall(text)]
    rest = _ADDRESS.sub(",", text)
    return [part for part in (*_PARTS.split(rest.strip()), *addresses) if part.strip(" ,;")]


def _labelled(kind: str, part: str, line: Line, lexicon: Lexicon, today: date) -> bool:
    found = _LABELLED.fullmatch(part)
    if not found:
        return False
    name = (found["field"] or _WORDS[found["word"].lower()]).lower().replace(" ", "_")
    if name not in (*FIELDS[kind], *ALSO):
        return False
    typed = read_field(kind, name, found["text"] or found["rest"], lexicon, today, line.cells)
    if typed.problem:
        if found["word"]:
            return False
        _say(line, name, typed)
    line.take(typed)
    return True


def _told_by_itself(kind: str, part: str, line: Line, lexicon: Lexicon, today: date) -> bool:
    """What shows what it is by its form: an address, a certainty, a time, a measure, a figure."""
    if _ADDRESS.fullmatch(part):
        if "url" not in line.cells:
            line.take(read_field(kind, "url", part, lexicon, today))
        return True
    for name in _ORDER[kind]:
        if name in line.cells and name != "metric":
            continue
        typed = read_field(kind, name, part, lexicon, today, line.cells)
        if not typed.problem and (any(typed.cells.values()) or (name == "date" and part.casefold() in UNKNOWN)):
            line.take(typed)
            return True
    return False


def _exact_name(part: str, line: Line, lexicon: Lexicon) -> bool:
    """A vendor or place written as it is known."""
    for name, sort in (("vendor", Kind.VENDOR), ("region", Kind.REGION)):
        found = find_name(part, sort, lexicon, exact=True)
        if found.slug and name not in line.cells:
            line.cells[name] = found.slug
            return True
    return False


def _of_vendor(part: str, line: Line, lexicon: Lexicon) -> bool:
    """A product whose maker is known, or a vendor's name before its product's in one part."""
    if "product" in line.cells:
        return False
    product = find_name(part, Kind.PRODUCT, lexicon, exact=True).slug
    if product:
        made = lexicon.catalogue.products[product]
        line.cells = {"vendor": made.vendor} | line.cells | {"product": made.name}
        return True
    first, _, rest = part.partition(" ")
    vendor = find_name(first, Kind.VENDOR, lexicon, exact=True).slug
    if rest and vendor and "vendor" not in line.cells:
        line.cells |= {"vendor": vendor, "product": rest}
        return True
    return False


def _place(kind: str, part: str, line: Line, lexicon: Lexicon, today: date) -> None:
    """A part that nothing tells by itself: a name with typing errors, a product, a headline."""
    tried: list[tuple[str, Typed]] = []
    for name in ("vendor", "region"):
        if name not in line.cells:
            typed = read_field(kind, name, part, lexicon, today)
            if not typed.problem:
                line.take(typed)
                return
            tried.append((name, typed))
    for name in _LEFT_OVER[kind]:
        known = not tried or "vendor" in line.cells or len(part.split()) > _LONGEST_NAME
        if name not in line.cells and known:  # with no vendor known, a short one is more likely that
            line.take(read_field(kind, name, part, lexicon, today))
            return
    if tried:
        _say(line, *tried[0])
        return
    wanted = next((one for one in FIELDS[kind] if one not in line.cells and one not in FILLED_IN), "")
    said = (
        read_field(kind, wanted, part, lexicon, today, line.cells).problem
        if wanted
        else NOT_PLACED.format(text=part[:60])
    )
    _say(line, wanted, Typed({}, said or NOT_PLACED.format(text=part[:60])))


def _say(line: Line, name: str, typed: Typed) -> None:
    """Only the first thing that is wrong is said; the rest is asked for after it."""
    if line.problem is None:
        line.problem, line.problem_field = typed, name


def filled_in(cells: Mapping[str, str], source: str, today: date) -> dict[str, str]:
    """The cells with what is worked out where it was not said: who says so, and that it was published today."""
    return {"source": source, "published": today.isoformat()} | {key: text for key, text in cells.items() if text}
