"""Figures, dates and needs as people write them."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_geo.schools.dates import date_in_name, in_words, iso_date
from cluster_geo.schools.needs import NEEDS, need_code, need_codes
from cluster_geo.schools.typed import to_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        (" 4.82% ", 4.82),
        ("1,234", 1234),
        (".00", 0),
        ("-3", -3),
        ("1,234,567.5", 1234567.5),
    ],
)
def test_figures(text, number):
    """Percentages, thousands and bare decimal points are figures."""
    assert to_number(text) == number


@pytest.mark.parametrize("text", ["", "NA", "supp", "LOWCOV", "z", "-"])
def test_words_for_no_figure(text):
    """What the DfE writes where it publishes none."""
    assert math.isnan(to_number(text))


@pytest.mark.parametrize("text", ["many", "51,75", "1,23,456", "inf", "nan", "1e999", "--"])
def test_what_is_not_a_figure(text):
    """Words, decimal commas and endless numbers are refused."""
    assert to_number(text) is None


@given(day=st.dates(min_value=date(1800, 1, 1), max_value=date(2200, 1, 1)))
def test_a_date_in_any_writing_is_the_same_day(day):
    """The register's, a spreadsheet's and the standard's way of writing a date agree."""
    written = (f"{day:%d-%m-%Y}", f"{day:%d/%m/%Y}", day.isoformat())
    assert {iso_date(text) for text in written} == {day.isoformat()}


def test_what_is_not_a_date():
    """A day that does not exist, and words."""
    assert iso_date("31-02-2025") is None
    assert iso_date("soon") is None
    assert iso_date("") == ""


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("edubasealldata20250718_kent.csv", "2025-07-18"),
        ("schools 2025-07-18.csv", "2025-07-18"),
        ("schools20259918.csv", ""),
        ("schools20250231.csv", ""),
        ("schools120250718.csv", ""),
        ("schools.csv", ""),
    ],
)
def test_the_date_in_a_files_name(name, day):
    """Eight figures that are a day, and nothing else."""
    assert date_in_name(name) == day


def test_a_date_in_words():
    """As people in England write it, whatever the machine's language."""
    assert in_words("2025-09-01") == "1 September 2025"


@pytest.mark.parametrize("code", NEEDS)
def test_needs_by_code_and_by_name(code):
    """The code in any case, the register's long form, and the plain words."""
    assert need_code(code.lower()) == code
    assert need_code(f"{code} - {NEEDS[code]}") == code
    assert need_code(NEEDS[code].upper()) == code


def test_lists_of_needs():
    """Several needs in one cell, however they are parted; one unknown word makes the list invalid."""
    assert need_codes("asd / SLCN; asd") == "ASD|SLCN"
    assert need_codes("SLCN - Speech, language and Communication") == "SLCN"
    assert need_codes("Not Applicable") == ""
    assert need_codes("ASD|maths") is None
