"""`vendorbot facts read` as an admin uses it, by its output and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Run

ARTICLE = """Xiaomi’s best month

October 31, 2017

Xiaomi announced that it shipped more than 10 million smartphones worldwide in September. The Mi A1 will go on sale in
Spain on November 7.
"""
KEYS = ["kind", "vendor", "metric", "value", "unit", "region", "period", "product", "date", "certainty", "quote"]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, "utf-8")
    return path


def test_candidates_as_json_lines(run_process: Run, article: Path) -> None:
    done = run_process("facts", "read", str(article), "--json")
    assert done.returncode == 0, done.stderr
    fact, launch = [json.loads(line) for line in done.stdout.splitlines()]
    assert list(fact) == list(launch) == KEYS
    assert [fact[key] for key in KEYS[:-1]] == (
        ["fact", "xiaomi", "shipments", 10.0, "million", "world", "2017-09", None, None, "confirmed"]
    )
    assert [launch[key] for key in KEYS[:-1]] == (
        ["launch", "xiaomi", None, None, None, "spain", None, "Mi A1", "2017-11-07", "confirmed"]
    )
    assert "10 million smartphones" in fact["quote"]


def test_candidates_as_a_table_and_none_recorded(run: Run, article: Path) -> None:
    before = run("facts", "export").stdout
    done = run("facts", "read", str(article))
    assert done.returncode == 0, done.stderr
    assert "shipments  10 million" in done.stdout
    assert "Mi A1" in done.stdout
    assert run("facts", "export").stdout == before


def test_a_given_day_goes_before_the_one_in_the_text(run: Run, article: Path) -> None:
    done = run("facts", "read", str(article), "--json", "--date", "2018-10-31")
    assert '"2018-09"' in done.stdout
    assert '"2018-11-07"' in done.stdout


def test_nothing_found_is_no_failure(run: Run, article: Path) -> None:
    article.write_text("A dog bit a man.", "utf-8")
    done = run("facts", "read", str(article))
    assert done.returncode == 0
    assert "No facts or launches found" in done.stdout
    assert run("facts", "read", str(article), "--json").stdout == ""


@pytest.mark.parametrize(
    ("arguments", "said"), [(("missing.txt",), "missing.txt"), (("article.txt", "--date", "yesterday"), "yesterday")]
)
def test_what_cannot_be_read_is_named(run: Run, article: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run("facts", "read", *arguments, folder=article.parent)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
