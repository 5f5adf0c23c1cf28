"""Checks a folder of data files as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from store.checks import exceptions
from store.checks.doubles import check_doubles
from store.checks.names import KnownNames, read_names
from store.checks.over_time import check_over_time, check_published, check_revisions
from store.checks.placed import Placed, Problem, all_figures, current_figures
from store.checks.shares import check_shares
from store.checks.sums import check_sums
from store.files import FileError, Line, read_file
from store.naming import NAMES


@dataclass(frozen=True)
class Checked:
    """What was looked at and what was found; `excused` problems are listed as true exceptions."""

    files: tuple[str, ...]
    rows: int
    problems: tuple[Problem, ...]
    excused: int


def check_folder(folder: Path, names_of: Path) -> Checked:
    """Check every CSV file of a folder. Names come from the folder, or from `names_of` where it has none."""
    known, problems = read_names(folder, names_of)
    files = [file for file in sorted(folder.glob("*.csv")) if file.name not in (*NAMES, exceptions.FILE)]
    placed: list[Placed] = []
    for file in files:
        for one in _placed(file, known):
            if isinstance(one, Problem):
                problems.append(one)
            else:
                placed.append(one)
    figures = all_figures(placed)
    current = current_figures(figures)
    problems += check_doubles(placed)
    problems += check_published(placed)
    problems += check_sums(current, known.parents)
    problems += check_shares(figures)
    problems += check_over_time(current)
    problems += check_revisions(figures)
    exempt, wrong = exceptions.read_exceptions(folder)
    left, excused = exceptions.without_exceptions(problems, exempt)
    in_order = sorted([*left, *wrong], key=lambda one: (one.file, one.line, one.check))
    return Checked(tuple(file.name for file in files), len(placed), tuple(in_order), excused)


def _placed(file: Path, known: KnownNames) -> Iterator[Placed | Problem]:
    try:
        lines = read_file(file.read_bytes()).lines
    except FileError as error:
        yield Problem(file.name, 1, "files", str(error))
        return
    for line in lines:
        yield _place(file.name, line, known)


def _place(file: str, line: Line, known: KnownNames) -> Placed | Problem:
    if line.row is None:
        return Problem(file, line.number, "rows", line.refusal)
    vendor, region = known.vendors.get(line.row.vendor), known.regions.get(line.row.region)
    if vendor is None:
        what = f"vendor {line.row.vendor!r} is not known. Correct it, or add it to vendors.csv"
        return Problem(file, line.number, "vendors", what)
    if region is None:
        what = f"region {line.row.region!r} is not known. Correct it, or add it to regions.csv"
        return Problem(file, line.number, "regions", what)
    return Placed(file, line.number, line.row, vendor, region)
