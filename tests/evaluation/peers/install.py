"""`make peers`: installs each peer into an environment of its own; one that cannot be installed is said in one line."""

from __future__ import annotations

import subprocess
import sys

from tests.evaluation.peers.registry import FOLDER, PEERS, Peer


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for peer in PEERS:
        if not peer.installed:
            print(f"Installing {peer.name} ...", flush=True)
            print(_install(peer))


def _install(peer: Peer) -> str:
    """Make the environment and install the packages; says how that went."""
    folder = FOLDER / peer.name
    pip = [str(peer.python), "-m", "pip", "--disable-pip-version-check", "--quiet", "install", *peer.packages]
    for command in ([sys.executable, "-m", "venv", str(folder)], pip):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or done.stderr.splitlines()
            return f"{peer.name} cannot be installed here: {said[-1] if said else 'pip failed'}"
    (folder / "installed").write_text("\n".join(peer.packages) + "\n")
    return f"{peer.name}: installed"


if __name__ == "__main__":
    main()
