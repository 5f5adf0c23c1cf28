"""The bot in a terminal: the same answers, no token and no network."""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from rich.console import Console
from rich.style import Style
from rich.text import Text
from sqlalchemy import Engine

from bot.answering import Answering
from bot.answers.answer import Answer
from bot.languages.marks import translatable
from bot.languages.spoken import ENGLISH, speak
from bot.understanding.tongue import language_of
from bot.views.text import otherwise, parts, plain
from bot.views.wording import tell
from store.conversations import FORGOTTEN_AFTER, forget_old
from store.engine import StoreError, reading, writing
from store.holdings import Holdings, count_holdings
from store.retention import MOST
from store.tables import utc_now

CHAT = "terminal"
_EXAMPLES = (
    "how many phones did xiaomi ship in q2 2017?",
    "whos #1 in india",
    "when does xiaomi come to spain?",
)
_ASKING = ("ask", "top", "launches", "vendor")  # commands whose words are a question as they stand
_LEAVING = ("quit", "exit")
NO_COMMAND = translatable("There is no command /{command} here. Just ask, or type /help or /quit.")
BROKEN = translatable("Sorry, that went wrong inside Vendorbot ({error}); please ask something else.")
_STYLES = {
    "heading": "bold cyan",
    "lead": "bold",
    "table": "green",
    "note": "italic yellow",
    "source": "dim",
    "suggestion": "magenta",
}


def chat(engine: Engine, today: date) -> None:
    """Talk until the person leaves. Where standard input or output is no terminal, answer its lines as plain text."""
    with _waiting("Reading the facts"):
        answering = Answering(engine)
        with reading(engine) as session:
            holdings = count_holdings(session)
        with writing(engine) as session:
            forget_old(session, utc_now(), FORGOTTEN_AFTER, MOST)
    talk = Talk(answering, today)
    if sys.stdin.isatty() and sys.stdout.isatty():
        _converse(talk, holdings)
    else:
        _answer_lines(talk)


class Talk:
    """One conversation: its follow-ups are its own, whatever is asked in another terminal."""

    def __init__(self, answering: Answering, today: date, chat: str = CHAT) -> None:
        self._answering, self._today, self._chat, self._person = answering, today, chat, uuid.uuid4().hex
        self._choices: tuple[str, ...] = ()
        self._language = ENGLISH

    def reply(self, line: str) -> Answer | str | None:
        """The answer to a line, or a plain sentence where there is none; None where the person wants to leave."""
        text = line.strip()
        self._language = language_of(text) or self._language
        speak(self._language)
        chosen = self._chosen(text)
        if text.startswith("/"):
            command, _, rest = text[1:].partition(" ")
            if command in _LEAVING:
                return None
            if command not in ("help", *_ASKING):
                return tell(NO_COMMAND, command=command[:40])
            text = rest if command == "ask" else text[1:]
        try:
            ask = self._answering.choose if chosen else self._answering.ask
            answer = ask(chosen or text, self._today, self._chat, self._person)
        except StoreError as error:
            return str(error)
        except Exception as error:
            # A fault of ours ends one answer, not the conversation.
            return tell(BROKEN, error=type(error).__name__)
        if not chosen or answer.choices:  # who has chosen may still choose another
            self._choices = answer.choices
        return answer

    def _chosen(self, text: str) -> str | None:
        """The question of which somebody typed the number, where they were given some to choose from."""
        number = int(text) if text.isascii() and text.isdigit() and len(text) == 1 else 0
        return self._choices[number - 1] if 1 <= number <= len(self._choices) else None


def _answer_lines(talk: Talk) -> None:
    """Answer each line of standard input on standard output, an empty line between two answers."""
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    first = True
    for line in sys.stdin:
        if not line.strip():
            continue
        reply = talk.reply(line)
        if reply is None:
            return
        print("" if first else "\n", said(reply), sep="", flush=True)
        first = False


def said(reply: Answer | str) -> str:
    """A reply as plain text, with the numbers that can be typed next."""
    return reply if isinstance(reply, str) else "\n".join([plain(reply), *otherwise(reply)])


def _converse(talk: Talk, holdings: Holdings) -> None:
    console = Console(highlight=False)
    console.print(_greeting(holdings))
    session: PromptSession[str] = PromptSession(history=_history(), auto_suggest=AutoSuggestFromHistory())
    while True:
        console.print()
        try:
            line = session.prompt("> ")
            reply = talk.reply(line) if line.strip() else ""
        except KeyboardInterrupt:
            continue  # ctrl-c throws the line away, ctrl-d leaves
        except EOFError:
            break
        if reply is None:
            break
        if reply:
            console.print(Text(reply, "red") if isinstance(reply, str) else coloured(reply))
    console.print("Bye.")


def coloured(answer: Answer) -> Text:
    """The answer with a colour for each kind of line; a source's name is a link to it, where the terminal has links."""
    whole = Text()
    sources = iter(answer.sources)
    for number, (role, text) in enumerate(parts(answer)):
        style = Style.parse(_STYLES.get(role, "none"))
        source = next(sources, None) if role == "source" else None
        whole.append("\n" if number else "")
        whole.append(text, style + Style(link=source.url) if source else style)
    for line in otherwise(answer):
        whole.append(f"\n{line}", Style.parse(_STYLES["suggestion"]))
    return whole


def _greeting(holdings: Holdings) -> Text:
    reach = f" from {holdings.first.year} to {holdings.last.year}" if holdings.first and holdings.last else ""
    held = (
        f"{holdings.facts:,} facts{reach} about {holdings.vendors} phone vendors,"
        f" {holdings.milestones} milestones, {holdings.launches} launches. /help, /quit."
    )
    lines = [Text.assemble(("Vendorbot", "bold cyan"), " · ", held), Text("Ask, typing errors and all:")]
    lines += [Text(f"  {example}", "magenta") for example in _EXAMPLES]
    return Text("\n").join(lines)


def _history() -> History:
    """The questions typed before, kept in the person's state folder; in memory only where that cannot be written."""
    folder = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "vendorbot"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "history").touch(mode=0o600)
    except OSError:
        return InMemoryHistory()
    return FileHistory(folder / "history")


@contextmanager
def _waiting(text: str) -> Iterator[None]:
    """A spinner on the terminal while something takes its time; nothing where there is no terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(f"{text} ..."):
        yield
