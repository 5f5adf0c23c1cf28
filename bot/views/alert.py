"""Alerts as messages: one for each, or several together as a digest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from bot.answers.answer import Style
from bot.answers.notice import Notice
from bot.views.wording import sentence, word

_LONGEST = 3800  # of Telegram's 4,096 characters; the rest is room for the last line
MUTE, SETTINGS = "Mute this", "Settings"
DIGEST_HEADING = "Your digest"
DIGEST_CUT = "… and {count} more. /subscriptions narrows down what I tell you."


@dataclass(frozen=True)
class AlertText:
    """A message in Telegram's HTML, and as plain text for where the HTML is refused."""

    html: str
    plain: str


def alert_text(notice: Notice, locale: str = "en_GB") -> AlertText:
    """One alert as one message."""
    return AlertText("\n".join(_html(notice, locale)), "\n".join(_plain(notice, locale)))


def digest_text(notices: Sequence[Notice], locale: str = "en_GB") -> AlertText:
    """Several alerts as one message; as many as fit, and the rest counted."""
    html, plain = [f"<b>{DIGEST_HEADING}</b>"], [DIGEST_HEADING]
    length = 0
    for number, notice in enumerate(notices):
        rich, bare = "\n".join(_html(notice, locale)), "\n".join(_plain(notice, locale))
        length += max(len(rich), len(bare)) + 2
        if length > _LONGEST and number:
            more = DIGEST_CUT.format(count=len(notices) - number)
            html.append(f"<i>{more}</i>")
            plain.append(more)
            break
        html.append(rich)
        plain.append(bare)
    return AlertText("\n\n".join(html), "\n\n".join(plain))


def _html(notice: Notice, locale: str) -> list[str]:
    lines = [f"{notice.mark} <b>{escape(notice.heading, quote=False)}</b>"]
    for line in notice.lines:
        text = sentence(line, lambda plain: escape(plain, quote=False), locale)
        lines.append(f"<i>{_ended(text)}</i>" if line.style is Style.NOTE else _ended(text))
    named = escape(f"{notice.source.name[:160]}, {word(notice.source.published, locale)}", quote=False)
    return [*lines, f'Source: <a href="{escape(notice.source.url)}">{named}</a>']


def _plain(notice: Notice, locale: str) -> list[str]:
    lines = [f"{notice.mark} {notice.heading}"]
    lines += [_ended(sentence(line, str, locale)) for line in notice.lines]
    named = f"{notice.source.name}, {word(notice.source.published, locale)}"
    return [*lines, f"Source: {named} · {notice.source.url}"]


def _ended(text: str) -> str:
    return text if text.endswith((".", ":")) else f"{text}."
