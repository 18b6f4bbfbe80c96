"""Faults of a table's header and of its rows are reported together."""

from __future__ import annotations

import pytest

from cluster_geo.delimited import open_delimited
from cluster_geo.errors import InputError
from cluster_geo.schools.census import read_census
from cluster_geo.schools.headings import read_list
from cluster_geo.schools.links import read_links
from cluster_geo.schools.own import read_own


@pytest.mark.parametrize(
    ("read", "header", "missing"),
    [
        (read_census, "URN,NOR,TSENELSE", "TSENELK"),
        (read_links, "URN,LinkURN,LinkType", "LinkEstablishedDate"),
        (lambda path: read_own(open_delimited(path)), "urn,name,easting,northing", "phase"),
        (lambda path: read_list(path, {"urn": (), "venue": ()},
                                {"urn": "the school", "venue": "where"}), "urn,place", "venue"),
    ],
    ids=["census", "links", "own", "list"],
)  # fmt: skip
def test_header_and_rows_are_one_message(tmp_path, read, header, missing):
    """A missing column, and a row that is wider than the header."""
    path = tmp_path / "table.csv"
    path.write_text(f"{header}\n" + "1," * len(header.split(",")) + "1,1\n")
    with pytest.raises(InputError) as error:
        read(path)
    faults = error.value.faults
    assert any(missing in str(fault) for fault in faults)
    assert [fault.row for fault in faults if fault.row == 2] == [2]
