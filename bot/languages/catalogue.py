"""Sentences in the language spoken now, from the catalogues of this folder; English is what stands in the code."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from bot.languages.marks import CONTEXT_ENDS, Counted
from bot.languages.spoken import ENGLISH, NAMES, language

FOLDER = Path(__file__).with_name("catalogues")


def translated(message: str, count: int = 0) -> str:
    """The sentence in the language spoken now, its {places} left open; in English where nobody has translated it.

    `count` chooses the form of a Counted sentence."""
    if language() == ENGLISH:
        text = message.one if isinstance(message, Counted) and count == 1 else message
    else:
        text = _of(language(), message, count)
    return text.rpartition(CONTEXT_ENDS)[2]


def in_every_language(message: str) -> frozenset[str]:
    """All that a sentence is in the languages there are."""
    return frozenset({message, *(_of(code, message, 0) for code in NAMES if code != ENGLISH)})


def _of(code: str, message: str, count: int) -> str:
    if not message:
        return ""  # where gettext keeps a catalogue's header
    found = _translations(code)
    return found.ngettext(message.one, message, count) if isinstance(message, Counted) else found.gettext(message)


@cache
def _translations(code: str) -> GNUTranslations:
    """A catalogue, compiled in memory: there is no step to forget after editing it."""
    from babel.messages.mofile import write_mo  # imported late: who asks in English needs none of it
    from babel.messages.pofile import read_po

    with (FOLDER / f"{code}.po").open("rb") as file:
        catalogue = read_po(file, locale=code)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
