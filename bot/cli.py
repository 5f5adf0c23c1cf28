"""The command line: vendorbot run | chat | ask | facts | db | phrases | doctor."""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot import database_commands, facts_commands, phrases_commands

# Each command imports what it needs: --help and a wrong option are answered before any of it is read.
if TYPE_CHECKING:
    from bot.answering import Answering

app = typer.Typer(
    help="Answers questions about phone vendors from sourced facts, in Telegram and in the terminal.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.add_typer(facts_commands.app, name="facts")
app.add_typer(database_commands.app, name="db")
app.add_typer(phrases_commands.app, name="phrases")

NowOption = Annotated[str | None, typer.Option("--now", metavar="DATE", help="Take this date for today: 2017-11-01.")]


def main() -> None:
    """Run the command line; faults that a person can mend are said in a line or two, with exit code 1."""
    try:
        app()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except BrokenPipeError:
        # The reader has seen enough, as in `vendorbot ask ... | head`. Python would complain of it once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(141) from None
    except MemoryError:
        fail(
            "there is not enough memory for this. Give it more (ulimit -v, the container's limit), or ask for less at"
            " once. What was recorded until now stays; the same import again adds only the rest."
        )
    except Exception as error:
        from bot.settings import SettingsError
        from store.engine import StoreError

        if not isinstance(error, SettingsError | StoreError):
            raise
        fail(str(error))


def fail(message: str, code: int = 1) -> NoReturn:
    print(f"vendorbot: {message}", file=sys.stderr)
    raise SystemExit(code)


@app.command()
def run() -> None:
    """Run the bot in Telegram."""
    from bot.application import run as run_bot
    from bot.settings import load_settings

    run_bot(load_settings())


@app.command()
def chat(now: NowOption = None) -> None:
    """Talk to the bot here in the terminal: no token, no network."""
    today = _today(now)
    from bot.settings import load_settings
    from bot.terminal import chat as chat_in_terminal
    from store.start import start

    chat_in_terminal(start(load_settings().database_url), today)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="What you want to know.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON, one object a line.")] = False,
    file: Annotated[
        Path | None, typer.Option("--file", help="Read one question a line from this file; - is standard input.")
    ] = None,
    chat_id: Annotated[
        str | None, typer.Option("--chat", metavar="ID", help="The questions are one conversation of this chat.")
    ] = None,
    now: NowOption = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show how the question was read.")] = False,
) -> None:
    """Answer a question once. Exit code 0 where it was answered, 1 where not."""
    if (question is None) == (file is None):
        raise typer.BadParameter("give either a QUESTION in quotes or --file QUESTIONS.txt")
    today = _today(now)
    questions = [question] if question is not None else _lines(file)
    from bot.asking import print_answers

    answering = open_answering()
    answered = print_answers(answering, questions, today, chat_id, json, explain)
    if question is not None and not answered:
        raise SystemExit(1)


@app.command()
def doctor() -> None:
    """Check settings, database, data and, where a token is set, the Bot API; say what to do about each fault."""
    from bot.doctor import examine

    if not examine():
        raise SystemExit(1)


def open_answering() -> Answering:
    """The database of the settings, made ready, and the bot's understanding of it."""
    from bot.answering import Answering
    from bot.settings import load_settings
    from store.start import start

    return Answering(start(load_settings().database_url))


def _today(now: str | None) -> date:
    if now is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(now)
    except ValueError:
        raise typer.BadParameter(f"{now!r} is no date; write it as 2017-11-01", param_hint="--now") from None


def _lines(file: Path | None) -> list[str]:
    try:
        text = sys.stdin.read() if file is None or str(file) == "-" else file.read_text("utf-8", errors="replace")
    except OSError as error:
        raise typer.BadParameter(f"cannot read {file}: {error.strerror}", param_hint="--file") from None
    return [line.rstrip("\r") for line in text.removesuffix("\n").split("\n")]
