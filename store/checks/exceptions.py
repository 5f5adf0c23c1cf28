"""Numbers that look wrong and are true: each listed with a reason, so that it is not reported again."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from store.checks.placed import Problem

FILE = "exceptions.csv"
COLUMNS = ("file", "check", "vendor", "metric", "region", "period", "source", "reason")


@dataclass(frozen=True)
class Exempt:
    """A line of the file; an empty column stands for any."""

    line: int
    file: str
    check: str
    key: tuple[tuple[str, str], ...]

    def covers(self, found: Problem) -> bool:
        alike = self.file in ("", found.file) and self.check in ("", found.check)
        return alike and all(found.key.get(column, "") == text for column, text in self.key)


def read_exceptions(folder: Path) -> tuple[list[Exempt], list[Problem]]:
    """The exceptions of a folder, and what is wrong with them. No file is no exception."""
    if not (folder / FILE).is_file():
        return [], []
    reader = csv.DictReader(StringIO((folder / FILE).read_text("utf-8-sig"), newline=""))
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        return [], [Problem(FILE, 1, "columns", f"the first line lacks {', '.join(missing)}")]
    exempt, problems = [], []
    for row in reader:
        cells = {column: (row[column] or "").strip() for column in COLUMNS}
        key = tuple((column, cells[column]) for column in COLUMNS[2:-1] if cells[column])
        if not cells["reason"]:
            problems.append(Problem(FILE, reader.line_num, "exceptions", "gives no reason. Say why the row is true"))
        elif not key or not cells["check"]:
            what = "would excuse too much. Name the check, and the row by vendor, metric, region, period or source"
            problems.append(Problem(FILE, reader.line_num, "exceptions", what))
        else:
            exempt.append(Exempt(reader.line_num, cells["file"], cells["check"], key))
    return exempt, problems


def without_exceptions(problems: Iterable[Problem], exempt: Iterable[Exempt]) -> tuple[list[Problem], int]:
    """The problems that no exception covers, one more for each that covers none, and how many were covered."""
    listed, unused = list(exempt), {one.line: one for one in exempt}
    left, covered = [], 0
    for found in problems:
        by = [one for one in listed if one.covers(found)]
        for one in by:
            unused.pop(one.line, None)
        if by:
            covered += 1
        else:
            left.append(found)
    left += [Problem(FILE, line, "exceptions", "excuses nothing any more. Take it out") for line in unused]
    return left, covered
