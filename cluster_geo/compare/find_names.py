"""Rows of a published list matched one to one with the schools of a county."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from cluster_geo.compare.name_register import (
    OTHER_NAME,
    PLEASE_CHECK,
    SAME,
    SAME_BUT_PLACE,
    SAME_CORE,
    Entry,
    Found,
    NameRegister,
)
from cluster_geo.compare.school_names import SPELT_OUT, SchoolName, words_of
from cluster_geo.schools import Schools


def match_entries(entries: Sequence[Entry], schools: Schools) -> pd.DataFrame:
    """Match each row of a list with a school, by URN or by name.

    Sure ways come first: the URN; the same name; the same name but for words that many schools
    share, or for what a register adds behind a dash; the name of the school's predecessor or
    successor; the same name but for the school's town. What is left over on both sides is
    matched where two names are close and no other is as close to either. No school is given to
    two names. Whatever is not the same name is to be checked by a person.

    Parameters
    ----------
    entries : sequence of Entry
    schools : Schools

    Returns
    -------
    DataFrame
        See `published.read_plan_file`.
    """
    register = NameRegister.of(schools)
    found: dict[int, Found] = {}
    for k, entry in enumerate(entries):
        if entry.urn:
            found[k] = register.by_urn(entry)
    known = {word for name in schools.names.values() for word in words_of(name)} | set(SPELT_OUT)
    wanted = {
        k: SchoolName.of(entry.school, known=known)
        for k, entry in enumerate(entries)
        if k not in found
    }
    # Where a name fits two schools in one way, no further way chooses between them.
    for how, forms, key in (
        (SAME, register.names, _whole),
        (SAME_CORE, register.short, _whole),
        (SAME_CORE, register.short, _core),
        (OTHER_NAME, register.other, _whole),
        (OTHER_NAME, register.other, _core),
    ):
        left = {k: wanted[k] for k in wanted if k not in found}
        hits = register.by_key(left, entries, forms, key)
        found |= _untaken(hits, how, found)
    left = {k: wanted[k] for k in wanted if k not in found}
    found |= _untaken(register.by_place(left, entries), SAME_BUT_PLACE, found)
    found |= register.by_likeness({k: wanted[k] for k in wanted if k not in found}, found)
    for k, hit in found.items():
        if hit.urn is not None and (doubt := register.doubt(entries[k], hit.urn)):
            found[k] = replace(hit, note=doubt)
    return _table(entries, found, schools.names)


def _untaken(hits: Mapping[int, int], how: str, found: Mapping[int, Found]) -> dict[int, Found]:
    """Return hits as found, without schools that a surer way has given to another row."""
    taken = {f.urn for f in found.values()}
    note = "" if how == SAME else PLEASE_CHECK
    return {k: Found(urn, how, 1.0, note) for k, urn in hits.items() if urn not in taken}


def _whole(name: SchoolName) -> str:
    return name.whole


def _core(name: SchoolName) -> str:
    return name.core


def _table(
    entries: Iterable[Entry], found: Mapping[int, Found], titles: Mapping[int, str]
) -> pd.DataFrame:
    rows = []
    for k, entry in enumerate(entries):
        hit = found[k]
        rows.append(
            {
                "row": entry.row,
                "school": entry.school or entry.urn,
                "cluster": entry.cluster,
                "urn": hit.urn,
                "matched": titles[hit.urn] if hit.urn is not None else "",
                "how": hit.how,
                "likeness": hit.likeness,
                "note": hit.note,
            }
        )
    columns = ["row", "school", "cluster", "urn", "matched", "how", "likeness", "note"]
    table = pd.DataFrame(rows, columns=columns).set_index("row")
    return table.astype({"urn": "Int64", "likeness": "Float64"})
