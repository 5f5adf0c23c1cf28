"""Turns a file's text into lines of prose: markup gone, quotes straightened, wrapped lines joined."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

LONGEST_ARTICLE = 60_000  # characters; what follows is not read
LONGEST_LINE = 8_000

_HIDDEN = re.compile(r"<(script|style|noscript|svg)\b[^>]{0,500}>.{0,20000}?</\1>|<!--.{0,5000}?-->", re.S | re.I)
_CELL_END = re.compile(r"</t[dh]\s*>\s*(?=<t[dh])", re.I)
_LINE_END = re.compile(
    r"<(?:br|/?(?:p|div|h[1-6]|li|ul|ol|tr|table|blockquote|article|section|figure))\b[^>]{0,300}>", re.I
)
_TAG = re.compile(r"</?[a-z][^<>]{0,600}>", re.I)
_IMAGE = re.compile(r"!\[([^\]\n]{0,300})\]\([^)\s]{0,600}\)")
_LINK = re.compile(r"\[([^\]\n]{1,300})\]\([^)\s]{0,600}\)")
_ADDRESS = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/)\S{1,600}")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3})(?=\S)(.{1,300}?)(?<=\S)\1(?![\w*])")
_HEADING = re.compile(r"^#{1,6}\s+")
_DATELINE = re.compile(
    r"^(?:[A-Z][A-Z .'-]{2,30}|[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,2})(?:,[^–—]{0,50}?|\s*\([^)]{2,30}\))?"
    r"\s*(?:[–—]|--| - )\s*(?=[A-Z\"'])"
)
_DATED = re.compile(
    r"^[A-Z][^.:|]{2,50}?\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d{1,2}\b[^.:]{0,50}?"
    r"(?:\)\s*:|:|\)?\s*[–—]|\)\s*-+)\s+(?=[A-Z\"'])"
    r"|^[A-Z][\w .]{2,25}, [A-Z]\w+ \| \w+ \| "
)
_WIRE = re.compile(
    r"^[^.]{3,90}?\((?:Reuters|AP|AFP|Agency|Newswire|IANS|PTI|Xinhua|Bloomberg|UPI|BUSINESS WIRE|GLOBE NEWSWIRE)\)"
    r"\s*[–—-]*\s*|^[^.]{3,90}?/PRNewswire/\s*[–—-]*\s*"
)
_FOOTNOTE = re.compile(r"\[\d{1,2}\]")
_BULLET = re.compile(r"^\s*(?:[•·▪‣●*–—-]|&bull;)\s+")
_STRAIGHT = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "–",
     "—": "—", "‐": "-", "‑": "-", "−": "-", "…": "...", "\u2028": "\n", "\u2029": "\n\n", "\r": "\n"}
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line of prose, and the paragraph it stands in; `item` where it is one of a list."""

    text: str
    paragraph: int
    item: bool = False


def lay_out(text: str) -> list[Line]:
    """The lines of an article, at most of its first 60,000 characters; the cells of a table row stay one line."""
    text = _plain(text[:LONGEST_ARTICLE].replace("\r\n", "\n"))
    lines: list[Line] = []
    paragraph, joins = 0, False
    wrapped = _wrapped_lines(text.split("\n"))
    for number, raw in enumerate(text.split("\n")):
        stripped = _HEADING.sub("", raw.strip())
        if not stripped:
            paragraph, joins = paragraph + 1, False
            continue
        item = bool(_BULLET.match(stripped))
        stripped = " ".join(_BULLET.sub("", stripped).split(" ")).strip()[:LONGEST_LINE]
        if not stripped:
            continue
        lower = stripped[0].islower() and not _is_row(stripped) and not (lines and _is_row(lines[-1].text))
        continues = lines and not item and (lower or stripped[0] in ",;)" or (joins and stripped[0] != "|"))
        if continues and lines[-1].paragraph == paragraph and len(lines[-1].text) < LONGEST_LINE:
            lines[-1] = Line(f"{lines[-1].text} {stripped}", paragraph, lines[-1].item)
        else:
            lines.append(Line(stripped, paragraph, item))
        joins = number in wrapped
    return lines


def _wrapped_lines(raw: list[str]) -> set[int]:
    """The numbers of lines that go on in the next one: those of a block of three or more, most broken at the margin."""
    found: set[int] = set()
    block: list[int] = []
    for number in range(len(raw) + 1):
        if number < len(raw) and raw[number].strip():
            block.append(number)
            continue
        broken = [at for at in block[:-1] if _is_wrapped(raw[at].strip())]
        if len(block) >= 3 and len(broken) >= 0.6 * (len(block) - 1):
            found.update(broken)
        block = []
    return found


def _is_wrapped(line: str) -> bool:
    """True for a line that an editor broke at the margin: long, of words, and with no end of a sentence."""
    return 55 <= len(line) <= 110 and line[-1] not in '.!?:|"' and "\t" not in line and _share_of_digits(line) < 0.15


def _is_row(line: str) -> bool:
    """True for what looks like a row of a table: mostly numbers."""
    return "|" in line or "\t" in line or _share_of_digits(line) > 0.2


def _share_of_digits(line: str) -> float:
    return sum(letter.isdigit() for letter in line) / len(line)


def _plain(text: str) -> str:
    if "<" in text:
        text = _HIDDEN.sub(" ", text)
        text = _TAG.sub("", _LINE_END.sub("\n", _CELL_END.sub("\t", text)))
    if "&" in text:
        text = html.unescape(text)
    text = text.translate(_STRAIGHT)
    if not text.isascii():
        text = _fold(text)
    text = _FOOTNOTE.sub("", _ADDRESS.sub("", _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))))
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub(r"\2", text)
    return text


def _fold(text: str) -> str:
    """Compatibility forms and no-break spaces made plain; piled-up marks and invisible letters dropped."""
    kept = []
    for letter in unicodedata.normalize("NFKC", text):
        kind = unicodedata.category(letter)
        if kind in ("Cf", "Cs", "Co", "Cn") or (kind == "Mn" and letter < "\u0900"):
            continue
        kept.append(" " if kind == "Zs" else letter if kind != "Cc" or letter in "\n\t" else " ")
    return "".join(kept)


def without_dateline(text: str) -> str:
    """A paragraph without the place and day that a newswire puts before it: "SEOUL, April 30 (Agency) - "."""
    for pattern in (_WIRE, _DATED, _DATELINE):
        match = pattern.match(text[:140])
        if match and match.end() < len(text) - 20:
            return text[match.end() :]
    return text
