"""What in a sentence somebody or something is told of: a vendor, the whole market, or somebody else."""

from __future__ import annotations

from dataclasses import dataclass

from bot.admin.reading.context import Subject
from bot.admin.reading.names import Name, Sort
from bot.admin.reading.sentence import Sentence


@dataclass(frozen=True)
class Mention:
    """A subject that comes up at the tokens from `start` up to `stop`; `object` where it is only compared with, and
    `taken_over` where it lost its place to another; `named` for a name or pronoun, whose names are `listed`."""

    start: int
    stop: int
    subject: Subject
    object: bool = False
    taken_over: bool = False
    named: bool = False
    listed: tuple[Name, ...] = ()


def is_vendor(name: Name | None) -> bool:
    return name is not None and name.sort is Sort.VENDOR


def is_place(sentence: Sentence, at: int) -> bool:
    name = sentence.name_at(at)
    return name is not None and name.sort is Sort.REGION
