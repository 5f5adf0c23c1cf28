"""An explanation of how a question was read, as tables for a terminal and as JSON."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.understanding.explaining import Explanation, WordRead

_LEFT_OUT = ("text", "today", "confidence")  # of the query: shown elsewhere, or by the answer
_SIGNS = {"^": "beginning", "$": "end", "w:~": "strange word", "w:told": "word of a headline", "w:?": "other word"}
_LESS_THAN_SURE = 1.0


def as_json(explanation: Explanation) -> dict[str, Any]:
    """The explanation as JSON values: words, spans, phrasing, intents, decided, query."""
    values = asdict(explanation) | {"query": explanation.query.to_json()}
    del values["text"]
    return values


def tables(explanation: Explanation) -> RenderableType:
    """The explanation as tables, in the order in which a question is read."""
    parts: list[RenderableType] = [_heading("Words"), _words(explanation), _heading("What stands in it")]
    parts += [_spans(explanation), _heading("What it asks")]
    if explanation.phrasing:
        parts.append(Text(f"  as a phrasing: {explanation.phrasing}"))
    parts += [_intents(explanation), _heading("What decided")]
    parts += [Text(f"  • {sentence}") for sentence in explanation.decided]
    parts += [_heading("The query"), _query(explanation)]
    return Group(*parts)


def _heading(text: str) -> Text:
    return Text(f"\n{text}", "bold cyan")


def _grid(*heads: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2), header_style="dim")
    for at, head in enumerate(heads):
        table.add_column(f"  {head}" if not at else head, justify="right" if head == "sure" else "left")
    return table


def _words(explanation: Explanation) -> RenderableType:
    """The words that were mended or that nothing knows; the others are right as they are."""
    table = _grid("typed", "read as", "sure", "it could have been")
    for word in explanation.words:
        if word.typed == word.read and word.score:
            continue
        near = [one for one in word.candidates if one.word != word.read]
        others = ", ".join(f"{one.word} ({' or '.join(one.meanings)}) {one.score:.2f}" for one in near)
        table.add_row(f"  {word.typed}", _read_as(word), f"{word.score:.2f}" if word.score else "", others)
    return table if table.row_count else Text("  Every word is known as it is written.")


def _read_as(word: WordRead) -> str:
    return word.read if word.score else "not known"


def _spans(explanation: Explanation) -> RenderableType:
    table = _grid("words", "what they are", "which", "sure", "or else")
    for span in explanation.spans:
        if span.kind == "small word":
            continue
        sure = f"{span.score:.2f}" if span.score < _LESS_THAN_SURE else ""
        table.add_row(f"  {span.typed}", span.kind, span.value, sure, ", ".join(span.others))
    small = [span.typed for span in explanation.spans if span.kind == "small word"]
    rows: list[RenderableType] = [table] if table.row_count else [Text("  Nothing.")]
    if small:
        rows.append(Text(f"  and small words: {', '.join(small)}", "dim"))
    return Group(*rows)


def _intents(explanation: Explanation) -> Table:
    table = _grid("intent", "sure", "what speaks most for (+) and against (−) it")
    for one in explanation.intents:
        clues = " · ".join(
            f"{'+' if points > 0 else '−'}{abs(points):.1f} {in_words(clue)}" for clue, points in one.clues
        )
        table.add_row(f"  {one.intent}", f"{one.score:.3f}", clues)
    return table


def in_words(clue: str) -> str:
    """A clue's name as a person reads it: "{vendor} then ship", "“how many”"."""
    if clue in _SIGNS:
        return _SIGNS[clue]
    if counted := re.fullmatch(r"strange(\d)|length(\d)|(\{\w+\})2", clue):
        strange, length, slot = counted.groups()
        if slot:
            return f"second {slot}"
        return f"{strange} unknown words" if strange else f"{3 * int(length)} to {3 * int(length) + 2} pieces"
    if clue.startswith(("story", "told:")):
        return "a headline like it"
    before, arrow, after = clue.partition(">")
    if arrow and before and after:
        return f"{in_words(before)} then {in_words(after)}"
    kind, colon, rest = clue.partition(":")
    match kind if colon else "":
        case "f" | "s" | "w":
            return f"“{rest}”"
        case "u":
            return f"unit {rest}"
        case "given":
            return f"{rest} from before"
    return clue


def _query(explanation: Explanation) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2), show_header=False)
    for name, value in explanation.query.to_json().items():
        if name in _LEFT_OUT or (value in (None, False, 0, [], ()) and name != "intent"):
            continue
        table.add_row(f"  {name}", _shown(value))
    table.add_row("  confidence", f"{explanation.query.confidence:.2f}")
    return table


def _shown(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(" ".join(map(str, one)) if isinstance(one, list | tuple) else str(one) for one in value)
    return "none" if value is None else str(value)
