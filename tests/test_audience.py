"""What the public sees, and what it must not see."""

from dataclasses import replace

import numpy as np
import openpyxl
import pytest

from cluster_geo.audience import audit_for, county_for, require_fit, rulebook_for
from cluster_geo.audit import audit
from cluster_geo.county import County
from cluster_geo.export import write_outputs
from cluster_geo.measures import measures, totals
from cluster_geo.rules import Balance, excess_of
from cluster_geo.schools.small_counts import small_counts
from tests.outputs import RECORD, World, make_world
from tests.worlds import FIRST_URN

COLUMNS = ("ehcp", "srp_places", "srp_on_roll")
BALANCE = {"balance": {"plans": {"column": "ehcp", "base": "schools"}}}
PUBLIC = RECORD | BALANCE
INTERNAL = PUBLIC | {"plan": RECORD["plan"] | {"audience": "internal"}}


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
        write_outputs(tmp_path / str(k), world.published(record=PUBLIC))
        files.append(texts_of(tmp_path / str(k)))
        insiders.append(world.audit)
    assert files[0] == files[1] == files[2]
    assert len({audit.cost for audit in insiders}) == 1
    assert len({audit.by_cluster["price"].iloc[0] for audit in insiders}) == 3


def test_inside_the_authority_all_is_shown_and_marked(tmp_path):
    """Internal outputs hold the counts, and every page and sheet says what it is."""
    world = with_counts({0: 4, 7: 3})
    write_outputs(tmp_path / "out", world.published(record=INTERNAL))
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
    county, plan = county_for(world.county, PUBLIC), world.plan
    by_cluster = measures(plan, county)["ehcp"]
    home = plan.code_of[FIRST_URN]
    assert by_cluster.isna().to_dict() == {code: code == home for code in plan.labels}
    assert np.isnan(totals(plan, county)["ehcp"])
    assert totals(plan, county)["pupils"] == totals(plan, world.county)["pupils"]


def test_a_clusters_balance_is_not_told():
    """How far a cluster is from its share is the sum of its counts in other words."""
    world = with_counts({0: 4})
    public = audit_for(world.audit, world.county, PUBLIC)
    assert "balance.plans" not in set(public.verdicts["rule"])
    others = public.verdicts.groupby("cluster")["price"].sum()
    assert public.by_cluster["price"].tolist() == pytest.approx(others.tolist())
    assert (public.by_cluster["price"] < world.audit.by_cluster["price"]).all()
    assert public.by_rule.loc["balance.plans", ["clusters", "count", "price"]].isna().all()
    assert public.by_rule.drop("balance.plans").equals(
        world.audit.by_rule.drop("balance.plans").astype({"clusters": "Int64"})
    )
    assert public.cost == world.audit.cost
    assert audit_for(world.audit, world.county, INTERNAL) is world.audit
    assert audit_for(None, world.county, PUBLIC) is None


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"column": "ehcp", "base": "schools"}, False),
        ({"column": "pupils", "base": "ehcp"}, False),
        ({"column": "pupils", "base": "schools"}, True),
        (None, False),
    ],
)
def test_a_balance_is_told_where_nothing_it_is_made_of_is_withheld(asked, told):
    """Neither its column nor its base; where no record says what it is made of, nothing is told."""
    world = with_counts({0: 4})
    record = RECORD | ({} if asked is None else {"balance": {"plans": asked}})
    public = audit_for(world.audit, world.county, record)
    assert ("balance.plans" in set(public.verdicts["rule"])) == told
    names = {rule.name for rule in rulebook_for(world.rulebook, world.county, record).rules}
    assert ("balance.plans" in names) == told
    assert "travel" in names
    inside = record | {"plan": record["plan"] | {"audience": "internal"}}
    assert audit_for(world.audit, world.county, inside) is world.audit
    assert rulebook_for(world.rulebook, world.county, inside) is world.rulebook


def test_nothing_to_withhold_changes_nothing():
    """A county without small counts of the planner's own is the county."""
    county = make_world().county
    assert county_for(county, PUBLIC) is county
    require_fit(county, PUBLIC)


def test_comparisons_are_of_a_fit_county():
    """Two plans of a county that still holds small counts cannot be written for the public."""
    county: County = with_counts({0: 4}).county
    with pytest.raises(ValueError, match="county_for"):
        require_fit(county, PUBLIC)
    require_fit(county_for(county, PUBLIC), PUBLIC)
    require_fit(county, INTERNAL)
