"""Each library is named with its reason in docs/dependencies.md, and none that is not here; what the audit says."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from tests.audit import read

_ROOT = Path(__file__).parents[1]
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
# What belongs to a library that is named, and is in the table for what it does.
_WITH = {"sqlalchemy", "pydantic"}


def declared() -> set[str]:
    """The names in pyproject.toml, of what runs with the bot and of every group."""
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text("utf-8"))
    groups = (project["project"]["dependencies"], *project["dependency-groups"].values())
    return {found[0].lower() for group in groups for one in group if (found := _NAME.match(one))}


def told() -> dict[str, str]:
    """The names in the first column of the tables, and the reason in the second."""
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", (_ROOT / "docs" / "dependencies.md").read_text("utf-8"), re.M)
    return {name.lower(): reason for names, reason in rows for name in _NAME.findall(names) if names[0].islower()}


def test_every_library_is_in_the_table_with_its_reason_and_no_other() -> None:
    assert declared() - set(told()) == set()
    assert set(told()) - declared() == _WITH
    assert all(reason.strip() for reason in told().values())


def test_every_library_is_locked_with_its_hash() -> None:
    locked = "".join(file.read_text("utf-8") for file in (_ROOT / "requirements").glob("*.txt"))
    pinned = dict(re.findall(r"^([a-z0-9._-]+)(?:\[\w+\])?==\S+(?: ;.*)? \\\n +(--hash=sha256:\w+)", locked, re.M))
    assert {re.sub(r"[._]", "-", name) for name in declared()} - set(pinned) == set()
    assert "http://" not in locked
    assert "https://" not in locked


def test_what_the_audit_says() -> None:
    hole = '{"id": "CVE-1", "fix_versions": ["2.0"], "aliases": [], "description": ""}'
    libraries = f'{{"name": "a", "version": "1.0", "vulns": [{hole}]}}, {{"name": "b", "skip_reason": "not found"}}'
    found = read(f'{{"dependencies": [{libraries}], "fixes": []}}', "")
    assert (found.known, found.holes) == (1, ["a 1.0: CVE-1, mended in 2.0"])
    assert found.unknown == ["b: not found"]
    assert read("", "trace\nConnectionError: no route").failed == "ConnectionError: no route"
