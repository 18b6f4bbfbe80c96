"""Whether settings were changed in such a way that a proof for the earlier ones still holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cluster_geo.pipeline.floor import NO_RULES
from cluster_geo.scenario import Scenario

_SIZE = "clusters.size"


def only_tighter(before: Scenario, after: Scenario) -> bool:
    """Return whether every plan by the later rules keeps the earlier ones, and scores no less.

    Then a score below which no plan by the earlier rules can be is one for the later rules too. It
    is said only of what is plain to see: a narrower range of sizes, more schools to be kept
    together or apart, and heavier weights. Of any other change it is not said.
    """
    sizes = before.clusters.size, after.clusters.size
    narrower = sizes[0].low <= sizes[1].low and sizes[1].high <= sizes[0].high
    old, new = _flat(before), _flat(after)
    changed = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    return all(
        (key == _SIZE and narrower)
        or _heavier(key, old.get(key), new.get(key))
        or _more_pins(key, old.get(key), new.get(key))
        for key in changed
    )


def _heavier(key: str, before: Any, after: Any) -> bool:  # noqa: ANN401 - a setting's plain value
    numbers = isinstance(before, int | float) and isinstance(after, int | float)
    return numbers and key.endswith(".weight") and after >= before


def _more_pins(key: str, before: Any, after: Any) -> bool:  # noqa: ANN401 - a setting's plain value
    if key not in ("pins.together", "pins.apart"):
        return False
    return all(group in (after or ()) for group in before or ())


def _flat(scenario: Scenario) -> dict[str, Any]:
    return dict(flat(scenario.model_dump(mode="json", exclude=NO_RULES - {"granted"})))


def flat(tree: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each setting of a tree of them by its dotted name."""
    for name, value in tree.items():
        key = f"{above}.{name}" if above else name
        if isinstance(value, Mapping):
            yield from flat(value, key)
        else:
            yield key, value
