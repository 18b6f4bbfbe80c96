"""Codes of clusters: SEV-03, the same from run to run and from plan to plan."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from itertools import count

from cluster_geo.county import County
from cluster_geo.errors import Fault, ScenarioError
from cluster_geo.naming.names import names_by_place
from cluster_geo.plan import Cluster, Plan, main_zone, match

PREFIX_LETTERS = 3
NO_DISTRICT = "CLU"


def name_plan(
    plan: Plan,
    county: County,
    *,
    previous: Plan | None = None,
    names: Mapping[str, str] | None = None,
    fixed: Mapping[str, Iterable[int]] | None = None,
) -> Plan:
    """Give each cluster a code and a name.

    A code is three letters of the cluster's main district (`plan.main_zone`) and a number,
    counted from north to south. A cluster that matches one of the previous plan (most shared
    schools, one to one, at least half of the smaller of the two) keeps its code, its name and its
    colour, whatever its district is now. The other codes of the previous plan are retired: a new
    cluster takes the number after the highest its district has ever had.

    Parameters
    ----------
    plan : Plan
    county : County
    previous : Plan, optional
        The plan in force, with its codes, names and retired codes.
    names : mapping of str to str, optional
        The planner's own names by code, used first. Codes that are not in the plan are ignored.
    fixed : mapping of str to URNs, optional
        Schools pinned to a numbered cluster: "3" makes its number 03, "SEV-03" its code.

    Returns
    -------
    Plan
        The same clusters with codes, names, retired codes and colours.

    Raises
    ------
    ScenarioError
        A pinned code is retired, or two clusters are pinned to one code.
    """
    prefixes = district_prefixes(county)
    district_of = _district_of(county)
    prefix_of = [
        prefixes.get(main_zone(cluster, district_of), NO_DISTRICT) for cluster in plan.clusters
    ]
    before = previous if previous is not None else Plan(())
    spent = {*before.labels, *before.retired}
    codes = _fixed_codes(plan, prefix_of, fixed or {}, before.retired)
    for k, code in _inherited(plan, before).items():
        if k not in codes and code not in codes.values():
            codes[k] = code
    codes |= _new_codes(plan, county, prefix_of, codes, spent)
    titles = _titles(plan, county, codes, before, names or {})
    named = {codes[k]: cluster for k, cluster in enumerate(plan.clusters)}
    return Plan.coded(named, titles, spent - set(named), before.colours)


def new_code(cluster: Cluster, county: County, spent: Collection[str]) -> str:
    """Return a code for a cluster that has come to a plan: the number after all its district's.

    Parameters
    ----------
    cluster : Cluster
    county : County
    spent : collection of str
        Codes in use, and retired ones.
    """
    main = main_zone(cluster, _district_of(county))
    prefix = district_prefixes(county).get(main, NO_DISTRICT)
    return _new_codes(Plan.of([cluster]), county, [prefix], {}, spent)[0]


def district_prefixes(county: County) -> dict[str, str]:
    """Give each district of the county three letters of its own, by its code.

    The first three letters of its name; where a district earlier in the alphabet has those,
    the first two with each later letter, then the first with a figure.
    """
    table = county.schools.table
    pairs = sorted(set(zip(table["district"], table["district_code"], strict=True)))
    prefixes: dict[str, str] = {}
    for name, code in pairs:
        letters = _letters(str(name)) or _letters(str(code))
        if code and letters:
            taken = prefixes.values()
            prefixes[str(code)] = next(p for p in _candidates(letters) if p not in taken)
    return prefixes


def _letters(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).upper()
    return "".join(letter for letter in plain if "A" <= letter <= "Z")


def _candidates(letters: str) -> Iterable[str]:
    padded = letters.ljust(PREFIX_LETTERS, "X")
    yield padded[:PREFIX_LETTERS]
    yield from (padded[:2] + later for later in padded[PREFIX_LETTERS:])
    yield from (f"{padded[0]}{number:02d}" for number in range(1, 100))


def _district_of(county: County) -> dict[int, str]:
    codes = county.schools.table["district_code"].astype(str)
    return {urn: code for urn, code in zip(county.urns, codes, strict=True) if code}


def _fixed_codes(
    plan: Plan,
    prefix_of: list[str],
    fixed: Mapping[str, Iterable[int]],
    retired: Collection[str],
) -> dict[int, str]:
    """Return the code of each cluster with pinned schools, by its place in the plan."""
    place = plan.cluster_of
    codes: dict[int, str] = {}
    faults = []
    for number, urns in sorted(fixed.items()):
        held = sorted(place[urn] for urn in urns if urn in place)
        if not held:
            continue
        k = max(held, key=held.count)
        code = f"{prefix_of[k]}-{int(number):02d}" if number.isdecimal() else number
        if code in codes.values() or k in codes:
            found = f"{code} would be the code of two clusters, or one cluster would have two codes"
            faults.append(Fault("pins.fixed", found, "Pin the schools to other numbers"))
        elif code in retired:
            fix = "A retired code is never used again: pin the schools to another number"
            faults.append(Fault("pins.fixed", f"{code} is retired", fix))
        else:
            codes[k] = code
    if faults:
        raise ScenarioError(faults)
    return codes


def _inherited(plan: Plan, before: Plan) -> dict[int, str]:
    """Return the codes kept from the plan before, by the cluster's place in the plan."""
    labels = before.labels
    carried = {}
    for k, old in match(before, plan).items():
        now, then = plan.clusters[k], before.clusters[old]
        shared = len({*now.members} & {*then.members})
        if 2 * shared >= min(len(now), len(then)):
            carried[k] = labels[old]
    return carried


def _new_codes(
    plan: Plan,
    county: County,
    prefix_of: list[str],
    given: Mapping[int, str],
    spent: Collection[str],
) -> dict[int, str]:
    """Number the clusters without a code from north to south, after every number ever used.

    A number that schools are pinned to is passed over; those before it stay free.
    """
    highest: dict[str, int] = {}
    for code in sorted(spent):
        prefix, _, number = code.rpartition("-")
        if number.isdecimal():
            highest[prefix] = max(highest.get(prefix, 0), int(number))
    points = dict(zip(county.urns, county.schools.points.tolist(), strict=True))

    def from_north(k: int) -> tuple[float, float, Cluster]:
        easting, northing = points[plan.clusters[k].hub]
        return -northing, easting, plan.clusters[k]

    codes = {}
    for k in sorted(set(range(len(plan))) - set(given), key=from_north):
        prefix = prefix_of[k]
        numbers = count(highest.get(prefix, 0) + 1)
        free = (n for n in numbers if f"{prefix}-{n:02d}" not in given.values())
        highest[prefix] = next(free)
        codes[k] = f"{prefix}-{highest[prefix]:02d}"
    return codes


def _titles(
    plan: Plan,
    county: County,
    codes: Mapping[int, str],
    before: Plan,
    own: Mapping[str, str],
) -> dict[str, str]:
    """Return names by code: the planner's own, else the previous one, else the hub's place."""
    titles = {code: before.names[code] for code in codes.values() if code in before.names}
    titles |= {code: own[code] for code in codes.values() if code in own}
    unnamed = {code: plan.clusters[k].hub for k, code in codes.items() if code not in titles}
    return titles | names_by_place(unnamed, county, taken=titles.values())
