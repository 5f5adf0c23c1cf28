"""The log: one line an event on stderr, JSON for programs or columns for a person, and never a secret in it."""

from __future__ import annotations

import logging
import re
import sys
import threading
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.typing import Processor, WrappedLogger

_TOKEN = re.compile(r"\d{5,}(?::|%3[Aa])[A-Za-z0-9_-]{30,}")
_CHATTY = ("httpx", "httpcore", "apscheduler", "asyncio", "telegram")


def configure_logging(level: str, secrets: Iterable[str] = (), stream: TextIO | None = None) -> None:
    """Send every log, the libraries' too, to stderr from that level on, with the secrets blotted out."""
    stream = stream or sys.stderr
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    # The blotting comes last, on the finished line: no field, traceback or library's wording can slip past it.
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_renderers(stream.isatty()),
                _blotting(secrets),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    if level != "DEBUG":
        for name in _CHATTY:
            logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(True)
    sys.excepthook = _log_fault
    threading.excepthook = lambda fault: _log_fault(
        fault.exc_type, fault.exc_value or fault.exc_type(), fault.exc_traceback
    )


def _renderers(for_a_person: bool) -> list[Processor]:
    """The last steps to a line. Tracebacks are plain: the richer ones print local variables, wrapped over lines."""
    if for_a_person:
        return [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]


def _blotting(secrets: Iterable[str]) -> Callable[[WrappedLogger, str, Any], str]:
    """A step that takes out the secrets, and whatever else looks like a bot's token.

    Of a token the part after the colon is the secret: it is found even where the colon is written in another way."""
    hidden = [part for secret in secrets if secret for part in (secret, secret.rpartition(":")[2])]

    def blot(_logger: WrappedLogger, _method: str, line: Any) -> str:
        line = str(line)
        for secret in hidden:
            line = line.replace(secret, "***")
        return _TOKEN.sub("***", line)

    return blot


def _log_fault(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    """What nobody caught goes to the log as well, so that its traceback is blotted too."""
    if issubclass(kind, KeyboardInterrupt):
        return
    structlog.get_logger("vendorbot").critical("stopped by a fault", exc_info=(kind, fault, trace))
