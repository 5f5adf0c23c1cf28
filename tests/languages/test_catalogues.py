"""Every language says every sentence, with the same places for names and numbers, and nothing that the code has not."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog, Message

from bot.handlers.menu import DESCRIPTION, SHORT_DESCRIPTION
from bot.languages.catalogue import translated
from bot.languages.spoken import NAMES, speaking
from tests.languages.extraction import LANGUAGES, catalogue, template

TO_DO = "run `make messages`, then translate: docs/contributing.md"
_PLACE = re.compile(r"{(\w+)}")
_TAG = re.compile(r"</?\w+[^>]*>")


def pairs(code: str) -> Iterator[tuple[str, str]]:
    """Each sentence with each of its translations; of a counted one, the form for many with all the forms."""
    for message in messages(catalogue(code)):
        source = message.id if isinstance(message.id, str) else message.id[-1]
        for text in strings(message):
            yield source, text


def messages(kept: Catalog) -> list[Message]:
    return [message for message in kept if message.id]


def strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_sentence_of_the_code_is_in_the_catalogue_and_no_other(code: str) -> None:
    wanted = {(message.context, message.id) for message in messages(template())}
    there = {(message.context, message.id) for message in messages(catalogue(code))}
    assert wanted - there == set(), f"not in the catalogue: {TO_DO}"
    assert there - wanted == set(), f"no longer in the code: {TO_DO}"


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_sentence_is_translated_in_all_its_forms(code: str) -> None:
    kept = catalogue(code)
    lacking = [message.id for message in messages(kept) if not all(strings(message))]
    assert lacking == [], TO_DO
    assert [message.id for message in messages(kept) if message.fuzzy] == []
    counted = [message for message in messages(kept) if message.pluralizable]
    assert [message.id for message in counted if len(strings(message)) != kept.num_plurals] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_translations_keep_the_places_and_the_markup(code: str) -> None:
    wrong = []
    for source, text in pairs(code):
        ours, theirs = places(source), places(text)
        if source.startswith("{count}") and theirs == set():
            continue  # "open it to put the launch into your calendar": said of one
        if ours != theirs or _TAG.findall(source) != _TAG.findall(text) or text.count("\n") != source.count("\n"):
            wrong.append((source, text))
    assert wrong == []


def places(text: str) -> set[str]:
    """The names of its places; {in_period} is {period} with its preposition, {compact} a {number} in short."""
    return {"number" if name == "compact" else name.removeprefix("in_") for name in _PLACE.findall(text)}


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_telegram_shows_is_within_its_limits(code: str) -> None:
    with speaking(code):
        assert len(translated(DESCRIPTION)) <= 512
        assert len(translated(SHORT_DESCRIPTION)) <= 120


def test_a_sentence_that_nobody_translated_is_said_in_english() -> None:
    for code in NAMES:
        with speaking(code):
            assert translated("not in any catalogue") == "not in any catalogue"
            assert translated("") == ""
