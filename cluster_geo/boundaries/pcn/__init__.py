"""Areas of primary care networks (PCNs), derived: no official polygon of a PCN exists."""

from cluster_geo.boundaries.pcn.areas import PcnAreas
from cluster_geo.boundaries.pcn.by_nearest import areas_by_nearest
from cluster_geo.boundaries.pcn.by_patients import areas_by_patients
from cluster_geo.boundaries.pcn.derive import derive_areas
from cluster_geo.boundaries.pcn.lsoas import Lsoas, read_lsoas
from cluster_geo.boundaries.pcn.majority import find_majority
from cluster_geo.boundaries.pcn.measure import (
    SameShare,
    compare_lsoas,
    compare_schools,
    nearest_by_patients,
    nearest_by_schools,
    pcn_of_schools,
    read_reference,
)
from cluster_geo.boundaries.pcn.practices import Points, locate_head_offices, locate_practices
from cluster_geo.boundaries.pcn.registrations import (
    Lookup,
    Registrations,
    read_lookup,
    read_registrations,
)
from cluster_geo.boundaries.pcn.workbook import PcnList, read_pcns
from cluster_geo.boundaries.pcn.write import require_writable, write_areas

__all__ = [
    "Lookup",
    "Lsoas",
    "PcnAreas",
    "PcnList",
    "Points",
    "Registrations",
    "SameShare",
    "areas_by_nearest",
    "areas_by_patients",
    "compare_lsoas",
    "compare_schools",
    "derive_areas",
    "find_majority",
    "locate_head_offices",
    "locate_practices",
    "nearest_by_patients",
    "nearest_by_schools",
    "pcn_of_schools",
    "read_lookup",
    "read_lsoas",
    "read_pcns",
    "read_reference",
    "read_registrations",
    "require_writable",
    "write_areas",
]
