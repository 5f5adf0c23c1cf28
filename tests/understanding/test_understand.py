"""English questions as a whole: what is asked, what is not ours, and what makes no difference."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.query import Intent, Query
from bot.understanding.understand import Understanding

TODAY = date(2017, 11, 1)
CLEAR = (
    ("how many phones did xiaomi ship in q2 2017", Intent.VALUE),
    ("total shipments worldwide in 2016", Intent.TOTAL),
    ("who is number one in india", Intent.LEADER),
    ("top five worldwide in q3 2017", Intent.RANKING),
    ("compare samsung and apple in 2016", Intent.COMPARE),
    ("xiaomi shipments over time", Intent.TREND),
    ("how much did xiaomi grow in 2016", Intent.GROWTH),
    ("what was the best quarter of xiaomi", Intent.RECORD),
    ("when did xiaomi overtake samsung in india", Intent.CROSSING),
    ("when does xiaomi launch in spain", Intent.LAUNCH_DATE),
    ("launches in spain", Intent.LAUNCH_LIST),
    ("upcoming launches in europe", Intent.UPCOMING),
    ("xiaomi milestones", Intent.MILESTONES),
    ("tell me about huawei", Intent.PROFILE),
    ("latest news about xiaomi", Intent.NEWS),
    ("who said xiaomi shipped 10 million phones", Intent.SOURCE),
    ("tell me when xiaomi launches in france", Intent.SUBSCRIBE),
    ("stop telling me about xiaomi", Intent.UNSUBSCRIBE),
    ("what am i subscribed to", Intent.SUBSCRIPTIONS),
    ("what can you do", Intent.HELP),
    ("hello", Intent.GREETING),
)


def slots(query: Query) -> tuple[object, ...]:
    return (query.intent, query.vendors, query.regions, query.period, query.metric, query.product, query.amount)


@pytest.mark.parametrize(("question", "intent"), CLEAR)
def test_every_intent_in_plain_words(understanding: Understanding, question: str, intent: Intent) -> None:
    query = understanding.understand(question, TODAY)
    assert query.intent is intent
    assert not query.unknown


def test_every_intent_has_its_plain_words() -> None:
    assert {intent for _, intent in CLEAR} == set(Intent)


@given(
    st.sampled_from([question for question, _ in CLEAR]),
    st.sampled_from([str.upper, str.title, str.capitalize, "  {}  ".format, "{}???".format, "{} 🙏".format]),
    st.sampled_from(["{}", "{}!", "\n{}\n", "“{}”"]),
)
def test_capitals_marks_and_spaces_make_no_difference(
    understanding: Understanding, question: str, change: object, around: str
) -> None:
    changed = around.format(change(question))  # type: ignore[operator]
    assert slots(understanding.understand(changed, TODAY)) == slots(understanding.understand(question, TODAY))


@given(st.text(max_size=150))
def test_any_text_has_a_query(understanding: Understanding, text: str) -> None:
    query = understanding.understand(text, TODAY)
    catalogue = understanding.lexicon.catalogue
    assert 0 <= query.confidence <= 1
    assert set(query.vendors) <= set(catalogue.vendors)
    assert set(query.regions) <= set(catalogue.regions)


@pytest.mark.parametrize(
    "text",
    [
        "what is the weather in madrid",
        "tell me a joke",
        "apple pie recipe",
        "price of the mi a1",
        "nothing to wear today",
        "capital of india",
        "book a flight to spain",
        "best phone to buy",
        "2 + 2",
        "how old is tim cook",
        "asdfghjkl",
        "",
    ],
)
def test_what_is_none_of_the_bots_business(understanding: Understanding, text: str) -> None:
    assert understanding.understand(text, TODAY).intent is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("doogee market share", "doogee"),
        ("how many phones did doogee ship", "doogee"),
        ("compare xiaomi and doogee", "doogee"),
    ],
)
def test_a_name_that_nobody_has_is_told(understanding: Understanding, text: str, name: str) -> None:
    assert understanding.understand(text, TODAY).unknown == (name,)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hwo mnay pohnes did xioami shp in q2 2017", "how many phones did xiaomi ship in q2 2017"),
        ("whos nubmer one in idnia", "who is number one in india"),
        ("wen does xiomi luanch in spian", "when does xiaomi launch in spain"),
        ("compair samsnug and appel in 2016", "compare samsung and apple in 2016"),
        ("tel me about huwaei", "tell me about huawei"),
    ],
)
def test_typing_errors_and_all(understanding: Understanding, typed: str, meant: str) -> None:
    assert slots(understanding.understand(typed, TODAY)) == slots(understanding.understand(meant, TODAY))


def test_a_name_typed_wrong_is_less_sure(understanding: Understanding) -> None:
    right, wrong = (understanding.understand(f"{name} shipments", TODAY) for name in ("samsung", "samsnug"))
    assert right.vendors == wrong.vendors
    assert wrong.confidence < right.confidence == 1
