"""The peers: what each is, its wrapper, and the packages its environment needs, none of them in the lock files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / ".peers"


@dataclass(frozen=True)
class Peer:
    """Another program. `module` is its wrapper, `packages` what pip installs; `slots`: it finds more than the intent.

    A slow one is asked every n-th question only: `every` is n."""

    name: str
    module: str
    packages: tuple[str, ...]
    slots: bool = True
    every: int = 1

    @property
    def python(self) -> Path:
        """The interpreter of its environment."""
        return FOLDER / self.name / "bin" / "python"

    @property
    def installed(self) -> bool:
        return (FOLDER / self.name / "installed").exists()


PEERS = (
    Peer("scikit-learn", "scikit_ngrams", ("scikit-learn==1.9.1", "rapidfuzz>=3.13")),
    Peer("adapt-parser", "adapt_keywords", ("adapt-parser==1.0.0",)),
    Peer("padacioso", "padacioso_patterns", ("padacioso==1.0.0",)),
    Peer("ChatterBot", "chatterbot_match", ("chatterbot==1.2.15",), slots=False, every=8),
)
