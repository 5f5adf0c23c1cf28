"""`make audit`: known holes in the locked libraries, by pip-audit, which asks pypi.org; where it cannot, that is said.

Exit code 0 where nothing is known, 1 where something is, 2 where it could not be found out."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

_REQUIREMENTS = Path(__file__).parents[1] / "requirements"


@dataclass
class Audited:
    """Of one file of requirements. `unknown`: libraries of which the service says nothing, each with its reason."""

    known: int = 0
    holes: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    failed: str = ""


def read(said: str, complained: str) -> Audited:
    """What pip-audit's JSON says; `complained` is what it wrote beside it."""
    try:
        libraries = json.loads(said)["dependencies"]
    except (ValueError, KeyError):
        lines = [line for line in complained.splitlines() if line.strip()]
        return Audited(failed=lines[-1] if lines else "pip-audit said nothing")
    found = Audited()
    for one in libraries:
        if "skip_reason" in one:
            found.unknown.append(f"{one['name']}: {one['skip_reason']}")
            continue
        found.known += 1
        for hole in one["vulns"]:
            mended = ", ".join(hole["fix_versions"]) or "none"
            found.holes.append(f"{one['name']} {one['version']}: {hole['id']}, mended in {mended}")
    return found


def audit(command: str, file: Path) -> Audited:
    """Ask about one file."""
    asked = [command, "--requirement", str(file), "--require-hashes", "--disable-pip", "--format", "json"]
    done = subprocess.run([*asked, "--progress-spinner", "off"], capture_output=True, text=True, check=False)
    return read(done.stdout, done.stderr)


def main(command: str) -> int:
    """Ask about all files, and say what is known."""
    code = 0
    for file in sorted(_REQUIREMENTS.glob("*.txt")):
        found = audit(command, file)
        if found.failed or not found.known:
            reason = found.failed or f"it knows none of them ({found.unknown[0] if found.unknown else 'no libraries'})"
            print(f"{file.name}: not looked at. The service that knows of holes cannot be asked from here: {reason}")
            return 2
        print(f"{file.name}: {found.known} libraries looked at, {len(found.holes)} holes known")
        for line in (*found.holes, *(f"not known: {one}" for one in found.unknown)):
            print(f"  {line}")
        code = max(code, 1 if found.holes else 2 if found.unknown else 0)
    return code


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
