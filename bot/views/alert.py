"""Alerts as messages: one for each, or several together as a digest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from bot.answers.answer import Style
from bot.answers.notice import Notice
from bot.languages.catalogue import translated
from bot.languages.marks import Counted, translatable
from bot.views.text import NAMED_SOURCE, SOURCE
from bot.views.wording import ended, sentence, tell
from store.facts import KnownSource

_LONGEST = 3800  # of Telegram's 4,096 characters; the rest is room for the last line
MUTE, SETTINGS = translatable("Mute this"), translatable("Settings")
DIGEST_HEADING = translatable("Your digest")
DIGEST_CUT = Counted(
    "… and {count} more. /subscriptions narrows down what I tell you.",
    "… and {count} more. /subscriptions narrows down what I tell you.",
)


@dataclass(frozen=True)
class AlertText:
    """A message in Telegram's HTML, and as plain text for where the HTML is refused."""

    html: str
    plain: str


def alert_text(notice: Notice) -> AlertText:
    """One alert as one message."""
    return AlertText("\n".join(_html(notice)), "\n".join(_plain(notice)))


def digest_text(notices: Sequence[Notice]) -> AlertText:
    """Several alerts as one message; as many as fit, and the rest counted."""
    heading = translated(DIGEST_HEADING)
    html, plain = [f"<b>{escape(heading, quote=False)}</b>"], [heading]
    length = 0
    for number, notice in enumerate(notices):
        rich, bare = "\n".join(_html(notice)), "\n".join(_plain(notice))
        length += max(len(rich), len(bare)) + 2
        if length > _LONGEST and number:
            more = tell(DIGEST_CUT, count=len(notices) - number)
            html.append(f"<i>{escape(more, quote=False)}</i>")
            plain.append(more)
            break
        html.append(rich)
        plain.append(bare)
    return AlertText("\n\n".join(html), "\n\n".join(plain))


def _html(notice: Notice) -> list[str]:
    lines = [f"{notice.mark} <b>{escape(translated(notice.heading), quote=False)}</b>"]
    for line in notice.lines:
        text = sentence(line, lambda plain: escape(plain, quote=False))
        lines.append(f"<i>{ended(text)}</i>" if line.style is Style.NOTE else ended(text))
    named = escape(_named(notice.source, 160), quote=False)
    return [*lines, tell(SOURCE, sources=f'<a href="{escape(notice.source.url)}">{named}</a>')]


def _plain(notice: Notice) -> list[str]:
    lines = [f"{notice.mark} {translated(notice.heading)}"]
    lines += [ended(sentence(line)) for line in notice.lines]
    return [*lines, f"{tell(SOURCE, sources=_named(notice.source))} · {notice.source.url}"]


def _named(source: KnownSource, longest: int | None = None) -> str:
    return tell(NAMED_SOURCE, source=source.name[:longest], date=source.published)
