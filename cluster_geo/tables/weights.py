"""The weights of a run, from its record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def weights_of(record: Mapping[str, Any]) -> dict[str, float]:
    """Return every weight of a run's record by its setting's name ("trusts", "boundaries.pcn").

    They are taken from the record's own ``weights`` where it has one, else from each setting
    called ``weight``.
    """
    if isinstance(record.get("weights"), Mapping):
        return {str(name): value for name, value in record["weights"].items()}
    found: dict[str, float] = {}

    def gather(part: Mapping[str, Any], path: tuple[str, ...]) -> None:
        for name, value in part.items():
            if isinstance(value, Mapping):
                gather(value, (*path, str(name)))
            elif name == "weight" and value is not None:
                found[".".join(path)] = value

    gather(record, ())
    return found
