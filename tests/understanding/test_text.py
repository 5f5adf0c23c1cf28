"""What counts as a word of a question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.text import LONGEST, plain, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who's #1? Xiaomi's Q3'17", "who # 1 xiaomi q3 2017"),
        ("U.S. sales", "us sales"),
        ("don't they're it'll", "do not they are it will"),
        ("São Paulo, Łódź, naïve", "sao paulo łodz naive"),
        ("小米2017年", "小 米 2017 年"),
        ("शाओमी का हिस्सा", "शाओमी का हिस्सा"),
        ("Сяоми Ё", "сяоми е"),
        ("10,000,000 phones, 27.6%", "10,000,000 phones 27.6 %"),
        ("2017-10, 10/2017, 2017-11-07", "2017-10 10/2017 2017-11-07"),
        ("ｘｉａｏｍｉ", "xiaomi"),
        ("xiao\u200bmi", "xiaomi"),
        ("🍎apple🍎", "apple"),
        ("one-plus a_b", "one plus a b"),
        ("\x00x\x07y", "x y"),
        ("", ""),
        ("?!…", ""),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert words(text) == expected.split()


@given(st.text(max_size=300))
def test_words_of_any_text_are_plain_and_stay_as_they_are(text: str) -> None:
    found = words(text)
    assert all(word and not word.isspace() and word == plain(word) for word in found)
    assert words(" ".join(found)) == found


@given(st.text(alphabet="abcxyz0129 '.,?!-", max_size=80))
def test_capitals_make_no_difference(text: str) -> None:
    assert words(text.upper()) == words(text)


def test_a_text_beyond_what_a_message_holds_is_read_to_there() -> None:
    assert len(words("a " * (2 * LONGEST))) == LONGEST // 2
