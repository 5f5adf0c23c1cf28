"""An answer as Telegram HTML, escaped and within Telegram's limits."""

from __future__ import annotations

from html import escape

from bot.answers.answer import Answer, Style
from bot.languages.catalogue import translated
from bot.languages.marks import Counted, translatable
from bot.views.text import SOURCE, named_source, parts
from bot.views.wording import tell, whole_sentence

LONGEST = 4096  # characters of a message, after the markup is read
LONGEST_CAPTION = 1024
LONGEST_COPY = 256
_LONGEST_TOLD = 200
MORE = translatable("… and more: ask about one vendor, region or year.")
_AND_MORE = Counted("and {count} more", "and {count} more")


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


def caption(answer: Answer) -> str:
    """What stands below the answer's picture: how it was read, the finding and the notes, and the sources."""
    pieces: list[str] = []
    for role, text in parts(answer, lambda plain: escape(plain, quote=False)):
        if role == "heading":
            pieces.append(f"<b>{text}</b>")
        elif role in ("lead", "detail"):
            pieces.append(text)
        elif role == "note":
            pieces.append(f"<i>{text}</i>")
    names = dict.fromkeys(source.name for source in answer.sources)
    told = tell(SOURCE, sources=", ".join(names)) if names else ""
    sources = _sources(answer) if len(told) < _LONGEST_TOLD else []
    kept = _within(pieces, LONGEST_CAPTION - 240, cut_is_said=False)
    return "\n".join([*kept, *(sources or [escape(told[:200], quote=False)])])


def to_copy(answer: Answer) -> str:
    """The finding in a line or two for the clipboard, with who says so; empty where it would be too long."""
    leads = [whole_sentence(line) for line in answer.lines if line.style is Style.LEAD]
    text = "\n".join(leads[:2])
    return text if len(text) <= LONGEST_COPY else leads[0] if len(leads[0]) <= LONGEST_COPY else ""


def _sources(answer: Answer) -> list[str]:
    """The sources as links, folded away below the answer."""
    links = [
        f'<a href="{escape(source.url)}">{escape(named_source(source, 160), quote=False)}</a>'
        for source in answer.sources[:4]
    ]
    if len(answer.sources) > 4:
        links.append(escape(tell(_AND_MORE, count=len(answer.sources) - 4), quote=False))
    if not links:
        return []
    return [f"<blockquote expandable>{tell(SOURCE, sources='; '.join(links))}</blockquote>"]


def _within(pieces: list[str], longest: int, *, cut_is_said: bool = True) -> list[str]:
    """As many whole pieces as fit, and a line that says so where that is not all."""
    kept: list[str] = []
    length = 0
    for piece in pieces:
        length += len(piece) + 1
        if length > longest:
            return [*kept, f"<i>{escape(translated(MORE), quote=False)}</i>"] if cut_is_said else kept
        kept.append(piece)
    return kept
