"""Dialogues as text files: what a person types, and what the bot answers.

    now: 2017-11-01
    > wen is xiaomi coming to spain??
    < Xiaomi · Spain · launch
    < Xiaomi launches in Spain on 7 November 2017 ...
    < ...

In dialogues with buttons, `@olga` says whose chat it is from there on, `* Record` presses the button of that name below
the last message there, `^ launches.csv` sends that file of the
folder `files`, `~` waits for a message that nobody asked for, and `[Record] [Cancel]` are all the buttons of an
answer. What is shown for a moment only, on a press, begins with `! `. In a question, `\n` begins a new line.

The bot answers in the language of the questions. `...` at the end of a line stands for the rest of it, `< ...`
alone for any further lines. A line that begins with # is a remark."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Turn:
    """One question and the lines of its answer; `line` is where it stands in its file. `sign` is > for what is written,
    * for a press of a button, ^ for a file, ~ for waiting; `buttons` are those expected, where they are told."""

    line: int
    question: str
    expected: tuple[str, ...]
    sign: str = ">"
    speaker: str = ""
    buttons: str = ""


@dataclass(frozen=True)
class Dialogue:
    name: str
    today: date
    turns: tuple[Turn, ...]


def read_dialogue(path: Path) -> Dialogue:
    """Read one file. Raises ValueError naming the line that is neither a question, an answer nor a remark."""
    today = date(2017, 11, 1)
    turns: list[Turn] = []
    speaker = ""
    for number, text in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not text.strip() or text.startswith("#"):
            continue
        sign, _, rest = text.partition(" ")
        if text.startswith("now:"):
            today = date.fromisoformat(text.removeprefix("now:").strip())
        elif sign in (">", "*", "~", "^"):
            turns.append(Turn(number, rest, (), sign, speaker))
        elif text.startswith("@"):
            speaker = text[1:].strip()
        elif sign == "<" and turns:
            turns[-1] = replace(turns[-1], expected=(*turns[-1].expected, rest))
        elif text.startswith("[") and turns:
            turns[-1] = replace(turns[-1], buttons=f"{turns[-1].buttons} {text}".strip())
        else:
            raise ValueError(f"{path.name}, line {number}: write '> question', '< answer', '# remark' or 'now: DATE'")
    return Dialogue(path.stem, today, tuple(turns))


def dialogues() -> list[Path]:
    return sorted(FOLDER.glob("*.txt"))


def difference(expected: tuple[str, ...], answer: str) -> str | None:
    """Where an answer is not as expected, in words; None where it is."""
    lines = answer.splitlines()
    for at, wanted in enumerate(expected):
        if wanted == "...":
            rest = expected[at + 1 :]
            if not rest:
                return None
            later = [line for line in lines[at:] if any(_same(one, line) for one in rest)]
            return None if len(later) >= len(rest) else f"expected further down: {rest}"
        if at >= len(lines):
            return f"expected {wanted!r}, and there are only {len(lines)} lines"
        if not _same(wanted, lines[at]):
            return f"expected {wanted!r}, got {lines[at]!r}"
    return None if len(lines) == len(expected) else f"not expected: {lines[len(expected) :]}"


def _same(wanted: str, line: str) -> bool:
    return line.startswith(wanted.removesuffix("...").rstrip()) if wanted.endswith("...") else line == wanted
