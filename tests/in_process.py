"""`vendorbot` within this process: its own environment, folder, streams and connections, and none of them left over."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from bot.cli import main


def called(
    arguments: Sequence[str], environment: Mapping[str, str], folder: Path, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """What a process of `vendorbot` with these would have said, without the second that each takes to begin."""
    streams = {name: io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for name in ("stdout", "stderr")}
    typed = io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8")
    before = dict(os.environ)
    code: object = 0
    with pytest.MonkeyPatch.context() as patch, contextlib.chdir(folder), _ended():
        for name, stream in streams.items():
            patch.setattr(sys, name, stream)
        patch.setattr(sys, "stdin", typed)
        patch.setattr(sys, "argv", ["vendorbot", *arguments])
        os.environ.clear()
        os.environ.update(environment)
        try:
            main()
        except SystemExit as ended:
            code = ended.code or 0
        except Exception:
            traceback.print_exc()
            code = 1
        finally:
            os.environ.clear()
            os.environ.update(before)
    assert isinstance(code, int)
    said = (stream.buffer.getvalue().decode() for stream in streams.values())  # type: ignore[attr-defined]
    return subprocess.CompletedProcess(["vendorbot", *arguments], code, *said)


@contextlib.contextmanager
def _ended() -> Iterator[None]:
    """Waits for what works in the background and closes what was connected meanwhile, as the end of a process does."""
    opened: list[Any] = []
    executors: list[ThreadPoolExecutor] = []
    begin = ThreadPoolExecutor.__init__

    def note(connection: object, _record: object) -> None:
        opened.append(connection)

    def noted(executor: ThreadPoolExecutor, *arguments: Any, **named: Any) -> None:
        executors.append(executor)
        begin(executor, *arguments, **named)

    event.listen(Pool, "connect", note)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ThreadPoolExecutor, "__init__", noted)
        try:
            yield
        finally:
            event.remove(Pool, "connect", note)
            for executor in executors:
                executor.shutdown()
            for connection in opened:
                with contextlib.suppress(Exception):
                    connection.close()
