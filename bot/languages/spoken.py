"""Which language is spoken now. Set at the edge, where an update comes in or an alert goes out; read only here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

ENGLISH = "en"
# By code, as Telegram and the catalogues name them: what its own speakers call it, and how babel writes its numbers.
NAMES = {"en": "English", "es": "Español", "hi": "हिन्दी", "zh": "简体中文", "pt": "Português", "ru": "Русский"}
_LOCALES = {"en": "en_GB", "es": "es", "hi": "hi", "zh": "zh_Hans", "pt": "pt_BR", "ru": "ru"}

_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


def language() -> str:
    """The code of the language spoken in this task or thread; English where nobody said otherwise."""
    return _spoken.get()


def locale() -> str:
    """The language as babel names it."""
    return _LOCALES[_spoken.get()]


def speak(code: str) -> None:
    """Speak a language in the rest of this task; one that the bot does not know is English."""
    _spoken.set(known(code) or ENGLISH)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak a language for the length of a `with`."""
    before = _spoken.set(known(code) or ENGLISH)
    try:
        yield
    finally:
        _spoken.reset(before)


def known(code: str | None) -> str | None:
    """The language of a code such as pt-BR or zh-hans, None where the bot does not speak it."""
    found = (code or "").replace("_", "-").partition("-")[0].lower()
    return found if found in NAMES else None
