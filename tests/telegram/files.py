"""Files that come with a request: pictures looked at as Telegram looks at them, and names given to them."""

from __future__ import annotations

import hashlib
import struct
from typing import Any

from tests.telegram.description import Upload

_MOST_BYTES = {"photo": 10 * 1024 * 1024, "document": 50 * 1024 * 1024}
_LONGEST_SIDES = 10_000  # width and height of a photo together
_PNG = b"\x89PNG\r\n\x1a\n"


class FileError(ValueError):
    """Telegram would refuse the file. `known`: the bot could know that before."""

    def __init__(self, description: str, *, known: bool = True) -> None:
        super().__init__(description)
        self.known = known


class Files:
    """The files of one bot at Telegram, by the name that Telegram gave them."""

    def __init__(self) -> None:
        self.content: dict[str, bytes] = {}

    def photo(self, given: Any) -> list[dict[str, Any]]:
        """A message's `photo`, of an upload or of a name given earlier. Raises FileError."""
        name, content = self._kept("photo", given)
        if not content.startswith(_PNG):
            raise FileError("PHOTO_INVALID_DIMENSIONS: no PNG")
        width, height = struct.unpack(">II", content[16:24])
        if width + height > _LONGEST_SIDES or max(width, height) > 20 * min(width, height):
            raise FileError("PHOTO_INVALID_DIMENSIONS")
        sizes = [(90, max(1, height * 90 // width)), (width, height)]
        return [
            {"file_id": name if at else f"{name}-small", "file_unique_id": f"u{name}{at}", "width": w, "height": h}
            for at, (w, h) in enumerate(sizes)
        ]

    def document(self, given: Any) -> dict[str, Any]:
        """A message's `document`. Raises FileError."""
        name, content = self._kept("document", given)
        file_name = {"file_name": given.name} if isinstance(given, Upload) and given.name else {}
        return {"file_id": name, "file_unique_id": f"u{name}", "file_size": len(content), **file_name}

    def forget(self) -> None:
        """No name given so far is good any more."""
        self.content.clear()

    def _kept(self, kind: str, given: Any) -> tuple[str, bytes]:
        if isinstance(given, Upload):
            if not given or len(given) > _MOST_BYTES[kind]:
                raise FileError("file must be non-empty" if not given else "Request Entity Too Large")
            name = f"{kind}-{hashlib.sha256(given).hexdigest()[:20]}"
            self.content[name] = bytes(given)
            return name, bytes(given)
        if given not in self.content:
            raise FileError("wrong file identifier/HTTP URL specified", known=False)
        return str(given), self.content[given]
