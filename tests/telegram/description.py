"""The Bot API's own description: which methods there are, what they take, and whether a request fits."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("bot-api.json")
_ARRAY = "Array of "
_CONSTANT = re.compile(r"(?:must be|always) [“*]?([a-z_]+)[”*]?$")


class Upload(bytes):
    """A file that came with a request; `name` as it was sent."""

    name: str = ""


class Description:
    """What bot-api.json says. Faults are told as sentences; no faults, and the request fits."""

    def __init__(self, methods: Mapping[str, Any], types: Mapping[str, Any]) -> None:
        self.methods, self.types = methods, types
        self._fields = {
            kind: {name: _by_name(entry) for name, entry in entries.items()}
            for kind, entries in (("method", methods), ("type", types))
        }

    def read(self, method: str, given: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
        """A request's parameters as values (a form has strings, and JSON for objects), and what is wrong with them."""
        if method not in self.methods:
            return dict(given), [f"there is no method {method}"]
        fields = self._fields["method"][method]
        values: dict[str, Any] = {}
        faults: list[str] = []
        for name, raw in given.items():
            types = fields[name]["types"] if name in fields else ["String"]
            try:
                values[name] = _decoded(raw, types) if isinstance(raw, str) else raw
            except ValueError:
                values[name] = raw
                faults.append(f"{method}.{name}: {raw!r} is no {' or '.join(types)}")
        if not faults:
            faults = self._object_faults(values, fields, method)
        return values, faults

    def faults(self, value: Any, types: Sequence[str], path: str) -> list[str]:
        """Why a value is of none of these types; empty where it is of one."""
        found = [self._faults(value, one, path) for one in types]
        return min(found, key=len) if found else []

    def sample(self, kind: str) -> Any:
        """The least value of a type: what a server may answer where nobody looks."""
        if kind.startswith(_ARRAY):
            return []
        if kind in _PLAIN:
            return {"Integer": 1, "Float": 1.0, "Boolean": True, "String": ""}[kind]
        if self.types[kind].get("subtypes"):
            return self.sample(self.types[kind]["subtypes"][0])
        fields = self._fields["type"][kind]
        return {
            name: constant_of(one) or self.sample(one["types"][0]) for name, one in fields.items() if one["required"]
        }

    def _faults(self, value: Any, kind: str, path: str) -> list[str]:
        if kind.startswith(_ARRAY):
            if not isinstance(value, list):
                return [f"{path}: {value!r} is no list"]
            inner = kind.removeprefix(_ARRAY)
            return [fault for at, one in enumerate(value) for fault in self._faults(one, inner, f"{path}[{at}]")]
        if kind in _PLAIN:
            fits = isinstance(value, _PLAIN[kind]) and (kind == "Boolean" or not isinstance(value, bool))
            return [] if fits else [f"{path}: {value!r} is no {kind}"]
        if kind == "InputFile":
            return [] if isinstance(value, Upload) else [f"{path}: {value!r} is no file"]
        if not isinstance(value, dict):
            return [f"{path}: {value!r} is no {kind}"]
        subtypes = self.types[kind].get("subtypes")
        if subtypes:
            return self.faults(value, subtypes, path)
        return self._object_faults(value, self._fields["type"][kind], path)

    def _object_faults(self, value: Mapping[str, Any], fields: Mapping[str, Any], path: str) -> list[str]:
        faults = [f"{path}: there is no field {name}" for name in value if name not in fields]
        faults += [
            f"{path}: {name} is missing" for name, one in fields.items() if one["required"] and name not in value
        ]
        for name, one in fields.items():
            if name not in value:
                continue
            constant = constant_of(one)
            if constant and value[name] != constant:
                faults.append(f"{path}.{name}: {value[name]!r} is not {constant!r}")
            faults += self.faults(value[name], one["types"], f"{path}.{name}")
        return faults


_PLAIN: dict[str, Any] = {"Integer": int, "Float": (int, float), "Boolean": bool, "String": str}


def _by_name(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {field["name"]: field for field in entry.get("fields") or ()}


@cache
def _constant_in(description: str) -> str | None:
    found = _CONSTANT.search(description)
    return found[1] if found else None


def constant_of(field: Mapping[str, Any]) -> str | None:
    """The one word that a field may hold, such as "default" in the type of BotCommandScopeDefault."""
    return _constant_in(field["description"]) if field["name"] in ("type", "source", "status") else None


def _decoded(raw: str, types: Sequence[str]) -> Any:
    """A form's string as one of these types. Raises ValueError."""
    if "Integer" in types and re.fullmatch(r"-?\d+", raw):
        return int(raw)
    if "Boolean" in types and raw in ("true", "false"):
        return raw == "true"
    if "Float" in types and re.fullmatch(r"-?\d+(\.\d+)?", raw):
        return float(raw)
    if "String" in types:
        return raw
    if all(one in _PLAIN for one in types):
        raise ValueError(raw)
    return json.loads(raw)


@cache
def bot_api() -> Description:
    """The description, read once."""
    described = json.loads(_FILE.read_text("utf-8"))
    return Description(described["methods"], described["types"])
