"""Slips of the finger: how unlikely each is, and which words a mistyped one may stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.typos import FuzzyIndex, slip_cost

WORDS = ("samsung", "xiaomi", "huawei", "germany", "shipments", "quarter", "indonesia", "market", "spain", "oppo")
letters = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=10)


@pytest.fixture(scope="module")
def index() -> FuzzyIndex:
    index = FuzzyIndex()
    for word in WORDS:
        index.add(word)
    return index


@given(letters)
def test_what_is_typed_right_costs_nothing(word: str) -> None:
    assert slip_cost(word, word) == 0


@given(letters, letters)
def test_every_slip_costs_something(typed: str, meant: str) -> None:
    assert (slip_cost(typed, meant) > 0) == (typed != meant)


@pytest.mark.parametrize(
    ("likelier", "less_likely", "meant"),
    [
        ("samsumg", "samsuog", "samsung"),  # the key beside, and one from elsewhere
        ("smasung", "sbmsung", "samsung"),  # two letters swapped, and another letter
        ("samssung", "samxsung", "samsung"),  # one doubled, and one added
        ("samsng", "samong", "samsung"),  # one lost, and two slips
        ("sansung", "aamsung", "samsung"),  # the first letter is rarely mistyped
        ("opo", "oo", "oppo"),
    ],
)
def test_likelier_slips_cost_less(likelier: str, less_likely: str, meant: str) -> None:
    assert slip_cost(likelier, meant) < slip_cost(less_likely, meant)


@given(st.sampled_from([word for word in WORDS if len(word) > 4]), st.data())
def test_one_slip_leads_back_to_the_word(word: str, data: st.DataObject) -> None:
    index = FuzzyIndex()
    for one in WORDS:
        index.add(one)
    at = data.draw(st.integers(1, len(word) - 2))
    slip = data.draw(st.sampled_from(["lost", "doubled", "swapped"]))
    typed = {
        "lost": word[:at] + word[at + 1 :],
        "doubled": word[:at] + word[at] + word[at:],
        "swapped": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    }[slip]
    assert index.nearest(typed)[0].key == word


def test_the_word_itself_is_the_nearest_and_wholly_near(index: FuzzyIndex) -> None:
    for word in WORDS:
        nearest = index.nearest(word)[0]
        assert (nearest.key, nearest.score) == (word, 1.0)


@pytest.mark.parametrize("typed", ["", "ab", "2017", "zzzzzz", "x" * 25, "weather", "sam", "小米"])
def test_what_is_near_nothing_stays_what_it_is(index: FuzzyIndex, typed: str) -> None:
    assert index.nearest(typed) == []


def test_loosely_finds_what_a_person_may_be_asked_about() -> None:
    index = FuzzyIndex()
    index.add("samsung", name=True)
    assert index.nearest("zamsang") == []
    assert [match.key for match in index.nearest("zamsang", loosely=True)] == ["samsung"]
    assert index.nearest("banana", loosely=True) == []


def test_of_two_as_near_a_word_that_asks_comes_before_a_minor_one() -> None:
    index = FuzzyIndex()
    index.add("markes", minor=True)
    index.add("market")
    assert [match.key for match in index.nearest("marke")] == ["market", "markes"]


def test_names_must_be_met_more_nearly_than_words() -> None:
    name, word = FuzzyIndex(), FuzzyIndex()
    name.add("lenovo", name=True)
    word.add("lenovo")
    assert not name.nearest("lxnxvo")
    assert name.nearest("lenvo")[0].score < word.nearest("lenvo")[0].score
