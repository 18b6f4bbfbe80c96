"""The fields of code and name are found by their usual names."""

import pytest

from cluster_geo.boundaries.fields import find_fields
from cluster_geo.errors import InputError


@pytest.mark.parametrize(
    ("fields", "layer", "code", "name"),
    [
        (["FID", "LAD24CD", "LAD24NM", "LAD24NMW", "GlobalID"], "district", "LAD24CD", "LAD24NM"),
        (["FID", "WD25CD", "WD25NM", "LAD25CD", "LAD25NM"], "ward", "WD25CD", "WD25NM"),
        (["FID", "LSOA21CD", "LSOA21NM", "UTLACD"], "lsoa", "LSOA21CD", "LSOA21NM"),
        (["PCN Code", "PCN Name", "Patient", "parts"], "pcn", "PCN Code", "PCN Name"),
        (["name", "code"], "anything", "code", "name"),
        (["Name", "OBJECTID"], "anything", "Name", "Name"),
        (["code"], "anything", "code", "code"),
        (["area_code", "ward_code", "ward_name", "area_name"], "ward", "ward_code", "ward_name"),
        (["locality", "size"], "locality", "locality", "locality"),
        (["id", "title"], "zone", "id", "title"),
    ],
)
def test_usual_fields(fields, layer, code, name):
    """Fields of the ONS, of the NHS and of a planner's own files are recognised."""
    found = find_fields(fields, layer, "zones.geojson")
    assert (found.code, found.name) == (code, name)


def test_given_fields_win_in_any_letter_case():
    """A stated field is taken, whatever its case; its ONS partner is the other one."""
    fields = ["WD25CD", "WD25NM", "LAD25CD", "LAD25NM"]
    found = find_fields(fields, "ward", "f", name_field="lad25nm")
    assert (found.code, found.name) == ("LAD25CD", "LAD25NM")
    found = find_fields(fields, "ward", "f", code_field="LAD25CD", name_field="WD25NM")
    assert (found.code, found.name) == ("LAD25CD", "WD25NM")


def test_unknown_given_fields_are_all_faults():
    """Each mistyped field is a fault that offers the nearest one."""
    with pytest.raises(InputError) as error:
        find_fields(["PCN Code", "PCN Name"], "pcn", "p.gpkg", code_field="PCN Cod", name_field="x")
    assert len(error.value.faults) == 2
    assert "Did you mean 'PCN Code'?" in str(error.value)


def test_no_field_for_names_or_codes():
    """A file of figures alone is refused with its fields listed."""
    with pytest.raises(InputError, match=r"State name_field.*households, cars"):
        find_fields(["households", "cars"], "ward", "w.shp")
