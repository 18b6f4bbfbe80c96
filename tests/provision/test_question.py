"""A question that cannot be asked is refused, with all that is wrong with it."""

import math

import pytest

from cluster_geo.errors import InputError
from cluster_geo.provision import question


def faults_of(need, **asked):
    """Return the faults of a question, by the part they are in."""
    with pytest.raises(InputError) as caught:
        question(need, **asked)
    return {fault.where: f"{fault.found}. {fault.fix}" for fault in caught.value.faults}


def test_a_need_may_be_spelt_as_the_register_does():
    """The code is what counts."""
    assert question("ASD - Autistic Spectrum Disorder").need == "ASD"
    assert question("slcn", new=2.0).new == 2


@pytest.mark.parametrize("need", ["", "ASDD", "autism"])
def test_an_unknown_need(need):
    """The known ones are listed; a near miss is guessed."""
    said = faults_of(need)["need"]
    assert "Write one of ASD, SLCN" in said
    assert ("Did you mean ASD?" in said) == (need == "ASDD")


@pytest.mark.parametrize("name", ["new", "expand", "change", "alternatives", "places", "by"])
@pytest.mark.parametrize("value", [-1, 2.5, math.nan, math.inf, 10_000, "3", None, True])
def test_a_number_that_is_none(name, value):
    """Negative, fractional, endless, too large, text: each is said to be out of order."""
    assert "Write a whole number from" in faults_of("ASD", **{name: value})[name]


@pytest.mark.parametrize(
    ("name", "value"),
    [("reach", 0), ("reach", -3), ("share", 0), ("share", 1.2), ("gap", -5), ("unplaced", -1),
     ("accuracy", math.nan), ("reach", "far")],
)  # fmt: skip
def test_an_amount_that_is_none(name, value):
    """Of journeys, shares and prices."""
    assert "cannot be used" in faults_of("ASD", **{name: value})[name]


def test_all_faults_are_said_at_once():
    """Of six parts."""
    found = faults_of("XYZ", phase="middle", homes="there", new=-1, places=0.5, share=7)
    assert set(found) == {"need", "phase", "homes", "new", "places", "share"}


def test_nothing_asked_for():
    """No measure at all is a mistake, and so is a price of no place below a journey's."""
    assert "at least one" in faults_of("ASD", new=0)["new"]
    assert "at least the reach, 30" in faults_of("ASD", unplaced=10)["unplaced"]
    assert question("ASD", unplaced=30).price == 30
    assert question("ASD", reach=20).price == 40
