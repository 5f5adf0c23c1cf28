"""`vendorbot db`: back the database up and put it back, check it, tidy it up, move it to another."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from bot.settings import load_settings

app = typer.Typer(help="Back up, restore, check and move the database.", no_args_is_help=True, rich_markup_mode=None)
ForceOption = Annotated[bool, typer.Option("--force", help="Replace what is there.")]


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Where to write the backup.")],
    force: ForceOption = False,
) -> None:
    """Write the whole database into one file. The bot may be running."""
    from store.backup import back_up
    from store.existing import open_existing

    engine = open_existing(load_settings().database_url)
    with _progress() as progress:
        size = back_up(engine, file, replace=force, progress=progress)
    print(f"{file}: {_megabytes(size)}, checked. `vendorbot db restore {file}` puts it back.")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `vendorbot db backup` wrote.")],
    force: ForceOption = False,
) -> None:
    """Put a backup in the place of what is in the database. Stop the bot first, and start it again after."""
    from store.backup import restore as put_back
    from store.engine import open_engine, shown

    engine = open_engine(load_settings().database_url)
    with _progress() as progress:
        aside = put_back(file, engine, replace=force, progress=progress)
    if aside:
        print(f"What was there could not be written over, and is now {aside}. Delete it when nothing of it is missed.")
    print(f"{shown(engine.url)}: restored from {file}. Start the bot again.")


@app.command()
def check() -> None:
    """Read the whole database and say what is wrong with it. Exit code 1 where anything is."""
    from store.existing import open_existing
    from store.soundness import examine

    engine = open_existing(load_settings().database_url)
    with _progress() as progress:
        found = examine(engine, progress)
    _print_rows(found.rows)
    for fault in found.faults:
        print(f"Fault: {fault}")
    if found.faults:
        print("Stop the bot, and put a backup in its place: vendorbot db restore FILE --force")
        if not found.unreadable:
            print("Or keep every row, as all can be read: vendorbot db copy --to sqlite:///NEW.db, and use that.")
        raise SystemExit(1)
    print(f"{sum(found.rows.values()):,} rows, revision {found.revision}. All is well.")


@app.command()
def vacuum() -> None:
    """Give back the room that deleted rows took. The bot may be running."""
    from store.existing import open_existing
    from store.soundness import vacuum as tidy_up

    engine = open_existing(load_settings().database_url)
    before, after = tidy_up(engine)
    print(f"{_megabytes(before)} before, {_megabytes(after)} now.")
    if engine.dialect.name == "postgresql":
        print("PostgreSQL keeps the room of deleted rows, and fills it with new ones.")


@app.command()
def downgrade(
    revision: Annotated[str, typer.Argument(help="The revision that the older version knows.")],
    force: Annotated[bool, typer.Option("--force", help="Do it. Without, only what would go is told.")] = False,
) -> None:
    """Bring the tables back to an older version's. Stop the bot first."""
    from store.existing import open_existing
    from store.going_back import go_back

    gone = go_back(open_existing(load_settings().database_url), revision, force=force)
    print(f"What goes below revision {revision}:" if gone else "Nothing goes but indexes.")
    _print_rows(gone)
    if not force:
        print("Nothing was changed. Say --force to do it, after a backup: vendorbot db backup FILE")
        raise SystemExit(1)
    print(
        f"The tables are those of revision {revision}. Start the older version now; this one would bring them up again."
    )


@app.command()
def copy(
    source: Annotated[
        str | None, typer.Option("--from", metavar="URL", help="The database to read; DATABASE_URL if not given.")
    ] = None,
    target: Annotated[
        str | None, typer.Option("--to", metavar="URL", help="The database to write; DATABASE_URL if not given.")
    ] = None,
    force: ForceOption = False,
) -> None:
    """Copy all rows to another database, SQLite or PostgreSQL. Stop the bot first: what it writes later is left out."""
    from store.copying import copy_all
    from store.engine import open_engine, shown
    from store.existing import open_existing

    if source is None and target is None:
        raise typer.BadParameter("give --from URL or --to URL, or both")
    own = load_settings().database_url
    writing = open_engine(target or own, "--to" if target else "DATABASE_URL")
    if open_engine(source or own, "--from" if source else "DATABASE_URL").url == writing.url:
        raise typer.BadParameter("--from and --to are the same database")
    reading = open_existing(source or own, "--from" if source else "DATABASE_URL")
    with _progress() as progress:
        rows = copy_all(reading, writing, replace=force, progress=progress)
    _print_rows(rows)
    print(f"All is in {shown(writing.url)}: set DATABASE_URL to it.")


def _print_rows(rows: dict[str, int]) -> None:
    widest = max(map(len, rows), default=0)
    for name, count in sorted(rows.items()):
        if count:
            print(f"{name:<{widest}} {count:>11,}")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], object]]:
    """A bar a table on the terminal; nothing where there is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _name, _done, _whole: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description:<14}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as shown:
        tasks: dict[str, TaskID] = {}

        def show(name: str, done: int, whole: int) -> None:
            if not whole:
                return
            if name not in tasks:
                tasks[name] = shown.add_task(name, total=whole)
            shown.update(tasks[name], completed=done, total=whole)

        yield show
