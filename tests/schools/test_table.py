"""The schools table and what can be asked of it."""

from cluster_geo.schools import read_schools


def test_phases_flags_and_groups(gias):
    """All-through schools are in both phases; groups leave out the blank."""
    schools = read_schools(
        gias(
            {"TypeOfResourcedProvision (name)": "SEN unit", "Federations (code)": "7"},
            {"PhaseOfEducation (name)": "Secondary"},
            {"PhaseOfEducation (name)": "All-through", "Easting": "400300"},
        )
    )
    assert len(schools) == 3
    assert schools.urns == (100001, 100002, 100003)
    assert schools.primaries == {100001, 100003}
    assert schools.secondaries == {100002, 100003}
    assert schools.where("srp") == {100001}
    assert schools.grouped_by("federation_code") == {"7": frozenset({100001})}
    assert schools.names[100002] == "School 100002"
    assert schools.points.tolist() == [[400_000, 100_000], [400_000, 100_000], [400_300, 100_000]]
