"""Questions asked in vain: counted, listed, kept without anything that tells who asked, and let go of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session

from store.engine import open_engine, writing
from store.migrate import migrate
from store.wanted import (
    LONGEST,
    Reason,
    State,
    forget_wanted,
    keep_chosen,
    keep_wanted,
    may_be_kept,
    most_wanted,
    set_state,
    wanted_question,
)

DAY = date(2017, 11, 1)


@pytest.fixture
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('wanted') / 'new.db'}")
    migrate(engine)
    with writing(engine) as session:
        yield session
    engine.dispose()


def listed(session: Session) -> list[tuple[str, str, int]]:
    return [(one.text, one.chosen, one.count) for one in most_wanted(session, 0, 50)[0]]


def test_the_same_question_is_counted_and_the_most_wanted_comes_first(empty_engine: Engine) -> None:
    with writing(empty_engine) as session:
        keep_wanted(session, "Doogee  share", DAY, Reason.UNKNOWN_NAME, "en", "doogee")
        keep_wanted(session, "weather?", DAY, Reason.NOT_UNDERSTOOD)
        keep_wanted(session, "doogee share", DAY + timedelta(days=2), Reason.UNKNOWN_NAME, "en", "doogee")
        keep_wanted(session, "doogee SHARE", DAY + timedelta(days=1), Reason.UNKNOWN_NAME, "en", "doogee")
        assert listed(session) == [("doogee share", "", 3), ("weather?", "", 1)]
        first = most_wanted(session)[0][0]
        assert (first.first_on, first.last_on) == (DAY, DAY + timedelta(days=2))
        assert (first.reason, first.word, first.language) == (Reason.UNKNOWN_NAME, "doogee", "en")


def test_what_was_chosen_instead_is_kept_in_the_place_of_no_answer(empty_engine: Engine) -> None:
    with writing(empty_engine) as session:
        for _ in range(2):
            keep_wanted(session, "launches in austraia", DAY, Reason.NO_FACTS)
        keep_chosen(session, "launches in Austraia", "Launches in Austria", DAY)
        assert sorted(listed(session)) == [
            ("launches in austraia", "", 1), ("launches in austraia", "Launches in Austria", 1),
        ]  # fmt: skip
        keep_chosen(session, "launches in Austraia", "Launches in Austria", DAY)
        assert listed(session) == [("launches in austraia", "Launches in Austria", 2)]


def test_pages(session: Session) -> None:
    for number in range(12):
        keep_wanted(session, f"question {chr(97 + number)}", DAY, Reason.NOT_UNDERSTOOD)
    found, count = most_wanted(session, 10, 5)
    assert (len(found), count) == (2, 12)
    assert most_wanted(session, 15, 5) == ([], 12)


def test_dismissed_stays_so_and_what_was_taught_comes_back_when_asked_in_vain_again(session: Session) -> None:
    for text, state in (("tomorrow", State.DISMISSED), ("doogee", State.TAUGHT)):
        keep_wanted(session, text, DAY, Reason.NOT_UNDERSTOOD)
        row = next(one for one in most_wanted(session)[0] if one.text == text)
        set_state(session, row.row_id, state)
    assert listed(session) == []
    keep_wanted(session, "tomorrow", DAY, Reason.NOT_UNDERSTOOD)
    keep_wanted(session, "doogee", DAY, Reason.NOT_UNDERSTOOD)
    assert listed(session) == [("doogee", "", 2)]
    assert wanted_question(session, 99) is None


def test_old_ones_go_and_of_too_many_the_least_wanted(session: Session) -> None:
    for text, day, count in (
        ("old", DAY - timedelta(days=200), 9),
        ("once", DAY, 1),
        ("twice", DAY, 2),
        ("new", DAY, 1),
    ):
        for _ in range(count):
            keep_wanted(session, text, day, Reason.NOT_UNDERSTOOD)
    assert forget_wanted(session, DAY, timedelta(days=180), 9, kept=2) == 2
    assert listed(session) == [("twice", "", 2), ("new", "", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "write to anna@example.com",
        "ask @annasmith",
        "call +34 600 123 456",
        "my number is 0171 5551234",
        "555-123-4567",
        "(020) 7946 0958 please",
        "i live at 12 Main Street",
        "10 Downing St.",
        "221b baker street",
        "calle mayor 12",
        "Musterstraße 5",
        "улица Ленина 12",
        "中山路 12 号",
        "https://t.me/anna",
        "www.example.com/me",
        "4111 1111 1111 1111",
        "",
        "12 + 12",
        "😀",
        "x" * (LONGEST + 1),
    ],
)
def test_what_may_tell_who_somebody_is_is_not_kept(text: str) -> None:
    assert not may_be_kept(text)


def test_what_may_not_be_kept_is_not(session: Session) -> None:
    assert not keep_wanted(session, "call +34 600 123 456", DAY, Reason.NOT_UNDERSTOOD)
    assert not keep_chosen(session, "call +34 600 123 456", "Xiaomi shipments", DAY)
    assert listed(session) == []


@pytest.mark.parametrize(
    "text",
    [
        "doogee share 2016 2017",
        "compare 2015, 2016 and 2017",
        "did xiaomi ship 10,000,000 phones",
        "on 2017-11-07",
        "between 2015-10 and 2016-12",
        "3Q17 vs 3Q16",
        "who sold 27.6 million in q3 2017",
        "小米 2017 手机",
        "redmi note 4 64 gb",
        "is the mi a1 a drive for growth",
        "top 5 roads to market",
    ],
)
def test_questions_with_numbers_are_kept(text: str) -> None:
    assert may_be_kept(text)


@given(st.text(max_size=60), st.from_regex(r"\+?\d[\d ()-]{7,12}\d", fullmatch=True))
def test_no_telephone_number_is_kept_wherever_it_stands(around: str, number: str) -> None:
    digits = sum(letter.isdigit() for letter in number)
    if digits >= 9 and "19" not in number and "20" not in number:
        assert not may_be_kept(f"call {number} {around}")
