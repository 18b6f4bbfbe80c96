"""When each cluster of a plan starts: all at once, or in waves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cluster_geo.plan import Plan, Wave


@dataclass(frozen=True)
class Timetable:
    """When the clusters of a plan start, where not all do at once.

    Parameters
    ----------
    waves : mapping of str to Wave
        By the code of each cluster of the plan, in the plan's order; the start is "" where nobody
        said it.
    strangers : tuple of str
        Codes of the planner's list that no cluster of the plan has.
    """

    waves: Mapping[str, Wave]
    strangers: tuple[str, ...] = ()

    @classmethod
    def of(cls, plan: Plan, listed: Mapping[str, Wave], effective_date: str) -> Timetable:
        """Return the timetable of a plan by a planner's list.

        A cluster that the list does not name starts when the plan takes effect.
        """
        others = Wave(effective_date)
        named = {code.casefold(): wave for code, wave in listed.items()}
        waves = {code: named.get(code.casefold(), others) for code in plan.labels}
        own = {code.casefold() for code in waves}
        return cls(waves, tuple(sorted(code for code in listed if code.casefold() not in own)))

    def starts(self) -> dict[str, str]:
        """Return when each cluster starts (ISO 8601), by its code."""
        return {code: wave.starts for code, wave in self.waves.items()}

    def by_wave(self) -> dict[Wave, list[str]]:
        """Return the codes of the clusters of each wave, the earliest first, no date last."""
        found: dict[Wave, list[str]] = {}
        for code, wave in sorted(self.waves.items(), key=lambda item: _order(item[1])):
            found.setdefault(wave, []).append(code)
        return found


def _order(wave: Wave) -> tuple[bool, str, str]:
    return not wave.starts, wave.starts, wave.name
