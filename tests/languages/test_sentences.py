"""No sentence goes out that is not marked for translation."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.languages.extraction import MARKS, ROOT

# Calls that show something to a person, and which of their arguments does.
_SHOWN = {"say": 2, "InlineKeyboardButton": 0, "Button": 0, "BotCommand": 1}
_SHOWN_BY_NAME = {"text", "caption", "description"}
# What only those see who run the bot stays English.
_FOR_ADMINS = {
    *("access", "alerts_report", "cards", "changing", "drafting", "granting", "role_menu", "unanswered"),
}  # fmt: skip


def test_what_handlers_show_is_translated() -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{line}: {text!r}"
        for path in sorted((ROOT / "bot/handlers").glob("*.py"))
        if path.stem not in _FOR_ADMINS
        for line, text in _literals(path)
    ]
    assert bare == [], "put it into tell(...) or translatable(...): docs/contributing.md, Translate"


def _literals(path: Path) -> Iterator[tuple[int, str]]:
    """Texts with words in them that are shown as they stand in the code."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        shown = [one.value for one in node.keywords if one.arg in _SHOWN_BY_NAME]
        if name in _SHOWN and len(node.args) > _SHOWN[name]:
            shown.append(node.args[_SHOWN[name]])
        for one in shown:
            for text in _texts(one):
                if any(letter.isalpha() for letter in text):
                    yield node.lineno, text


def _texts(shown: ast.expr) -> Iterator[str]:
    if isinstance(shown, ast.Constant) and isinstance(shown.value, str):
        yield shown.value
    elif isinstance(shown, ast.JoinedStr):
        for part in shown.values:
            yield from _texts(part)
    elif isinstance(shown, ast.IfExp):
        yield from (*_texts(shown.body), *_texts(shown.orelse))


def test_sentences_are_written_out_whole() -> None:
    pieced = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / "bot").rglob("*.py"))
        if "admin" not in path.parts
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id in MARKS - {"words"}  # of bot/understanding/text.py as well
        if node.args and isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert pieced == [], "a sentence put together from pieces cannot be translated"
