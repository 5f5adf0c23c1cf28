"""Which language a question is in."""

from __future__ import annotations

import pytest

from bot.understanding.tongue import language_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("how many phones did xiaomi ship last oct", "en"),
        ("whos #1 in india", "en"),
        ("cuántos móviles vendió xiaomi en india", "es"),
        ("compara samsung y apple 2016", "es"),
        ("noticias de samsung", "es"),
        ("hola", "es"),
        ("quantos celulares a xiaomi vendeu na índia", "pt"),
        ("notícias da samsung", "pt"),
        ("भारत में नंबर 1 कौन है", "hi"),
        ("xiaomi ne india me kitne phone beche", "hi"),
        ("小米2017年第二季度卖了多少手机", "zh"),
        ("сколько телефонов продала xiaomi", "ru"),
        ("Сяоми Индия", "ru"),
    ],
)
def test_a_question_shows_its_language(text: str, code: str) -> None:
    assert language_of(text) == code


@pytest.mark.parametrize("text", ["", "xiaomi india", "Q3 2017", "/start", "https://pocketnow.com/2", "🎉"])
def test_names_numbers_commands_and_addresses_show_none(text: str) -> None:
    assert language_of(text) is None
