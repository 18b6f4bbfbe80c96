"""What a map's page holds for its script: its layers in the order in which they are added."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

ADDED = re.compile(r"geo_json_\d+_add\((\{.*\})\);")


def layers_of(page: str) -> list[list[dict[str, Any]]]:
    """The features of each layer: properties as text, and the geometry."""
    return [_plain(json.loads(data))["features"] for data in ADDED.findall(page)]


def facts_of(layer: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [feature["properties"] for feature in layer]


def _plain(value: Any) -> Any:
    """The same with every text as a reader sees it."""
    if isinstance(value, str):
        return unescape(value)
    if isinstance(value, dict):
        return {key: _plain(own) for key, own in value.items()}
    return [_plain(own) for own in value] if isinstance(value, list) else value
