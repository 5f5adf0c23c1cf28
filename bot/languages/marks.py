"""Marks on sentences that are to be translated; `make messages` finds them in the code by these names."""

from __future__ import annotations

CONTEXT_ENDS = "\x04"  # as in gettext's own files


def translatable(message: str) -> str:
    """The sentence itself, which is put into words of another language where it goes out."""
    return message


def in_context(context: str, message: str) -> str:
    """A short text that is said differently depending on where it stands."""
    return f"{context}{CONTEXT_ENDS}{message}"


class Counted(str):
    """A sentence with a {count} as it is said of many; `one` is how it is said of one."""

    one: str
    __slots__ = ("one",)

    def __new__(cls, one: str, many: str) -> Counted:
        made = super().__new__(cls, many)
        made.one = one
        return made
