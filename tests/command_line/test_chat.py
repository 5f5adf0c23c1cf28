"""`vendorbot chat`: by a pipe, and by a pseudo-terminal as a person uses it."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import COMMAND, Run

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\]8;[^\x1b\x07]*(?:\x1b\\|\x07)|\x1b[=>]|\r")


def test_pipe(run_process: Run) -> None:
    done = run_process(
        "chat", stdin="how many phones did xiaomi ship in Q2 2017\n\nand in 2016Q2?\n/top\n/foo\n/help\n"
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    answers = done.stdout.split("\n\n")
    assert len(answers) == 5
    assert "Xiaomi" in answers[0]
    assert "Q2 2017" in answers[0]
    assert "Xiaomi" in answers[1]
    assert "Q2 2016" in answers[1]
    assert "no command /foo" in answers[3]
    assert "\x1b" not in done.stdout


def test_pipe_ends_at_quit_and_keeps_the_day(run: Run) -> None:
    done = run("chat", "--now", "2017-11-01", stdin="xiaomi shipments last month\n/quit\nwhos #1 in china\n")
    assert done.returncode == 0
    assert "October 2017" in done.stdout
    assert "China" not in done.stdout


def test_pipe_of_nothing_and_of_noise(run: Run) -> None:
    assert run("chat", stdin="").returncode == 0
    done = run("chat", stdin="\x00\x01\n" + "a" * 5000 + "\n😀\n<script>\n")
    assert done.returncode == 0
    assert done.stderr == ""


class Terminal:
    """A pseudo-terminal with `vendorbot chat` at its other end."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self._own, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [COMMAND, "chat", "--now", "2017-11-01"],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=folder,
            env=environment | {"TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1"},
            start_new_session=True,
        )
        os.close(theirs)
        self.raw = ""
        self._read = 0

    def type(self, keys: str) -> None:
        os.write(self._own, keys.encode())

    def wait_for(self, text: str, seconds: float = 20) -> str:
        """What was shown from the end of the last call up to `text`, once it is there."""
        until = time.monotonic() + seconds
        while (at := self._shown.find(text, self._read)) < 0:
            assert time.monotonic() < until, f"{text!r} was not shown: {self._shown[self._read :]!r}"
            if select.select([self._own], [], [], 0.2)[0]:
                try:
                    self.raw += os.read(self._own, 65536).decode("utf-8", "replace")
                except OSError:
                    continue
        begin, self._read = self._read, at + len(text)
        return self._shown[begin : self._read]

    @property
    def _shown(self) -> str:
        return _ESCAPES.sub("", self.raw)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._own)


@pytest.fixture
def terminal(environment: dict[str, str], sqlite_url: str, tmp_path: Path) -> Iterator[Terminal]:
    one = Terminal(environment | {"DATABASE_URL": sqlite_url}, tmp_path)
    yield one
    one.close()


def test_terminal(terminal: Terminal, tmp_path: Path) -> None:
    greeting = terminal.wait_for(">")
    assert re.search(r"[\d,]+ facts from \d{4} to \d{4}", greeting)
    assert "whos #1 in india" in greeting
    terminal.type("how many phones did xiaomi ship last oct\r")
    answer = terminal.wait_for("Source")
    assert "October 2017" in answer
    assert "\x1b[1;36m" in terminal.raw  # the heading has its colour
    assert "\x1b]8;" in terminal.raw  # and the source is a link
    terminal.wait_for(">")
    terminal.type("half a line\x03")  # ctrl-c throws away the line and stays
    terminal.wait_for(">")
    terminal.type("/foo\r")
    terminal.wait_for("There is no command /foo here")
    terminal.wait_for(">")
    terminal.type("\x04")  # ctrl-d leaves
    terminal.wait_for("Bye.")
    assert terminal.process.wait(10) == 0
    assert "how many phones did xiaomi ship last oct" in (tmp_path / "state" / "vendorbot" / "history").read_text()


def test_quit(terminal: Terminal) -> None:
    terminal.wait_for(">")
    terminal.type("/quit\r")
    terminal.wait_for("Bye.")
    assert terminal.process.wait(10) == 0
