"""Pairs of infant and junior schools: proposed, then confirmed by the planner."""

import pytest

from cluster_geo.errors import InputError
from cluster_geo.schools import Pair, propose_pairs, read_pairs, read_schools
from cluster_geo.schools.pairs import stem

INFANT = {"StatutoryLowAge": "4", "StatutoryHighAge": "7"}
JUNIOR = {"StatutoryLowAge": "7", "StatutoryHighAge": "11"}


def school(kind, name, east, **more):
    return kind | {"EstablishmentName": name, "Easting": str(400_000 + east)} | more


def proposed(gias, *rows):
    pairs = propose_pairs(read_schools(gias(*rows)))
    return {(row.infant_urn - 100_000, row.junior_urn - 100_000): row for row in pairs.itertuples()}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ditton Infant School", "Ditton Church of England Junior School", True),
        ("St Michael's CofE Infant School, Upton", "Upton, St Michael's Junior School", True),
        ("St Mary's Infant School", "St Mark's Junior School", False),
        ("The Infant School", "The Junior School", True),
    ],
)
def test_the_stem_of_a_name(one, other, same):
    """The words that tell which school, whatever their order; kinds of school are left out."""
    assert (stem(one) == stem(other)) == same


def test_a_shared_name_beats_a_nearer_school(gias):
    """Two pairs on one street, each nearer to the other's partner."""
    pairs = proposed(
        gias,
        school(INFANT, "Oak Infant School", 0),
        school(JUNIOR, "Elm Junior School", 10),
        school(INFANT, "Elm Infant School", 500),
        school(JUNIOR, "Oak Junior School", 510),
    )
    assert set(pairs) == {(1, 4), (3, 2)}
    assert pairs[1, 4].confidence == "high"
    assert pairs[1, 4].reason == "same name"
    assert pairs[1, 4].confirmed == ""


def test_a_shared_name_in_another_town_is_not_a_pair(gias):
    """Two St Mary's 5 km apart; at 2 km it is proposed with less confidence."""
    far = proposed(
        gias, school(INFANT, "St Mary's Infants", 0), school(JUNIOR, "St Mary's Juniors", 5000)
    )
    near = proposed(
        gias, school(INFANT, "St Mary's Infants", 0), school(JUNIOR, "St Mary's Juniors", 2000)
    )
    assert far == {}
    assert near[1, 2].confidence == "medium"
    assert near[1, 2].reason == "same name, but 2.0 km apart"


def test_an_infant_school_by_name_whose_ages_were_changed(gias):
    """Recorded as 4 to 11 while its junior school closes: proposed, in doubt."""
    changed = INFANT | {"StatutoryHighAge": "11"}
    pairs = proposed(
        gias, school(changed, "Oak Infant School", 0), school(JUNIOR, "Oak Junior School", 50)
    )
    assert pairs[1, 2].confidence == "medium"
    assert "ages do not meet" in pairs[1, 2].reason


def test_a_federation_then_a_diocese_then_nearness(gias):
    """What binds schools comes before who stands nearer."""
    church = {"Diocese (name)": "Diocese of Wessex"}
    pairs = proposed(
        gias,
        school(INFANT, "Ash Infant School", 0, **{"Federations (code)": "7"}),
        school(JUNIOR, "Birch Junior School", 900, **{"Federations (code)": "7"}),
        school(INFANT, "St Alf Infant School", 20_000, **church),
        school(JUNIOR, "Cedar Junior School", 20_050),
        school(JUNIOR, "St Bede Junior School", 20_240, **church),
        school(INFANT, "Dale Infant School", 20_600),
    )
    assert {pair: row.confidence for pair, row in pairs.items()} == {
        (1, 2): "high",
        (3, 5): "low",
        (6, 4): "low",
    }


def test_schools_without_a_partner_are_left_alone(gias):
    """No junior school within reach, no pair; all-through schools never pair."""
    through = JUNIOR | {"PhaseOfEducation (name)": "All-through"}
    assert proposed(
        gias,
        school(INFANT, "Ash Infant School", 0),
        school(JUNIOR, "Birch Junior School", 1100),
        school(through, "Cedar Junior School", 10),
    ) == {}  # fmt: skip


def test_a_proposal_is_confirmed_in_its_own_file(gias, tmp_path):
    """What is proposed can be saved, confirmed with a yes, and read back."""
    schools = read_schools(
        gias(school(INFANT, "Oak Infant School", 0), school(JUNIOR, "Oak Junior School", 9))
    )
    path = tmp_path / "pairs.csv"
    propose_pairs(schools).to_csv(path, index=False)
    assert read_pairs(path, schools).confirmed == ()
    propose_pairs(schools).assign(confirmed="Yes").to_csv(path, index=False)
    pairs = read_pairs(path, schools)
    assert pairs.confirmed == (Pair(100001, 100002, "high", confirmed=True),)


def test_pairs_of_schools_that_are_not_in_the_plan_are_listed(gias, text_file):
    """A pair in another district is left out and listed."""
    path = text_file("pairs.csv", "infant_urn,junior_urn,confirmed", "100001,555555,yes")
    pairs = read_pairs(path, read_schools(gias(INFANT)))
    assert pairs.pairs == ()
    assert "as the plan does not have URN 555555" in pairs.notices[0].text


def test_pairs_that_cannot_be_read(gias, text_file):
    """A cell that is not a URN, an unknown answer, one school twice."""
    path = text_file(
        "pairs.csv",
        "infant_urn,junior_urn,confirmed",
        "x,100002,yes",
        "100001,100002,perhaps",
        "100003,100003,",
    )
    with pytest.raises(InputError) as error:
        read_pairs(path, read_schools(gias(INFANT)))
    told = str(error.value)
    assert "'x' is not a URN" in told
    assert "'perhaps' is neither yes nor no" in told
    assert "URN 100002 is in two pairs" in told
    assert "URN 100003 is in two pairs, or twice in one" in told
