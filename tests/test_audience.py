"""What the public sees, and what it must not see."""

from dataclasses import replace

import numpy as np
import openpyxl
import pytest

from cluster_geo.audience import Disclosure
from cluster_geo.audit import audit
from cluster_geo.county import County
from cluster_geo.export import write_outputs
from cluster_geo.measures import measures, totals
from cluster_geo.rules import Balance, excess_of
from cluster_geo.scenario import Brief
from cluster_geo.schools.small_counts import small_counts
from tests.outputs import BRIEF, World, make_world
from tests.worlds import FIRST_URN

COLUMNS = ("ehcp", "srp_places", "srp_on_roll")
PUBLIC = replace(BRIEF, balances={"plans": frozenset({"ehcp", "schools"})})
INTERNAL = replace(PUBLIC, audience="internal")


def with_counts(counts, price: float = 0.5) -> World:
    """A world with these counts of EHC plans by place, kept in balance at a price."""
    world = make_world()
    table = world.county.schools.table.copy()
    table["ehcp"] = [float(counts.get(k, 20 + k)) for k in range(len(table))]
    table["srp_places"] = np.where(table["srp"], 12.0, np.nan)
    table["srp_on_roll"] = np.where(table["srp"], counts.get(0, 9.0), np.nan)
    schools = replace(world.county.schools, table=table, small=small_counts(table, COLUMNS))
    county = replace(world.county, schools=schools)
    rule = Balance("balance.plans", excess_of(schools, "ehcp", "schools")[0], price, "pupils")
    rulebook = replace(world.rulebook, rules=(*world.rulebook.rules, rule))
    verdict = audit(county, rulebook, world.plan)
    return replace(world, county=county, rulebook=rulebook, audit=verdict)


def texts_of(folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_outputs_do_not_change_with_what_is_withheld(tmp_path):
    """Whatever the small counts are, the public sees the same: no sum, no price, no map tells.

    The schools are of two clusters that both lie below their share, and the sum is the same each
    time: so is the whole score, and the score of either cluster is not.
    """
    files, insiders = [], []
    for k, counts in enumerate(({0: 4, 9: 0}, {0: 1, 9: 3}, {0: 3, 9: 1})):
        world = with_counts(counts)
        write_outputs(tmp_path / str(k), world.published(PUBLIC))
        files.append(texts_of(tmp_path / str(k)))
        insiders.append(world.audit)
    assert files[0] == files[1] == files[2]
    assert len({audit.cost for audit in insiders}) == 1
    assert len({audit.by_cluster["price"].iloc[0] for audit in insiders}) == 3


def test_inside_the_authority_all_is_shown_and_marked(tmp_path):
    """Internal outputs hold the counts, and every page and sheet says what it is."""
    world = with_counts({0: 4, 7: 3})
    write_outputs(tmp_path / "out", world.published(INTERNAL))
    rows = (tmp_path / "out" / "clusters.csv").read_text(encoding="utf-8-sig")
    assert ",4,,," in rows or ",4," in rows
    for page in ("map.html", "report.html"):
        text = (tmp_path / "out" / page).read_text(encoding="utf-8")
        assert text.count("OFFICIAL-SENSITIVE") >= 2
    book = openpyxl.load_workbook(tmp_path / "out" / "plan.xlsx")
    for sheet in book:
        assert "OFFICIAL-SENSITIVE" in sheet["A1"].value
        assert "OFFICIAL-SENSITIVE" in sheet.oddHeader.right.text
    for name in ("clusters.geojson", "run.json"):
        text = (tmp_path / "out" / name).read_text(encoding="utf-8")
        assert "OFFICIAL-SENSITIVE" in text or '"audience": "internal"' in text


def test_public_outputs_carry_no_marking(tmp_path):
    """The default is for the public, and says nothing of secrets."""
    write_outputs(tmp_path / "out", make_world().published())
    assert not any(b"OFFICIAL-SENSITIVE" in data for data in texts_of(tmp_path / "out").values())


def test_a_total_with_a_withheld_part_is_withheld():
    """Cluster and plan: a total less its other parts would tell the count."""
    world = with_counts({0: 4})
    county, plan = Disclosure(world.county, PUBLIC).county, world.plan
    by_cluster = measures(plan, county)["ehcp"]
    home = plan.code_of[FIRST_URN]
    assert by_cluster.isna().to_dict() == {code: code == home for code in plan.labels}
    assert np.isnan(totals(plan, county)["ehcp"])
    assert totals(plan, county)["pupils"] == totals(plan, world.county)["pupils"]


def test_a_clusters_balance_is_not_told():
    """How far a cluster is from its share is the sum of its counts in other words."""
    world = with_counts({0: 4})
    public = Disclosure(world.county, PUBLIC).audit(world.audit)
    assert "balance.plans" not in set(public.verdicts["rule"])
    others = public.verdicts.groupby("cluster")["price"].sum()
    assert public.by_cluster["price"].tolist() == pytest.approx(others.tolist())
    assert (public.by_cluster["price"] < world.audit.by_cluster["price"]).all()
    assert public.by_rule.loc["balance.plans", ["clusters", "count", "price"]].isna().all()
    assert public.by_rule.drop("balance.plans").equals(
        world.audit.by_rule.drop("balance.plans").astype({"clusters": "Int64"})
    )
    assert public.cost == pytest.approx(public.by_cluster["price"].sum())
    assert public.cost < world.audit.cost
    assert Disclosure(world.county, INTERNAL).audit(world.audit) is world.audit


def test_a_cluster_whose_only_price_is_withheld_costs_nothing_here():
    """Its price is 0 and not missing: that it has one at all would tell of its counts."""
    world = with_counts({0: 4})
    alone = replace(world.rulebook, rules=world.rulebook.rules[-1:])
    judged = audit(world.county, alone, world.plan)
    assert judged.by_cluster["price"].sum() > 0
    public = Disclosure(world.county, PUBLIC).audit(judged)
    assert public.by_cluster["price"].tolist() == [0.0] * len(world.plan.clusters)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"plans": frozenset({"ehcp", "schools"})}, False),
        ({"plans": frozenset({"pupils", "ehcp"})}, False),
        ({"plans": frozenset({"pupils", "schools"})}, True),
        ({}, False),
    ],
)
def test_a_balance_is_told_where_nothing_it_is_made_of_is_withheld(asked, told):
    """Neither its column nor its base; where nobody says what it is made of, nothing is told."""
    world = with_counts({0: 4})
    brief = replace(BRIEF, balances=asked)
    outside = Disclosure(world.county, brief)
    assert ("balance.plans" in set(outside.audit(world.audit).verdicts["rule"])) == told
    names = {rule.name for rule in outside.rulebook(world.rulebook).rules}
    assert ("balance.plans" in names) == told
    assert "travel" in names
    inside = Disclosure(world.county, replace(brief, audience="internal"))
    assert inside.audit(world.audit) is world.audit
    assert inside.rulebook(world.rulebook) is world.rulebook


def test_nothing_to_withhold_changes_nothing():
    """A county without small counts of the planner's own is the county."""
    county = make_world().county
    assert Disclosure(county, PUBLIC).county is county


def test_there_is_no_disclosure_to_the_public_of_a_small_count():
    """Neither one that is made of the whole county, nor one that is given it afterwards."""
    county: County = with_counts({0: 4}).county
    made = Disclosure(county, PUBLIC)
    for found in (made, replace(made, county=county), Disclosure(made.county, PUBLIC)):
        assert found.county.schools.table.loc[FIRST_URN, ["ehcp"]].isna().all()
        assert found.county.schools.withheld == county.schools.small
    assert made.county is Disclosure(made.county, PUBLIC).county
    assert Disclosure(county, INTERNAL).county is county


def test_what_is_withheld_once_stays_as_it_is():
    """A verdict that may be seen may be seen again: nothing more goes."""
    world = with_counts({0: 4})
    public = Disclosure(world.county, PUBLIC)
    once = public.audit(world.audit)
    twice = public.audit(once)
    for name in ("verdicts", "by_cluster", "by_rule"):
        assert getattr(twice, name).equals(getattr(once, name)), name


def test_nobody_is_the_public_or_an_insider_because_nothing_was_said():
    """A brief without an audience cannot be made."""
    with pytest.raises(TypeError, match="audience"):
        Brief()
