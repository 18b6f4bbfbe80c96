"""Which fields of a polygon file hold a zone's code and name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from cluster_geo.errors import Fault, InputError

# The Office for National Statistics: LAD24CD and LAD24NM, WD25CD and WD25NM.
ONS_CODE = re.compile(r"([A-Z]{2,7}\d{2})CD")
ONS_NAME = re.compile(r"([A-Z]{2,7}\d{2})NM")
CODE_ENDINGS = ("code", "cd", "ref", "id")
NAME_ENDINGS = ("name", "nm", "title", "label")
# Fields that number the features of a file, not the zones of a layer.
ROW_NUMBERS = frozenset({"fid", "objectid", "globalid", "ogcfid"})


@dataclass(frozen=True, slots=True)
class ZoneFields:
    """Names of the two fields, which are the same if a file has only one of them."""

    code: str
    name: str


def find_fields(
    fields: Sequence[str],
    layer: str,
    file: str,
    *,
    code_field: str | None = None,
    name_field: str | None = None,
) -> ZoneFields:
    """Find the fields of a zone's code and name, unless they are given.

    The fields of the Office for National Statistics come first, then fields named after the
    layer ("district_code"), then any whose name ends in "code" or "name".

    Parameters
    ----------
    fields : sequence of str
        Fields of the file, without the geometry.
    layer : str
        Name of the layer.
    file : str
        Name of the file, for messages.

    Raises
    ------
    InputError
        A given field is not in the file, or none can be found.
    """
    code_field, name_field = _given(fields, file, code_field, name_field)
    if code_field is None and name_field is not None:
        partner = _partner(name_field, ONS_NAME, "CD", fields)
        return ZoneFields(code=partner or name_field, name=name_field)
    code = code_field or _ons(fields) or _ending(fields, layer, CODE_ENDINGS)
    name = name_field
    if name is None and code is not None:
        name = _partner(code, ONS_CODE, "NM", fields)
    name = name or _ending(fields, layer, NAME_ENDINGS) or _named_after(layer, fields) or code
    if name is None:
        listed = ", ".join(fields) or "none"
        fix = f"State name_field, and code_field if there is one; the fields are: {listed}"
        raise InputError([Fault(file, "no field looks like the name or code of a zone", fix)])
    return ZoneFields(code=code or name, name=name)


def _given(fields: Sequence[str], file: str, *wanted: str | None) -> tuple[str | None, str | None]:
    """Return the given fields as written in the file; upper and lower case are the same."""
    spelling = {field.casefold(): field for field in reversed(fields)}
    faults = []
    found: list[str | None] = []
    for field in wanted:
        match = None if field is None else spelling.get(field.casefold())
        found.append(match)
        if field is not None and match is None:
            near = get_close_matches(field, fields, n=1)
            hint = f"Did you mean {near[0]!r}? " if near else ""
            fix = f"{hint}The fields are: {', '.join(fields) or 'none'}"
            faults.append(Fault(file, f"it has no field {field!r}", fix, column=field))
    if faults:
        raise InputError(faults)
    code, name = found
    return code, name


def _ons(fields: Iterable[str]) -> str | None:
    return next((field for field in fields if ONS_CODE.fullmatch(field)), None)


def _partner(
    field: str, pattern: re.Pattern[str], ending: str, fields: Sequence[str]
) -> str | None:
    """Return LAD24NM for LAD24CD, and the other way round."""
    match = pattern.fullmatch(field)
    partner = match.group(1) + ending if match else None
    return partner if partner in fields else None


def _ending(fields: Iterable[str], layer: str, endings: tuple[str, ...]) -> str | None:
    """Return the best field: the layer's own ("district_code"), "code", or one that ends in it."""
    plain = {field: _plain(field) for field in fields if _plain(field) not in ROW_NUMBERS}
    for ending in endings:
        for wanted in (_plain(layer) + ending, ending):
            found = next((field for field, word in plain.items() if word == wanted), None)
            if found:
                return found
    for ending in endings:
        found = next((field for field, word in plain.items() if word.endswith(ending)), None)
        if found:
            return found
    return None


def _named_after(layer: str, fields: Iterable[str]) -> str | None:
    """Return the field that has the name of the layer."""
    return next((field for field in fields if _plain(field) == _plain(layer)), None)


def _plain(word: str) -> str:
    return re.sub(r"[^a-z0-9]", "", word.casefold())
