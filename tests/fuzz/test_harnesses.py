"""Each harness of `make fuzz` at work on some of what it begins from: nothing is found there."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from importlib import import_module
from itertools import islice
from pathlib import Path

import pytest
import structlog

from tests.fuzz.findings import Findings


@pytest.fixture
def own_logging() -> Iterator[None]:
    """A harness takes all logging for itself; afterwards it is as it was."""
    handlers, configured = logging.getLogger().handlers[:], structlog.get_config()
    yield
    logging.getLogger().handlers[:] = handlers
    structlog.configure(**configured)


@pytest.mark.parametrize("name", ["articles", "imports", "updates"])  # the quick ones to get ready
def test_a_harness_finds_nothing_in_what_it_begins_from(
    name: str, loaded_file: Path, tmp_path: Path, own_logging: None
) -> None:
    harness = import_module(f"tests.fuzz.{name}")
    file = Path(shutil.copy(loaded_file, tmp_path / "loaded.db"))
    one = harness.opened(file)
    seeds = list(islice(harness.seeds(file), 6))
    assert len(seeds) == 6
    for seed in seeds:
        assert len(seed) <= harness.LONGEST_INPUT
        one(seed)


def test_a_finding_is_kept_once(tmp_path: Path) -> None:
    findings = Findings(tmp_path)
    for data in (b"1", b"2"):
        try:
            int(data, base=1)
        except ValueError as error:
            findings.raised(data, error)
    for data, seconds in ((b"3", 0.2), (b"4", 0.1)):
        findings.took(data, seconds)
    assert sorted(path.name.split("-")[0] for path in tmp_path.glob("*.input")) == ["raised", "slow", "slow"]
    assert "ValueError" in next(tmp_path.glob("raised-*.txt")).read_text()
