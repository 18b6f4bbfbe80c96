"""Clusters of an earlier run, kept so that the next run need not find them again.

They are not trusted: every cluster read is judged by the current rules before it enters a master.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable
from pathlib import Path

from cluster_geo.county import County
from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.optimise.result import Members

_TITLE = "cluster_geo columns of county"


def county_hash(county: County) -> str:
    """Return a hash of the schools and the travel between them, in hexadecimal."""
    digest = hashlib.sha256()
    digest.update(" ".join(map(str, county.urns)).encode())
    digest.update(county.travel.matrix.round(6).tobytes())
    return digest.hexdigest()


def write_known(path: Path, county: County, clusters: Iterable[Members]) -> None:
    """Write the county's hash and one line of URNs per cluster; equal input gives equal bytes."""
    lines = [f"{_TITLE} {county_hash(county)}"]
    lines += [" ".join(map(str, members)) for members in clusters]
    with path.open("wb") as stream, gzip.GzipFile("", "wb", fileobj=stream, mtime=0) as packed:
        packed.write("\n".join(lines).encode() + b"\n")


def read_known(path: Path, county: County) -> list[Members]:
    """Read clusters; those of another county only if all their schools are in this one.

    Raises
    ------
    InputError
        If `write_known` did not write the file.
    """
    try:
        with gzip.open(path, "rt", encoding="ascii") as stream:
            title, *lines = stream.read().splitlines()
        found = [tuple(sorted({int(urn) for urn in line.split()})) for line in lines]
    except (OSError, EOFError, ValueError) as error:
        fault = Fault(
            file_name(path), "it is not a file of clusters of an earlier run", "Leave it out"
        )
        raise InputError([fault]) from error
    if title == f"{_TITLE} {county_hash(county)}":
        return found
    here, identity = set(county.urns), county.schools.identity
    now = ({new for urn in members for new in identity.now(urn)} for members in found)
    return [tuple(sorted(members)) for members in now if here.issuperset(members)]
