"""Rows in one line: in any order, with typing errors, and what is said where a part cannot be told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.admin.fields import FIELDS, ROW_OF, read_field
from bot.admin.one_line import filled_in, read_line
from bot.understanding.lexicon import Lexicon, build_lexicon
from store.catalogue import read_catalogue
from store.engine import open_engine, reading
from store.rows import COLUMNS, RowError, parse_row

TODAY = date(2017, 11, 1)
WORDS = [
    "Xiaomi", "total", "Mi A1", "Spain", "worldwide", "7 Nov 2017", "Q3 2017", "2016Q1..2017Q4", "confirmed", "share",
    "9.2 million", "#1", "999999999999", "-5%", "150%", "https://x.com/1", "https://", "published yesterday", "by me",
    "-", "none", "31.02.2017", "1e5", "source:", "unit: x", "title: a", "\u0000", "٣", "=cmd()",
]  # fmt: skip
LAUNCH = {
    "vendor": "xiaomi", "product": "Mi A1", "region": "spain", "date": "2017-11-07", "certainty": "confirmed",
    "url": "https://x.com/a,b",
}  # fmt: skip


@pytest.fixture(scope="module")
def lexicon(loaded_file: Path) -> Iterator[Lexicon]:
    engine = open_engine(f"sqlite:///{loaded_file}")
    with reading(engine) as session:
        yield build_lexicon(read_catalogue(session))
    engine.dispose()


def test_the_order_does_not_matter(lexicon: Lexicon) -> None:
    parts = ("Xiaomi", "Mi A1", "Spain", "7 Nov 2017", "confirmed", "https://x.com/a,b")
    for order in list(permutations(parts))[::7]:
        line = read_line("launch", ", ".join(order), lexicon, TODAY)
        assert (line.cells, line.problem) == (LAUNCH, None), order


@pytest.mark.parametrize(
    ("kind", "text", "cells"),
    [
        ("launch", "Xaomi Mi A1; Spian; 7.11.2017; official; x.com/1", {"region": "spain", "url": "https://x.com/1"}),
        ("launch", "Honor, France, tba, rumor, https://x.com/1", {"product": "", "date": "", "certainty": "rumoured"}),
        ("launch", "Honor, France, Q1 2018, expected, https://x.com/1, published 31 Oct 2017, by George Zhao",
         {"date": "2018Q1", "published": "2017-10-31", "announced_by": "George Zhao"}),
        ("fact", "Xiaomi, India, Q3 2017, 9,200,000 units, estimate, https://x.com/1, source: IDC",
         {"metric": "shipments", "value": "9200000", "unit": "units", "source": "IDC"}),
        ("fact", "xiaomi, india, 2017Q3, 23.5%, estimate, x.com/1", {"metric": "market_share", "value": "23.5"}),
        ("fact", "xiaomi, india, q3 2017, +103%, estimate, https://x.com/1", {"metric": "growth", "value": "103"}),
        ("fact", "xiaomi, india, q3 2017, growth, -5%, estimate, https://x.com/1", {"metric": "growth", "value": "-5"}),
        ("fact", "xiaomi, india, q3 2017, #1, estimate, https://x.com/1", {"metric": "rank", "value": "1"}),
        ("fact", "xiaomi, worldwide, last oct, more than 10 million, estimate, https://x.com/1",
         {"region": "world", "period": "2017-10", "value": ">10"}),
        ("milestone", "Xiaomi, Number one in India, India, Q3 2017, expected, https://x.com/1",
         {"title": "Number one in India", "value": "", "period": "2017Q3"}),
    ],
)  # fmt: skip
def test_what_a_line_says(lexicon: Lexicon, kind: str, text: str, cells: dict[str, str]) -> None:
    line = read_line(kind, text, lexicon, TODAY)
    assert line.problem is None
    assert line.cells | cells == line.cells


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("launch", "Foobar, Spain, confirmed, https://x.com/1", "I know no vendor Foobar."),
        ("launch", "Xiaomi, Mi A1, 7/11/2017, Spain", "Write the month as a word"),
        ("fact", "Xiaomi, India, Q3 2017, share, 9 million, estimate, https://x.com/1", "does not fit market share"),
        ("fact", "Xiaomi, India, Q3 2017, many, estimate, https://x.com/1", "many is no measure"),
    ],
)
def test_what_cannot_be_told_is_said_and_the_rest_is_kept(lexicon: Lexicon, kind: str, text: str, said: str) -> None:
    line = read_line(kind, text, lexicon, TODAY)
    assert line.problem is not None
    assert said in line.problem.problem
    assert len(line.cells) >= 2


@settings(max_examples=60)
@given(
    kind=st.sampled_from(sorted(FIELDS)),
    text=st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=8).map(", ".join),
)
def test_any_line_is_taken_or_refused(lexicon: Lexicon, kind: str, text: str) -> None:
    line = read_line(kind, text, lexicon, TODAY)
    assert set(line.cells) <= {*FIELDS[kind], "unit", "metric", "announced_by", "keywords"}
    for field in FIELDS[kind]:
        typed = read_field(kind, field, text, lexicon, TODAY, line.cells)
        assert bool(typed.problem) is not bool(typed.cells)
    try:
        parse_row(ROW_OF[kind], dict.fromkeys(COLUMNS[ROW_OF[kind]], "") | filled_in(line.cells, "x.com", TODAY))
    except RowError as error:
        assert str(error)
