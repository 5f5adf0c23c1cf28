"""`vendorbot phrases`: check the files of words and phrasings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.understanding.lexicon import Lexicon
    from bot.understanding.weights import Weights

app = typer.Typer(help="Check the words and phrasings that questions are read by.", rich_markup_mode=None)


@app.callback()
def group() -> None:
    """Check the words and phrasings that questions are read by."""


@app.command()
def check(
    folder: Annotated[
        Path | None,
        typer.Argument(help="A folder with phrasings/ and words/ in it; the shipped ones where none is named."),
    ] = None,
) -> None:
    """Look for phrasings that collide and words under two names. Exit code 1 where there are any, by file and line."""
    from bot.understanding.checks.folder import check_folder
    from bot.understanding.checks.placed import PHRASINGS, WORDS
    from bot.understanding.lexicon import FOLDER

    chosen = folder or FOLDER
    if not ((chosen / PHRASINGS).is_dir() or (chosen / WORDS).is_dir()):
        raise typer.BadParameter(f"{chosen} holds no folder {PHRASINGS} or {WORDS}", param_hint="FOLDER")
    checked = check_folder(chosen, _read_with)
    for problem in checked.problems:
        print(problem)
    found = "no problem" if not checked.problems else f"problems: {len(checked.problems):,}"
    print(f"{checked.phrasings:,} phrasings and {checked.words:,} words: {found}.")
    if checked.problems:
        raise SystemExit(1)


def _read_with() -> tuple[Lexicon, Weights]:
    """The shipped words and names, from a database of their own, and the shipped weights."""
    from bot.understanding.lexicon import build_lexicon
    from bot.understanding.weights import read_weights
    from store.catalogue import read_catalogue
    from store.engine import reading
    from store.start import start

    with reading(start("sqlite://")) as session:
        catalogue = read_catalogue(session)
    return build_lexicon(catalogue), read_weights()
