"""Why two schools of Thanet are where they are: real names, trusts and distances.

What comes out of a search is checked by hand in `test_why_by_hand`; here only what the extract of
July 2025 itself tells.
"""

from __future__ import annotations

import numpy as np
import pytest

from cluster_geo.explain import reasons_of, why_text
from cluster_geo.optimise import solve
from cluster_geo.phrases import trust_name
from cluster_geo.plan import main_zone
from cluster_geo.rules import rulebook_within
from cluster_geo.scenario import load_county, read_scenario, rulebook_of

pytestmark = pytest.mark.real

# A school of a trust, and one of a federation.
HARTSDOWN, ST_MILDREDS = 136571, 118405


def test_two_schools_of_thanet(real_data):
    """Central school, travel, trust, federation and district are those of the register."""
    settings = {
        "schools.file": real_data / "gias" / "edubasealldata20250718_kent_medway.csv",
        "schools.districts": ["Thanet"],
        "federations.rule": "priced",
        "federations.weight": "6",
        "clusters.count": "free",
    }
    asked = read_scenario("kent-benchmark", settings)
    county = load_county(asked)
    rulebook = rulebook_within(rulebook_of(county, asked), county)
    plan = solve(county, rulebook, work=2_000, seed=1, threads=1).plan
    schools, table = county.schools, county.schools.table
    place = dict(zip(schools.urns, schools.points, strict=True))
    bases = {}
    for urn in (HARTSDOWN, ST_MILDREDS):
        found = reasons_of(county, rulebook, plan, urn, work=100, threads=1, bases=bases)
        members = plan.clusters[plan.cluster_of[urn]].members
        assert {urn, found.hub} <= {*members}
        line = np.hypot(*(place[urn] - place[found.hub])) / 1000
        assert found.travel == pytest.approx(1.3 * line)
        district = schools.grouped_by("district_code")
        zone_of = {u: code for code, urns in district.items() for u in urns}
        assert main_zone(plan.clusters[plan.cluster_of[urn]], zone_of) == zone_of[urn]
        assert "District: in Thanet, like most of the cluster" in found.ties
        assert {move.cluster for move in found.moves} <= {*plan.labels} - {found.cluster}
        assert 1 <= len(found.moves) <= 3
        assert table.loc[urn, "name"] in why_text(found, plan, county)
        if urn == HARTSDOWN:
            trust = schools.grouped_by("trust_uid")[table.loc[urn, "trust_uid"]]
            here = len(trust & {*members})
            words = f"{trust_name(table.loc[urn, 'trust'])}: {here} of its {len(trust)} schools"
        else:
            words = f"{table.loc[urn, 'federation']}: "
        assert sum(tie.startswith(words) for tie in found.ties) == 1
    assert len(bases) >= 1
