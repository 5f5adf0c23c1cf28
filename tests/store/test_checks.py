"""The checks of data: each mistake is found at its line, true figures are left alone, exceptions are honoured."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from store.checks.folder import Checked, check_folder
from store.shipped import DATA

COLUMNS = "vendor,metric,value,unit,region,period,certainty,source,url,published"


def row(
    vendor: str,
    value: object,
    *,
    metric: str = "shipments",
    period: str = "2017Q3",
    published: str = "2018-02-01",
    source: str = "IDC",
    **other: str,
) -> str:
    unit = {"shipments": "million", "rank": "rank"}.get(metric, "percent")
    cells = {"vendor": vendor, "metric": metric, "value": value, "unit": unit, "region": "world", "period": period}
    cells |= {"certainty": "estimate", "source": source, "url": "https://example.com/a", "published": published} | other
    return ",".join(str(cells[column]) for column in COLUMNS.split(","))


def share(vendor: str, value: object, **other: str) -> str:
    return row(vendor, value, metric="market_share", **other)


def rank(vendor: str, value: int) -> str:
    return row(vendor, value, metric="rank")


def check(folder: Path, *rows: str) -> Checked:
    (folder / "facts.csv").write_text("\n".join([COLUMNS, *rows]) + "\n", "utf-8")
    return check_folder(folder, DATA)


QUARTERS = [row("xiaomi", 14, period=f"2016Q{quarter}") for quarter in (1, 2, 3, 4)]
MISTAKES = {
    "rows": [row("xiaomi", "many")],
    "vendors": [row("ksiaomi", 1)],
    "regions": [row("xiaomi", 1, region="atlantis")],
    "shares within 100": [share("samsung", 50), share("apple", 40), share("xiaomi", 12)],
    "vendors within total": [row("total", 100), row("samsung", 60), row("apple", 45)],
    "shares fit shipments": [row("total", 100), row("samsung", 20), share("samsung", 24.5)],
    "ranks fit shipments": [row("apple", 40.3), row("xiaomi", 27.6), rank("xiaomi", 1)],
    "years fit quarters": [row("xiaomi", 70, period="2016"), *QUARTERS],
    "jumps": [row("xiaomi", 2.1), row("xiaomi", 21.2, period="2017Q4")],
    "published after": [row("xiaomi", 5, published="2017-07-01")],
    "doubles": [row("xiaomi", 5), row("xiaomi", 5.1)],
    "revisions": [row("xiaomi", 5), row("xiaomi", 8, published="2018-09-01")],
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake_is_found(name: str, tmp_path: Path) -> None:
    checked = check(tmp_path, *MISTAKES[name])
    assert {problem.check for problem in checked.problems} == {name}
    assert {problem.file for problem in checked.problems} == {"facts.csv"}
    assert all(2 <= problem.line <= len(MISTAKES[name]) + 1 for problem in checked.problems)


def test_the_line_is_the_one_to_look_at(tmp_path: Path) -> None:
    checked = check(tmp_path, row("apple", 3), *MISTAKES["jumps"])
    assert [problem.line for problem in checked.problems] == [4]
    assert "facts.csv, line 3" in checked.problems[0].what


TRUE = {
    "three thirds, rounded": [share("samsung", 33.4), share("apple", 33.4), share("xiaomi", 33.3)],
    "whole per cents": [share("samsung", 34), share("apple", 33), share("xiaomi", 34)],
    "a brand within its vendor": [share("xiaomi", 60), share("redmi", 45), share("samsung", 35)],
    "share of a rounded total": [row("total", 373), row("xiaomi", 27.6), share("xiaomi", 7.4)],
    "a tie": [row("xiaomi", 9.2), row("samsung", 9.2), rank("xiaomi", 1), rank("samsung", 1)],
    "a year near its quarters": [row("xiaomi", 57, period="2016"), *QUARTERS],
    "a year with a quarter missing": [row("xiaomi", 90, period="2016"), row("xiaomi", 14, period="2016Q1")],
    "a total corrected since": [row("xiaomi", 27.6), share("xiaomi", 7.4), row("total", 340, published="2019-02-01")],
    "growth of small numbers": [row("realme", 0.1), row("realme", 0.9, period="2017Q4")],
    "two sources": [row("xiaomi", 27.6), row("xiaomi", 28.1, source="Counterpoint")],
    "corrected later": [row("xiaomi", 27.6), row("xiaomi", 28.3, published="2018-03-01")],
    "expected before": [row("xiaomi", 30, published="2017-07-01", certainty="expected")],
    "more than, before it was over": [row("xiaomi", ">10", published="2017-09-25")],
    "corrected since": [share("samsung", 73), share("apple", 30), share("samsung", 60, published="2018-03-01")],
}  # fmt: skip


@pytest.mark.parametrize("name", TRUE)
def test_true_figures_are_left_alone(name: str, tmp_path: Path) -> None:
    assert check(tmp_path, *TRUE[name]).problems == ()


def exceptions(folder: Path, *rows: str) -> None:
    header = "file,check,vendor,metric,region,period,source,reason"
    (folder / "exceptions.csv").write_text("\n".join([header, *rows]) + "\n", "utf-8")


def test_exceptions(tmp_path: Path) -> None:
    exceptions(tmp_path, "facts.csv,jumps,xiaomi,shipments,world,2017Q4,IDC,it grew")
    checked = check(tmp_path, *MISTAKES["jumps"])
    assert (checked.problems, checked.excused) == ((), 1)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("facts.csv,jumps,xiaomi,shipments,world,2017Q4,IDC,", "gives no reason"),
        ("facts.csv,jumps,,,,,,because", "would excuse too much"),
        ("facts.csv,jumps,apple,shipments,world,2017Q4,IDC,it grew", "excuses nothing any more"),
    ],
)
def test_an_exception_must_be_narrow_reasoned_and_needed(line: str, said: str, tmp_path: Path) -> None:
    exceptions(tmp_path, line)
    checked = check(tmp_path, *MISTAKES["jumps"])
    assert any(said in problem.what and problem.file == "exceptions.csv" for problem in checked.problems)
    assert any(problem.check == "jumps" for problem in checked.problems)


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("vendors.csv", "acme,Acme,,US,1999,\nacme,Acme,,US,1999,", "in line 2 already"),
        ("vendors.csv", "acme,Acme,nobody,US,1999,", "no known slug"),
        ("vendors.csv", "a,A,b,US,1999,\nb,B,a,US,1999,", "its own parent"),
        ("vendors.csv", "acme,Acme,,USA,1999,", "two capitals"),
        ("vendors.csv", "acme,Acme,,US,99,", "write a year"),
        ("vendors.csv", "Acme Inc,Acme,,US,1999,", "write small letters"),
        ("vendors.csv", "acme,Acme,,US,1999,bolt\nbolt,Bolt,,US,1999,", "names acme and bolt"),
        ("products.csv", "x1,X1,nobody,", "no slug of vendors.csv"),
        ("sources.csv", "Someone,gossip,5,", "is none of"),
        ("sources.csv", "Someone,press,last,", "write a number"),
    ],
)
def test_mistakes_in_names(file: str, content: str, said: str, tmp_path: Path) -> None:
    header = (DATA / file).read_text("utf-8").partition("\n")[0]
    (tmp_path / file).write_text(f"{header}\n{content}\n", "utf-8")
    problems = check(tmp_path).problems
    assert any(said in problem.what and problem.file == file for problem in problems), problems


def test_a_missing_column_and_a_file_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "vendors.csv").write_text("slug,name\nacme,Acme\n")
    (tmp_path / "more.csv").write_text("a,b\n1,2\n")
    said = {(problem.file, problem.check) for problem in check(tmp_path).problems}
    assert said == {("vendors.csv", "columns"), ("more.csv", "files")}


def test_shipped_data_is_clean() -> None:
    checked = check_folder(DATA, DATA)
    assert [str(problem) for problem in checked.problems] == []
    with (DATA / "facts.csv").open(encoding="utf-8", newline="") as file:
        assert checked.rows > sum(1 for _ in csv.reader(file)) - 1
