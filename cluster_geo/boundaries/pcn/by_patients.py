"""Areas of PCNs by where their patients live: the best that open data allows."""

from __future__ import annotations

from cluster_geo.boundaries.pcn.areas import (
    BY_PATIENTS,
    PcnAreas,
    lsoa_table,
    make_zones,
    with_quality,
)
from cluster_geo.boundaries.pcn.counts import count_lsoas
from cluster_geo.boundaries.pcn.lsoas import Lsoas
from cluster_geo.boundaries.pcn.majority import LEAST_SHARE, find_majority
from cluster_geo.boundaries.pcn.pieces import absorb, detached_groups, detached_notices, fill_empty
from cluster_geo.boundaries.pcn.registrations import OR_LOOKUP, Registrations
from cluster_geo.boundaries.pcn.tidy import dissolve
from cluster_geo.boundaries.pcn.workbook import PcnList
from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.phrases import in_short
from cluster_geo.records import Notice


def areas_by_patients(
    networks: PcnList,
    registrations: Registrations,
    lsoas: Lsoas,
    *,
    absorb_lsoas: int = 0,
    least_share: float = LEAST_SHARE,
) -> PcnAreas:
    """Give each LSOA to the PCN with most of its patients and join the LSOAs of each PCN.

    Parameters
    ----------
    networks : PcnList
    registrations : Registrations
        By the codes of `lsoas`.
    lsoas : Lsoas
    absorb_lsoas : int
        Detached groups of up to this many LSOAs go to the PCN around them. By default none do,
        and each detached group is listed.
    least_share : float
        LSOAs with a smaller share of their patients in these PCNs are left out.

    Raises
    ------
    InputError
        No LSOA has a patient of these PCNs, for instance because its codes are of another
        census.
    """
    majority = find_majority(registrations, networks, least_share=least_share)
    ours = lsoas.only(set(lsoas.frame.index) - majority.outside)
    most = {code: majority.pcn[code] for code in ours.codes if code in majority.pcn.index}
    if not most:
        raise InputError([_no_match(registrations, lsoas)])
    filled, notices = fill_empty(most, ours)
    now, moved = absorb(filled, ours, absorb_lsoas)
    table = lsoa_table(ours, now, BY_PATIENTS)
    table.loc[[code for code in now if code not in most], "how"] = "border"
    table.loc[list(moved), "how"] = "absorbed"
    own = majority.patients.reindex(list(now.items()))
    everyone = majority.patients.groupby("lsoa").sum().reindex(table.index)
    table["patients"] = own.fillna(0.0).to_numpy()
    table["share"] = (table["patients"] / everyone).fillna(0.0)
    table["most_patients"] = [most.get(code, "") for code in now]
    ground = ours.frame.geometry.loc[list(now)]
    zones, more = make_zones(networks, dissolve(ground, now.values()))
    found = [*networks.notices, *registrations.notices, *lsoas.notices, *majority.notices]
    if len(ours.frame) < len(lsoas.frame):
        number = count_lsoas(len(lsoas.frame) - len(ours.frame))
        found.append(Notice("pcn", f"Left out: {number} with hardly any patients of these PCNs."))
    if moved:
        text = "in detached parts went to the PCN around them"
        found.append(Notice("pcn", f"{count_lsoas(len(moved))} {text}: {in_short(moved)}."))
    names = {str(code): str(name) for code, name in networks.pcns["name"].items()}
    found += [*notices, *detached_notices(detached_groups(now, ours), now, names, ours), *more]
    sources = [networks.source, *registrations.sources, *lsoas.sources]
    return PcnAreas(
        with_quality(zones, table, majority),
        table,
        BY_PATIENTS,
        tuple(found),
        tuple(source for source in sources if source is not None),
    )


def _no_match(registrations: Registrations, lsoas: Lsoas) -> Fault:
    """Return a fault that says why no LSOA has patients: other codes, or PCNs elsewhere."""
    where = file_name(registrations.sources[0].path) if registrations.sources else "patients"
    counted = registrations.frame["lsoa"]
    if counted.isin(lsoas.codes).any():
        found = "no patient of these PCNs lives in the LSOAs given"
        return Fault(where, found, "Check that --of names the PCNs of this county")
    found = f"it counts patients by LSOAs such as {min(counted)}, none of which has a polygon"
    fix = f"Give patients and polygons of the same county and census, {OR_LOOKUP}"
    return Fault(where, found, fix)
