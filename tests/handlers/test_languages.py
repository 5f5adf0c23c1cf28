"""Which language a person is answered in, and how it is chosen."""

from __future__ import annotations

import pytest

from bot.handlers.languages import ASK
from bot.languages.spoken import NAMES
from bot.subscribing import NOT_ADMIN
from tests.telegram.chats import new_person
from tests.telegram.fixtures import RunningBot
from tests.telegram.server import BotApi

pytestmark = pytest.mark.anyio

LEADER = "who is number one in india"


async def test_a_language_is_chosen_by_a_button_and_kept(api: BotApi) -> None:
    anna = api.private()
    reply = await anna.ask("/language")
    assert reply.text == ASK
    assert [button["text"].removeprefix("✓ ") for button in reply.buttons] == list(NAMES.values())
    edited = await anna.press_and_see(reply.message, "Español", "editMessageText")
    assert edited.text == "Aquí respondo en español. ¿En qué idioma quieres que hable?"
    assert "✓ Español" in [button["text"] for button in edited.buttons]
    assert "Samsung fue n.º 1 en India en el tercer trimestre de 2017" in (await anna.ask(LEADER)).text


async def test_a_language_is_chosen_by_its_name(api: BotApi) -> None:
    anna = api.private()
    for name, words in {"русский": "по-русски", "Chinese": "中文", "pt-BR": "português", "en": "English"}.items():
        assert words in (await anna.ask(f"/language {name}")).text
    assert "Klingon" in (await anna.ask("/language Klingon")).text


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("es", "fue n.º 1 en India"),
        ("es-MX", "fue n.º 1 en India"),
        ("hi", "भारत में नंबर 1 पर रही"),
        ("zh-hans", "在印度位列第1名"),
        ("pt-br", "ficou em 1º lugar na Índia"),
        ("ru", "1-е место в Индии"),
        ("de", "was first in India"),
        ("en", "was first in India"),
    ],
)
async def test_else_it_is_the_language_of_the_persons_app(api: BotApi, code: str, words: str) -> None:
    assert words in (await api.private(language=code).ask(LEADER)).text


async def test_else_it_is_the_language_of_the_question(api: BotApi) -> None:
    anna = api.private()
    assert "fue n.º 1 en India" in (await anna.ask("quién es el número uno en india")).text
    assert "в Индии" in (await anna.ask("кто на первом месте в индии")).text
    assert "was first in India" in (await anna.ask(LEADER)).text


async def test_what_was_chosen_counts_more_than_the_app(api: BotApi) -> None:
    anna = api.private(language="ru")
    await anna.ask("/language en")
    assert "was first in India" in (await anna.ask(LEADER)).text


async def test_in_a_group_only_admins_choose(api: BotApi) -> None:
    group, boss, guest = api.group(), new_person("Boss"), new_person("Guest")
    api.methods.admins.add((group.id, boss["id"]))
    assert (await group.ask(guest, "/language ru")).text == NOT_ADMIN
    reply = await group.ask(boss, "/language es")
    assert "español" in reply.text
    assert "sus administradores" in await group.said_to(group.press(reply.message, "lang:ru", guest))
    assert "fue n.º 1 en India" in (await group.ask(guest, f"@{api.methods.me['username']} {LEADER}")).text


async def test_buttons_settings_and_the_guided_way_are_in_the_language(api: BotApi) -> None:
    anna = api.private(language="pt")
    reply = await anna.ask("how many phones did xiaomi ship in q2 2017")
    assert {"📊 Gráfico", "🌍 Região", "Fonte ↗"} <= {button["text"] for button in reply.buttons}
    reply = await anna.ask("/settings")
    assert "fuso horário" in reply.text
    asked = await anna.press_and_see(reply.message, "Idioma", "sendMessage")
    assert asked.text == "Aqui eu respondo em português. Em que idioma devo falar?"
    reply = await anna.ask("/subscribe")
    assert reply.text.startswith("Sobre quem devo avisar?")
    reply = await anna.press_and_see(reply.message, "Honor", "editMessageText")
    reply = await anna.press_and_see(reply.message, "Europa", "editMessageText")
    reply = await anna.press_and_see(reply.message, "Lançamentos", "editMessageText")
    assert reply.text == "Feito. Vou avisar aqui sobre lançamentos de Honor na Europa."


async def test_inline_results_and_pictures_are_in_the_language(api: BotApi) -> None:
    anna = api.private(language="es")
    results = await anna.type("xiaomi india q3 2017")
    assert "en India en el tercer trimestre de 2017" in results[0]["description"]
    anna.post("chart xiaomi shipments since 2016")
    caption = (await anna.photo()).parameters["caption"]
    assert "de 14,8 millones" in caption or "millones en el" in caption


async def test_stale_buttons_and_unknown_commands_are_told_in_the_language(api: BotApi) -> None:
    anna = api.private(language="ru")
    assert (await anna.ask("/weather")).text == "Я не знаю команды /weather. /help показывает, что я умею."
    reply = await anna.ask("/help")
    assert await anna.said_to(anna.press(reply.message, "lang:xx", anna.person)) == (
        "Эта кнопка больше не работает. Напишите вопрос словами."
    )


async def test_menus_are_set_in_every_language(bot: RunningBot, api: BotApi) -> None:
    await api.until(lambda: "short_description ru" in api.methods.texts, "the menu was not set in every language")
    spanish = [one.parameters for one in api.of("setMyCommands") if one.parameters.get("language_code") == "es"]
    assert len(spanish) == 3
    assert {"command": "help", "description": "Qué puedes preguntar"} in spanish[0]["commands"]
    assert api.methods.texts["description zh"].startswith("像问朋友一样")
