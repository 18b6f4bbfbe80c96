"""Shares of money tell nobody a figure that is withheld."""

import re

import pytest

from tests.cli.street import write_plan
from tests.funding.street import POT, run, write_pot
from tests.privacy.test_hashes import everything
from tests.privacy.test_own_columns import KEYED, PACKED

FIGURES = [48213 + 7 * k for k in range(8)]
OTHERS = [3 * figure + 11 * k for k, figure in enumerate(FIGURES)]
LAST = [5_400_123 + 1000 * k for k in range(8)]
OTHER_LAST = [figure - 17 * k for k, figure in enumerate(LAST)]
INSIDE = POT.replace('audience = "public"\ncounts_pupils', 'audience = "internal"\ncounts_pupils')
PRIVATE = POT.replace('audience = "public"\nreserve', 'audience = "internal"\nreserve')


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def written(folder, text, figures, last, *words):
    """Every file of a run of the plan drawn by hand, but for hashes with a key."""
    folder.mkdir(exist_ok=True)
    scenario = write_pot(folder, text, figures, last)
    plan = write_plan(folder / "plan.csv", "123", "456", "78")
    out = folder / f"out {len(list(folder.iterdir()))}"
    run("export", plan, "--scenario", scenario, "--to", out, *words)
    return {name: KEYED.sub(b"", content) for name, content in everything(out) if not PACKED(name)}


def test_a_pot_that_counts_what_is_withheld_is_left_out(tmp_path):
    """The bytes do not depend on the figures; the report names the column."""
    first, second = (written(tmp_path / "a", INSIDE, f, LAST) for f in (FIGURES, OTHERS))
    assert first == second
    assert "funding.csv" not in first
    page = first["report.html"].decode()
    assert "figures of which some are withheld from the public (places)" in page
    assert "funding.csv" in written(tmp_path / "b", INSIDE, FIGURES, LAST, "--audience", "internal")


def test_a_pot_for_the_authority_is_in_no_public_file(tmp_path):
    """Neither its sum, nor its formula, nor anything of last year."""
    text = PRIVATE + '[balance.money]\ncolumn = "funding_locality"\nweight = 0.001\n'
    first, second = (written(tmp_path / "a", text, FIGURES, last) for last in (LAST, OTHER_LAST))
    assert first == second
    changed = text.replace("45,000,000.00", "44,999,000.00").replace("share = 30", "share = 20")
    third = written(tmp_path / "a", changed.replace("share = 70", "share = 80"), FIGURES, LAST)
    assert first == third
    for name, content in first.items():
        assert not re.search(rb"45,?000,?000|Locality resource|funding_locality", content), name


def test_last_years_money_is_published_by_cluster_only(tmp_path):
    """Two lists with the same sums give the same bytes; no school's money is there."""
    other = [LAST[0] + 5, LAST[1] - 5, *LAST[2:]]
    first, second = (written(tmp_path / "a", POT, FIGURES, last) for last in (LAST, other))
    assert first == second
    for name, content in first.items():
        assert str(LAST[0]).encode() not in content, name
        assert f"{LAST[0]:,}".encode() not in content, name


def test_a_pot_of_small_counts_is_left_out(tmp_path):
    """A public column that counts pupils, of which one school has three."""
    text = POT.replace("counts_pupils = false", "counts_pupils = true")
    first, second = (written(tmp_path / "a", text, [few, *range(20, 27)], LAST) for few in (3, 4))
    assert first == second
    assert "funding.csv" not in first
