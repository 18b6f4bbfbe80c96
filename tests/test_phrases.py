"""Phrases that more than one page uses."""

import pytest

from cluster_geo.phrases import by_phase, trust_name


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((7, 0, 1), "7 primary, 1 all-through, which counts as both"),
        ((6, 2, 0), "6 primary, 2 secondary"),
        ((4, 1, 2), "4 primary, 1 secondary, 2 all-through, which count as both"),
        ((0, 0, 0), "none"),
    ],
)
def test_schools_by_phase_are_counted_once(counts, words):
    """The parts add up to the schools, and it says what an all-through school counts as."""
    assert by_phase(*counts) == words


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("KENT CATHOLIC SCHOOLS' PARTNERSHIP", "Kent Catholic Schools' Partnership"),
        ("SWALE ACADEMIES TRUST", "Swale Academies Trust"),
        ("THE FOLKESTONE SCHOOL FOR GIRLS", "The Folkestone School for Girls"),
        ("THE DIOCESE OF CANTERBURY ACADEMIES TRUST", "The Diocese of Canterbury Academies Trust"),
        ("PARTNERSHIP (THE)", "Partnership (the)"),
        ("QUEEN ELIZABETH'S GRAMMAR", "Queen Elizabeth's Grammar"),
        (
            "ST MARY\N{RIGHT SINGLE QUOTATION MARK}S TRUST",
            "St Mary\N{RIGHT SINGLE QUOTATION MARK}s Trust",
        ),
        ("O'NEILL TRUST LTD", "O'Neill Trust Ltd"),
        ("STOKE-ON-TRENT LEARNING", "Stoke-on-Trent Learning"),
        ("CHATHAM & CLARENDON", "Chatham & Clarendon"),
        ("REACH2 ACADEMY TRUST", "REAch2 Academy Trust"),
        ("TKAT", "TKAT"),
        ("E-ACT", "E-ACT"),
        ("THE LEAP TRUST", "The LEAP Trust"),
        ("AET", "AET"),
        ("EKC SCHOOLS TRUST LIMITED", "EKC Schools Trust Limited"),
        ("PRW TRUST", "PRW Trust"),
        ("ST JOHN XXIII TRUST", "St John XXIII Trust"),
        ("REAch2 Academy Trust", "REAch2 Academy Trust"),
        ("x", "x"),
        ("", ""),
        ("12", "12"),
    ],
)
def test_a_trusts_name_is_in_ordinary_case(written, shown):
    """Capitals that are the register's go, capitals that are the trust's own stay."""
    assert trust_name(written) == shown
    assert trust_name(shown) == shown
