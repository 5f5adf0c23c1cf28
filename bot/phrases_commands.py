"""`vendorbot phrases`: check the files of words and phrasings, and pass on the words that admins taught."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.understanding.lexicon import Lexicon
    from bot.understanding.weights import Weights

app = typer.Typer(help="Words and phrasings: check the files, export and import taught words.", rich_markup_mode=None)


@app.callback()
def group() -> None:
    """Words and phrasings that questions are read by: check the files, export and import those that were taught."""


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


@app.command()
def export() -> None:
    """Write the words that admins taught, as CSV with the columns word,kind,value. `import` reads it."""
    from bot.admin.taught_file import write_taught
    from bot.settings import load_settings
    from store.engine import reading
    from store.start import start
    from store.taught import taught_words

    with reading(start(load_settings().database_url)) as session:
        write_taught(sys.stdout, taught_words(session))


@app.command("import")
def import_(file: Annotated[Path, typer.Argument(help="A CSV file with the columns word,kind,value.")]) -> None:
    """Teach the words of a file. A running bot reads with them at once. Exit code 1 where some were refused."""
    from bot.admin.taught_file import TaughtFileError, read_taught
    from bot.answering import Answering
    from bot.settings import load_settings
    from store.start import start

    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"cannot read {file}: {error}", param_hint="FILE") from None
    try:
        taught = read_taught(lines, Answering(start(load_settings().database_url)), f"import by {getpass.getuser()}")
    except TaughtFileError as error:
        raise typer.BadParameter(str(error), param_hint="FILE") from None
    for line, reason in taught.refused:
        print(f"line {line}: {reason}", file=sys.stderr)
    print(f"Taught: {taught.new:,}, known already: {taught.known:,}, refused: {len(taught.refused):,}.")
    if taught.refused:
        raise SystemExit(1)
