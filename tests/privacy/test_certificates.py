"""What proves a bound is made of all that the rules charge, so small counts could be read in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cluster_geo.certificate import CERTIFICATE_FILE, certificate_of
from cluster_geo.export import write_outputs
from cluster_geo.optimise import solve
from cluster_geo.publish import Publication
from cluster_geo.scenario import Brief
from tests.privacy.town import COUNTS, INTERNAL, ONE, OTHER, PUBLIC, Town, whole_table

SMALL = {(place, column): 3.0 for place in (ONE, OTHER) for column in COUNTS}


def published(town: Town, audience: Brief) -> Publication:
    """A plan of the town with its proof, and a brief that asks for the certificate."""
    result = solve(town.county, town.rulebook, work=20_000, threads=1)
    assert certificate_of(result, instance="", unit="km", program="1") is not None
    disclosed = town.disclosed(replace(audience, certificate=True))
    return Publication(disclosed, town.plan(), rulebook=town.rulebook, result=result)


@pytest.mark.parametrize(
    ("cells", "balance", "audience", "certified"),
    [
        (SMALL, ("ehcp", "pupils"), PUBLIC, False),
        (SMALL, ("ehcp", "pupils"), INTERNAL, True),
        (SMALL, None, PUBLIC, True),
        ({}, ("ehcp", "pupils"), PUBLIC, True),
    ],
)
def test_no_certificate_of_withheld_counts(tmp_path, cells, balance, audience, certified):
    """Where a balance of them has a price, the public gets none; nor does a page mention it."""
    town = Town.read(tmp_path, whole_table() | cells, balance=balance, price=0.25)
    found = published(town, audience)
    assert found.certified == certified
    assert (found.result.proof is not None) == certified
    write_outputs(tmp_path / "out", found)
    assert (tmp_path / "out" / CERTIFICATE_FILE).is_file() == certified
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert ("cluster-geo verify" in page) == certified
