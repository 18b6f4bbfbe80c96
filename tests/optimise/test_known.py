"""Clusters of an earlier run, kept as a file."""

from __future__ import annotations

import gzip
from dataclasses import replace

import pytest

from cluster_geo.errors import InputError
from cluster_geo.optimise.known import read_known, write_known
from cluster_geo.schools.identity import Identity, Succession
from tests.worlds import draw_county

COUNTY = draw_county("p s p p s p")
FIRST, LAST = COUNTY.urns[:3], COUNTY.urns[3:]


def test_clusters_are_read_as_they_were_written(tmp_path, monkeypatch):
    """Equal clusters give equal bytes, whenever and under whatever name they are written."""
    paths = [tmp_path / "a.txt.gz", tmp_path / "b.txt.gz"]
    for day, path in enumerate(paths):
        monkeypatch.setattr("time.time", lambda day=day: 86_400.0 * (20_000 + day))
        write_known(path, COUNTY, [FIRST, LAST])
    assert read_known(paths[0], COUNTY) == [FIRST, LAST]
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_of_another_county_those_are_kept_whose_schools_are_all_here(tmp_path):
    """Where the last school has closed, a cluster that held it is left out."""
    write_known(tmp_path / "known.txt.gz", COUNTY, [FIRST, LAST])
    fewer = COUNTY.within(COUNTY.urns[:-1])
    assert read_known(tmp_path / "known.txt.gz", fewer) == [FIRST]


def text(words: bytes) -> bytes:
    return gzip.compress(words)


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"no gzip",
        text(b"title\n1 two 3\n")[:-4],
        text(b"title\n1 two 3\n"),
        text(b"\xff"),
    ],
    ids=["absent", "empty", "another", "cut off", "words", "no text"],
)
def test_a_file_of_something_else_is_a_message(tmp_path, content):
    """Whatever else stands under its name, the message says what to do."""
    path = tmp_path / "known.txt.gz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(
        InputError, match=r"known\.txt\.gz: it is not a file of clusters of an earlier run"
    ):
        read_known(path, COUNTY)


def test_clusters_of_schools_with_another_urn_now(tmp_path):
    """They are read with the URNs of today, and dropped where a school is gone."""
    write_known(tmp_path / "known.txt.gz", COUNTY, [FIRST, LAST])
    fewer = COUNTY.within(COUNTY.urns[1:])
    old, new = COUNTY.urns[0], COUNTY.urns[3]
    identity = Identity({old: Succession(old, (new,), "")})
    later = replace(fewer, schools=replace(fewer.schools, identity=identity))
    assert read_known(tmp_path / "known.txt.gz", later) == [(*FIRST[1:], new), LAST]
