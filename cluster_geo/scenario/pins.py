"""The planner's pins with the URNs that the schools have now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from cluster_geo.records import Notice, report
from cluster_geo.scenario.sections import PinsSection
from cluster_geo.schools.identity import Identity

Groups = Iterable[Iterable[int]]


def carried_pins(pins: PinsSection, identity: Identity) -> PinsSection:
    """Return pins with the URNs that the schools have now.

    A school with another URN is pinned under that one. Both parts of a school that was split are
    pinned as it was, and of schools that have become one there is nothing left to keep together or
    apart.
    """
    fixed = {number: _all(urns, identity) for number, urns in pins.fixed.items()}
    together = [_all(urns, identity) for urns in pins.together]
    apart = [tuple(sorted(set(one))) for urns in pins.apart for one in _each(urns, identity)]
    return pins.model_copy(
        update={
            "fixed": fixed,
            "together": tuple(group for group in together if len(group) > 1),
            "apart": tuple(group for group in apart if len(group) > 1),
        }
    )


def report_pins(pins: PinsSection, identity: Identity) -> None:
    """Report the pins that are read as those of other URNs, or that have no meaning any more."""
    for name, groups in (
        ("together", pins.together),
        ("apart", pins.apart),
        ("fixed", tuple(pins.fixed.values())),
    ):
        where = f"pins.{name}"
        identity.carried((urn for urns in groups for urn in urns), where)
        if name == "fixed":
            continue
        for urns in groups:
            now = [one for one in _each(urns, identity) if len(set(one)) < len(set(urns))]
            if now:
                text = f"{where}: some of {', '.join(map(str, urns))} are one school now"
                report(Notice("identity", text, now[0][0]))


def _all(urns: Iterable[int], identity: Identity) -> tuple[int, ...]:
    """Return every school that has become of some, once."""
    return tuple(dict.fromkeys(new for urn in urns for new in identity.now(urn)))


def _each(urns: Iterable[int], identity: Identity) -> Iterator[tuple[int, ...]]:
    """Yield each choice of one school that has become of each."""
    return product(*(identity.now(urn) for urn in urns))
