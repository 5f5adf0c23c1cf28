"""The files of names: every slug once, every parent there, every other name of one thing only."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from store.checks.placed import Problem
from store.names import slug_of
from store.words import SourceKind

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_COLUMNS = {
    "regions.csv": ("slug", "name", "iso", "parent", "aliases"),
    "vendors.csv": ("slug", "name", "parent", "country", "founded", "aliases"),
    "products.csv": ("slug", "name", "vendor", "aliases"),
    "sources.csv": ("name", "kind", "order", "counts"),
}


@dataclass(frozen=True)
class KnownNames:
    """By any name or alias, as a slug, the slug of the vendor or region; and the parent of each brand."""

    vendors: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)


_Row = tuple[int, dict[str, str]]


def read_names(folder: Path, shipped: Path) -> tuple[KnownNames, list[Problem]]:
    """The shipped names and those of a folder, and what is wrong with the folder's."""
    files, problems = _read_files(folder)
    known = {file: _merged(_read_files(shipped)[0].get(file, []), files.get(file, [])) for file in _COLUMNS}
    names = KnownNames(
        _by_any_name(known["vendors.csv"]),
        _by_any_name(known["regions.csv"]),
        {row["slug"]: row["parent"] for _, row in known["vendors.csv"] if row["parent"]},
    )
    for file, rows in files.items():
        if file == "sources.csv":
            problems += _check_sources(rows)
        else:
            problems += _check_slugs(file, rows, {row["slug"]: row.get("parent", "") for _, row in known[file]})
            problems += _check_aliases(file, rows)
    problems += _check_products(files.get("products.csv", []), names)
    return names, problems


def _read_files(folder: Path) -> tuple[dict[str, list[_Row]], list[Problem]]:
    files: dict[str, list[_Row]] = {}
    problems = []
    for file, columns in _COLUMNS.items():
        if not (folder / file).is_file():
            continue
        reader = csv.DictReader(StringIO((folder / file).read_text("utf-8-sig"), newline=""))
        missing = [column for column in columns if column not in (reader.fieldnames or ())]
        if missing:
            problems.append(Problem(file, 1, "columns", f"the first line lacks {', '.join(missing)}"))
        else:
            files[file] = [(reader.line_num, {key: text or "" for key, text in row.items() if key}) for row in reader]
    return files, problems


def _merged(shipped: Sequence[_Row], own: Sequence[_Row]) -> list[_Row]:
    own_slugs = {row.get("slug") for _, row in own}
    return [*(one for one in shipped if one[1].get("slug") not in own_slugs), *own]


def _by_any_name(rows: Sequence[_Row]) -> dict[str, str]:
    found = {slug_of(alias): row["slug"] for _, row in rows for alias, _ in _aliases(row)}
    return found | {row["slug"]: row["slug"] for _, row in rows}


def _aliases(row: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    for alias in filter(None, row.get("aliases", "").split("|")):
        yield alias.removesuffix("?").strip(), alias.endswith("?")


def _check_slugs(file: str, rows: Sequence[_Row], parents: Mapping[str, str]) -> Iterator[Problem]:
    slugs: dict[str, int] = {}
    for line, row in rows:
        slug = row["slug"]
        if not _SLUG.fullmatch(slug):
            yield Problem(file, line, "slugs", f"slug {slug!r}: write small letters, digits and hyphens")
        if slug in slugs:
            yield Problem(file, line, "slugs", f"slug {slug!r} is in line {slugs[slug]} already. Take one out")
        if not row["name"]:
            yield Problem(file, line, "names", f"{slug} has no name")
        slugs.setdefault(slug, line)
    for line, row in rows:
        parent = row.get("parent", "")
        if parent and parent not in parents:
            yield Problem(file, line, "parents", f"parent {parent!r} is no known slug")
        elif _in_a_circle(row["slug"], parents):
            yield Problem(file, line, "parents", f"{row['slug']} is its own parent in the end")
        for column in ("iso", "country"):
            if row.get(column) and not re.fullmatch("[A-Z]{2}", row[column]):
                yield Problem(file, line, "countries", f"{column} {row[column]!r}: write two capitals such as ES")
        if row.get("founded") and not re.fullmatch(r"1[89]\d\d|20\d\d", row["founded"]):
            yield Problem(file, line, "founded", f"founded {row['founded']!r}: write a year such as 2010")


def _check_aliases(file: str, rows: Sequence[_Row]) -> Iterator[Problem]:
    owners = {row["slug"]: row["slug"] for _, row in rows}
    for line, row in rows:
        for alias, ambiguous in [(row["name"], False), *_aliases(row)]:
            owner = owners.setdefault(slug_of(alias), row["slug"])
            if owner != row["slug"] and not ambiguous:
                what = f"{alias!r} names {row['slug']} and {owner}. Keep it for one, or mark it Name? here"
                yield Problem(file, line, "aliases", what)


def _check_sources(rows: Sequence[_Row]) -> Iterator[Problem]:
    names: set[str] = set()
    for line, row in rows:
        if row["kind"] not in list(SourceKind):
            yield Problem("sources.csv", line, "kinds", f"kind {row['kind']!r} is none of {', '.join(SourceKind)}")
        if not row["order"].isdigit():
            yield Problem("sources.csv", line, "order", f"order {row['order']!r}: write a number, the first the lowest")
        if not row["name"] or row["name"] in names:
            yield Problem("sources.csv", line, "names", f"name {row['name']!r} is empty or there twice")
        names.add(row["name"])


def _check_products(rows: Sequence[_Row], known: KnownNames) -> Iterator[Problem]:
    for line, row in rows:
        if row["vendor"] not in known.vendors.values():
            yield Problem("products.csv", line, "vendors", f"vendor {row['vendor']!r} is no slug of vendors.csv")


def _in_a_circle(slug: str, parents: Mapping[str, str]) -> bool:
    seen, one = {slug}, parents.get(slug, "")
    while one:
        if one in seen:
            return one == slug
        seen.add(one)
        one = parents.get(one, "")
    return False
