"""Finds the sentences in the code that are to be translated, and brings the catalogues up to date with them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from bot.languages.catalogue import FOLDER
from bot.languages.spoken import ENGLISH, NAMES

ROOT = Path(__file__).parents[2]
# Calls whose first argument is a sentence, if it is written out there.
MARKS = {"translatable", "lead", "detail", "note", "words", "Line", "tell", "translated"}
# Lines of a header that say nothing here, or change with each run.
_NO_USE = ('"POT-Creation', '"PO-Revision', '"Last-Translator', '"Language-Team', '"Report-Msgid', '"Generated-By')
LANGUAGES = tuple(code for code in NAMES if code != ENGLISH)


@dataclass(frozen=True)
class Sentence:
    """A sentence of the code, where it stands, and what it depends on."""

    message: str
    many: str | None
    context: str | None
    file: str
    line: int


def sentences() -> Iterator[Sentence]:
    """Every sentence in bot/ that is marked."""
    for path in sorted((ROOT / "bot").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield from _marked(node, node.func.id, name)


@cache
def template() -> Catalog:
    """All sentences as an empty catalogue."""
    made = Catalog(project="Vendorbot")
    for one in sentences():
        made.add(_identity(one), auto_comments=(), locations=[(one.file, 0)], context=one.context)
    return made


def kept(code: str) -> Catalog:
    """The catalogue of a language as it is kept; empty where there is none yet."""
    path = FOLDER / f"{code}.po"
    if not path.exists():
        return Catalog(locale=code, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=code)


@cache
def catalogue(code: str) -> Catalog:
    """The same, read once."""
    return kept(code)


def bring_up_to_date(code: str) -> tuple[int, int]:
    """Add new sentences to a language's file and drop those that are gone; returns how many have to be translated,
    and how many there are."""
    updated = kept(code)
    updated.update(template(), no_fuzzy_matching=True)
    updated.obsolete.clear()
    updated.fuzzy, updated.header_comment = False, f"# {NAMES[code]}. How to translate: docs/contributing.md."
    written = BytesIO()
    write_po(written, updated, width=120, include_lineno=False, sort_by_file=True)
    lines = [line for line in written.getvalue().decode().splitlines() if not line.startswith(_NO_USE)]
    (FOLDER / f"{code}.po").write_text("\n".join(lines).rstrip() + "\n", "utf-8")
    missing = [one for one in updated if one.id and not (all(one.string) if one.pluralizable else one.string)]
    return len(missing), len(updated)


def _identity(one: Sentence) -> str | tuple[str, str]:
    return one.message if one.many is None else (one.message, one.many)


def _marked(call: ast.Call, function: str, file: str) -> Iterator[Sentence]:
    texts = [_written_out(argument) for argument in call.args]
    if function in MARKS and texts:
        for text in texts[0]:
            if any(letter.isalpha() for letter in text):
                yield Sentence(text, None, None, file, call.lineno)
    elif function == "Counted" and len(texts) == 2 and all(texts):
        yield Sentence(texts[0][0], texts[1][0], None, file, call.lineno)
    elif function == "in_context" and len(texts) == 2 and all(texts):
        yield Sentence(texts[1][0], None, texts[0][0], file, call.lineno)


def _written_out(argument: ast.expr) -> list[str]:
    """The text of an argument; both texts where it is one or the other."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return [argument.value]
    if isinstance(argument, ast.IfExp):
        return [*_written_out(argument.body), *_written_out(argument.orelse)]
    return []
