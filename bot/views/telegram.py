"""An answer as Telegram HTML, escaped and within Telegram's limits."""

from __future__ import annotations

from html import escape

from bot.answers.answer import Answer
from bot.views.text import parts
from bot.views.wording import word

LONGEST = 4096  # characters of a message, after the markup is read


def message(answer: Answer) -> str:
    """The answer as one message of Telegram HTML."""
    pieces: list[str] = []
    for role, text in parts(answer, lambda plain: escape(plain, quote=False)):
        match role:
            case "heading":
                pieces.append(f"<b>{text}</b>")
            case "table":
                pieces.append(f"<pre>{text}</pre>")
            case "note" | "suggestion":
                pieces.append(f"<i>{text}</i>")
            case "source":
                continue
            case _:
                pieces.append(text)
    kept = _within(pieces, LONGEST - 700)
    sources = _sources(answer)
    return "\n".join([*kept, *sources])


def _sources(answer: Answer) -> list[str]:
    """The sources as links, folded away below the answer."""
    links = []
    for source in answer.sources[:4]:
        named = source.name if str(source.published.year) in source.name else f"{source.name}, {word(source.published)}"
        links.append(f'<a href="{escape(source.url)}">{escape(named[:160], quote=False)}</a>')
    if len(answer.sources) > 4:
        links.append(f"and {len(answer.sources) - 4} more")
    return [f"<blockquote expandable>Source: {'; '.join(links)}</blockquote>"] if links else []


def _within(pieces: list[str], longest: int) -> list[str]:
    """As many whole pieces as fit; a cut is said, never silent."""
    kept: list[str] = []
    length = 0
    for piece in pieces:
        length += len(piece) + 1
        if length > longest:
            return [*kept, "<i>… and more: ask about one vendor, region or year.</i>"]
        kept.append(piece)
    return kept
