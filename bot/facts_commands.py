"""`vendorbot facts`: bring rows in from a file, write them out, see what is covered, and check files for mistakes."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from store.files import RowsFile
    from store.imports import Imported
    from store.rows import NewRow

app = typer.Typer(help="Import, export and check facts.", no_args_is_help=True, rich_markup_mode=None)
_MOST_REFUSALS = 20  # said one by one; the rest are counted


class Format(StrEnum):
    CSV = "csv"
    JSON = "json"


class KindOfRows(StrEnum):
    FACTS = "facts"
    MILESTONES = "milestones"
    LAUNCHES = "launches"
    NEWS = "news"


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A CSV file or JSON lines; - is standard input.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")] = False,
    all_or_nothing: Annotated[
        bool, typer.Option("--all-or-nothing", help="Take no row where any has to be refused.")
    ] = False,
    alert: Annotated[bool, typer.Option("--alert", help="Tell those who subscribed, as for an admin's own.")] = False,
) -> None:
    """Record the rows of a file. Exit code 0 where every row was taken, 1 where some were refused."""
    from bot.requests import request
    from store.imports import import_file

    rows = _read(file)
    engine = _store()
    actor = f"import by {_person()}"
    with _progress(rows, file.name) as advance, request() as under_way:
        imported = import_file(
            engine, rows, actor, dry_run=dry_run, all_or_nothing=all_or_nothing, alerts=alert, progress=advance
        )
    _summarise(imported, str(file), dry_run)
    if alert:
        _summarise_alerts(imported, dry_run, under_way.name)
    if imported.refused:
        raise SystemExit(1)


@app.command()
def export(
    form: Annotated[Format, typer.Option("--format", help="csv, or json for one object a line.")] = Format.CSV,
    kind: Annotated[KindOfRows, typer.Option("--kind", help="Which rows.")] = KindOfRows.FACTS,
    output: Annotated[Path | None, typer.Option("--output", help="Write to this file.")] = None,
) -> None:
    """Write the current rows of one kind; `vendorbot facts import` reads them back."""
    from store.engine import reading
    from store.exports import export_rows
    from store.files import write_csv, write_json

    row_kind = _kinds()[kind]
    engine = _store()
    with _writing_to(output) as file, reading(engine) as session:
        rows = export_rows(session, row_kind)
        if form is Format.CSV:
            write_csv(row_kind, rows, file)
        else:
            write_json(rows, file)


@app.command()
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="A folder of CSV files; the shipped data where none is named.")
    ] = None,
) -> None:
    """Look for mistakes in data files. Exit code 1 where there is any, each named by file and line."""
    from store.checks.folder import check_folder
    from store.shipped import DATA

    chosen = folder or DATA
    if not chosen.is_dir():
        raise typer.BadParameter(f"{chosen} is no folder", param_hint="FOLDER")
    checked = check_folder(chosen, DATA)
    for problem in checked.problems:
        print(problem)
    found = "no problem" if not checked.problems else f"problems: {len(checked.problems):,}"
    excused = f", known exceptions: {checked.excused:,}" if checked.excused else ""
    print(f"{checked.rows:,} rows in {', '.join(checked.files) or 'no file'}: {found}{excused}.")
    if checked.problems:
        raise SystemExit(1)


@app.command()
def coverage(
    output: Annotated[
        Path | None, typer.Option("--output", help="Write it into this file, between its markers where it has them.")
    ] = None,
) -> None:
    """Show, as a Markdown table, for which regions, years and quarters the store knows the top five."""
    from store.coverage import coverage_table, with_coverage
    from store.engine import reading

    with reading(_store()) as session:
        table = coverage_table(session)
    if output is None:
        print(table, end="")
        return
    try:
        text = output.read_text("utf-8") if output.exists() else ""
        output.write_text(with_coverage(text, table), "utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"cannot write {output}: {error}", param_hint="--output") from None


@app.command("read")
def read_article(
    file: Annotated[Path, typer.Argument(help="An article as text, HTML or Markdown; - is standard input.")],
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
    published: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="The day it was published: 2017-10-31.")
    ] = None,
) -> None:
    """Show the facts and launches that an article tells, each with the words it was read from. Nothing is recorded."""
    from bot.admin.articles import as_table, find_candidates, json_lines

    day = _day(published) if published else None
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"cannot read {file}: {error.strerror}", param_hint="ARTICLE") from None
    found = find_candidates(content, _store(), datetime.now(UTC).date(), day)
    if json:
        print(json_lines(found), end="")
    elif found:
        print(as_table(found), end="")
    else:
        print("No facts or launches found in this article.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no date; write it as 2017-10-31", param_hint="--date") from None


def _store() -> Engine:
    from bot.settings import load_settings
    from store.start import start

    return start(load_settings().database_url)


def _kinds() -> dict[KindOfRows, type[NewRow]]:
    from store.rows import NewFact, NewLaunch, NewMilestone, NewNews

    return {
        KindOfRows.FACTS: NewFact,
        KindOfRows.MILESTONES: NewMilestone,
        KindOfRows.LAUNCHES: NewLaunch,
        KindOfRows.NEWS: NewNews,
    }


def _read(file: Path) -> RowsFile:
    from store.files import FileError, read_file

    try:
        return read_file(sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes())
    except OSError as error:
        raise typer.BadParameter(f"cannot read {file}: {error.strerror}", param_hint="FILE") from None
    except FileError as error:
        print(f"vendorbot: {file}: {error}.", file=sys.stderr)
        raise SystemExit(1) from None


def _person() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "command line"


@contextmanager
def _progress(rows: RowsFile, name: str) -> Iterator[Callable[[int], object]]:
    """A bar on the terminal that is told the line reached; nothing where there is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task(name, total=rows.length)
        yield lambda line: progress.update(task, completed=line)
        progress.update(task, completed=rows.length)


def _summarise(imported: Imported, name: str, dry_run: bool) -> None:
    for refusal in imported.refused[:_MOST_REFUSALS]:
        print(f"{name}, line {refusal.line}: {refusal.reason}", file=sys.stderr)
    if len(imported.refused) > _MOST_REFUSALS:
        print(f"... and {len(imported.refused) - _MOST_REFUSALS:,} more rows refused.", file=sys.stderr)
    counts = ", ".join(f"{count:,} {outcome}" for outcome, count in imported.outcomes.items())
    said = ", ".join(filter(None, (counts, f"{len(imported.refused):,} refused" if imported.refused else "")))
    if dry_run:
        print(f"{name}: would be {said or 'nothing'}. Dry run: nothing was changed.")
    elif imported.kept:
        print(f"{name}: {said or 'no rows'}.")
    else:
        print(f"{name}: {said}. All or nothing: nothing was changed.")


def _summarise_alerts(imported: Imported, dry_run: bool, request: str) -> None:
    """How far the import's alerts reach."""
    told = imported.told
    if dry_run:
        print(
            f"Alerts: {told.alerts:,} would go out, in {told.messages:,} message(s)."
            f" This would reach {imported.chats:,} chat(s)."
        )
    elif imported.kept:
        print(f"Alerts: {told.alerts:,}, in {told.messages:,} message(s), which a running bot sends at once.")
        if told.alerts:
            print(f"Its log calls them request {request}.")


@contextmanager
def _writing_to(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    try:
        with output.open("w", encoding="utf-8", newline="") as file:
            yield file
    except OSError as error:
        raise typer.BadParameter(f"cannot write {output}: {error.strerror}", param_hint="--output") from None
