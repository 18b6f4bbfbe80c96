"""`cluster-geo compare` on the example county."""

import csv
import json

import pandas as pd
import pytest

from cluster_geo.export import COMPARISON_FILES
from cluster_geo.scenario import load_county, read_scenario
from tests.cli.street import write_plan, write_street


@pytest.fixture(scope="module")
def county():
    return load_county(read_scenario("example"))


@pytest.fixture
def plans(tmp_path, county):
    """Two plans by hand: tens by URN; the second has other codes, and one school in the next."""
    groups = {urn: k // 10 for k, urn in enumerate(county.urns)}
    write(tmp_path / "a.csv", {urn: f"C-{k:02d}" for urn, k in groups.items()})
    groups[county.urns[9]] = 1
    write(tmp_path / "b.csv", {urn: f"Group {k}" for urn, k in groups.items()})
    return "a.csv", "b.csv"


def write(path, cluster_of):
    lines = [f"{urn},{cluster}" for urn, cluster in cluster_of.items()]
    path.write_text("\n".join(["urn,cluster", *lines]) + "\n", encoding="utf-8")


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_compare_says_what_changes_and_writes_nothing(run, plans, tmp_path, county):
    """Without --map and --out the terminal is all."""
    result = run("compare", *plans, "--scenario", "example")
    assert result.exit_code == 0, result.output
    assert "1 of the 122 schools moves from one cluster to another." in result.stdout
    assert "11 of the first plan's 13 clusters are unchanged; 2 have different" in result.stdout
    assert str(county.urns[9]) in result.stdout
    assert "Clusters that change" in result.stdout
    assert "Trusts with a school" in result.stdout or "no multi-academy trust" in result.stdout
    assert {path.name for path in tmp_path.iterdir()} == {"a.csv", "b.csv"}


def test_compare_writes_tables_and_maps(run, plans, tmp_path, county):
    """--out is a folder of tables and the maps, --map the maps alone; both are the same maps."""
    result = run("compare", *plans, "--scenario", "example", "--out", "out", "--map", "two.html")
    assert result.exit_code == 0, result.output
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(COMPARISON_FILES)
    (move,) = read(tmp_path / "out" / "moves.csv")
    assert (move["urn"], move["from_cluster"]) == (str(county.urns[9]), "C-00")
    assert move["to_cluster"] == "C-01"
    maps = (tmp_path / "out" / "comparison.html").read_bytes()
    assert (tmp_path / "two.html").read_bytes() == maps
    record = json.loads((tmp_path / "out" / "comparison.json").read_text(encoding="utf-8"))
    assert record["first"]["title"] == "a.csv"
    assert len(record["second"]["file"]["sha256"]) == 64


def test_the_scenario_is_that_of_the_first_plans_run(run, plans, tmp_path):
    """An output folder tells by which rules both are judged, and is called by its plan's title."""
    assert run("export", "a.csv", "--to", "runs/old", "--scenario", "example").exit_code == 0
    result = run("compare", "runs/old", "b.csv", "--map", "two.html")
    assert result.exit_code == 0, result.output
    title = "First plan: Merrowshire: proposed clusters of schools"
    assert title in (tmp_path / "two.html").read_text(encoding="utf-8")
    same = run("compare", "runs/old", "runs/old")
    assert "None of the 122 schools moves" in same.stdout
    assert "All 13 clusters have the same schools in both plans." in same.stdout
    assert "Schools that move" not in same.stdout


def test_compare_with_a_published_list(run, plans, tmp_path, county):
    """Names as people write them; what was not matched is printed and written."""
    names = county.schools.names
    lines = [f'"{names[urn]}",{k // 10}' for k, urn in enumerate(county.urns)]
    lines[20] = lines[20].replace("Primary School", "Prim. Sch.")
    lines.append('"Nowhere High School",3')
    text = "\n".join(["School name,Community", *lines]) + "\n"
    (tmp_path / "published.csv").write_text(text, encoding="utf-8")
    result = run("compare", "a.csv", "published.csv", "--scenario", "example", "--out", "out")
    assert result.exit_code == 0, result.output
    assert "None of the 122 schools moves" in result.stdout
    assert "Nowhere High School" in result.stdout
    table = read(tmp_path / "out" / "names_second.csv")
    assert len(table) == 123
    assert [row["school"] for row in table if not row["urn"]] == ["Nowhere High School"]


def test_bad_input_is_a_message_and_touches_nothing(run, plans, tmp_path):
    """Every plan that is missing is named; a folder of something else is refused at once."""
    result = run("compare", "no.csv", "nor.csv", "--scenario", "example")
    assert result.exit_code == 2
    assert "no.csv" in result.stderr
    assert "nor.csv" in result.stderr
    assert run("compare", *plans).exit_code == 2
    assert run("compare", *plans, "--scenario", "example", "--out", ".").exit_code == 2
    assert run("compare", *plans, "--scenario", "example", "--map", "no/x.html").exit_code == 2
    (tmp_path / "bad.csv").write_text("colour,shape\nred,round\n")
    result = run("compare", "a.csv", "bad.csv", "--scenario", "example")
    assert result.exit_code == 2
    assert "no column of clusters" in result.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"a.csv", "b.csv", "bad.csv"}


def test_plans_of_one_name_are_called_by_their_paths(run, plans, tmp_path):
    """Two folders of the same name are told apart."""
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "plan.csv").write_bytes((tmp_path / "a.csv").read_bytes())
    result = run(
        "compare", "one/plan.csv", "two/plan.csv", "--scenario", "example", "--map", "m.html"
    )
    assert result.exit_code == 0, result.output
    text = (tmp_path / "m.html").read_text(encoding="utf-8")
    assert "First plan: one/plan.csv" in text
    assert "Second plan: two/plan.csv" in text


def test_a_school_in_no_cluster_and_trusts_that_move(run, tmp_path):
    """On a street: one school changes its cluster, another loses it; their trusts are counted."""
    scenario = write_street(tmp_path, "psppspps", trust="T..TT..T")
    write_plan(tmp_path / "a.csv", "1234", "5678")
    write_plan(tmp_path / "b.csv", "123", "4567")
    result = run("compare", "a.csv", "b.csv", "--scenario", scenario)
    assert result.exit_code == 0, result.output
    rows = [
        [cell.strip() for cell in line.strip("│").split("│")]
        for line in result.stdout.splitlines()
        if line.startswith("│")
    ]
    assert ["100004", "School 4", "C-1", "C-2", ""] in rows
    assert ["100008", "School 8", "only in the first plan", "C-2"] in rows
    # Of the trust's four schools two move; it sat in two clusters and still does.
    assert ["Trust T", "4", "2", "2", "2"] in rows


def test_a_list_in_which_every_name_is_sure_asks_for_no_check(run, tmp_path):
    """Names as the register has them leave nothing to look at."""
    scenario = write_street(tmp_path, "psppsp")
    write_plan(tmp_path / "a.csv", "123", "456")
    lines = [f"School {k},{'West' if k < 4 else 'East'}" for k in range(1, 7)]
    (tmp_path / "list.csv").write_text("\n".join(["School name,Community", *lines]) + "\n")
    result = run("compare", "a.csv", "list.csv", "--scenario", scenario)
    assert result.exit_code == 0, result.output
    assert "Names to check" not in result.stdout


def test_audit_reads_a_published_list_as_compare_does(run, tmp_path, county):
    """Names to check are shown; put right in the file of matches, they are judged as URNs."""
    names = list(county.schools.names.values())
    names[3] = "Nowhere Annexe"
    rows = [f'"{name}",G{k // 10}' for k, name in enumerate(names)]
    (tmp_path / "list.csv").write_text("\n".join(["school,cluster", *rows]) + "\n")
    first = run("audit", "list.csv", "--scenario", "example", "--names", "names.csv")
    assert first.exit_code == 0, first.output
    assert "Names to check in list.csv" in first.output
    assert "1 school is in no cluster" in " ".join(first.output.split())
    table = pd.read_csv(tmp_path / "names.csv", dtype=str, keep_default_na=False)
    assert table.loc[3, "how"] == "not matched"
    table.loc[3, "urn"] = str(county.urns[3])
    table.to_csv(tmp_path / "names.csv", index=False)
    second = run("audit", "names.csv", "--scenario", "example")
    assert "in no cluster" not in second.output
    assert "Names to check" not in second.output


def test_plans_of_one_title_are_told_apart_by_their_folders(run, plans, tmp_path):
    """Two runs of one scenario have one title."""
    for plan, folder in zip(plans, ("old", "new"), strict=True):
        assert run("export", plan, "--to", f"runs/{folder}", "--scenario", "example").exit_code == 0
    result = run("compare", "runs/old", "runs/new", "--map", "two.html")
    assert result.exit_code == 0, result.output
    text = (tmp_path / "two.html").read_text(encoding="utf-8")
    assert "First plan: Merrowshire: proposed clusters of schools (old)" in text
    assert "Second plan: Merrowshire: proposed clusters of schools (new)" in text


def test_a_long_comparison_is_a_summary_and_all_of_it_is_asked_for(run, tmp_path, county):
    """Of 61 moves the first twelve and how many more; with --all every one."""
    groups = {urn: k // 10 for k, urn in enumerate(county.urns)}
    write(tmp_path / "a.csv", {urn: f"C-{k:02d}" for urn, k in groups.items()})
    shifted = {urn: (k + 5) // 10 for k, urn in enumerate(county.urns)}
    write(tmp_path / "b.csv", {urn: f"C-{k:02d}" for urn, k in shifted.items()})
    command = ("compare", "a.csv", "b.csv", "--scenario", "example")
    short, whole = run(*command), run(*command, "--all")
    rows = [
        {urn for urn in county.urns if f"│ {urn} " in told.stdout.split("Clusters that")[0]}
        for told in (short, whole)
    ]
    assert len(rows[0]) == 12 < len(rows[1])
    rest = len(rows[1]) - 12
    assert f"{rest} more move: --all prints them, and --out DIR writes every table." in short.stdout
    assert "more move" not in whole.stdout
    assert len(short.stdout) < len(whole.stdout)


def test_one_code_never_stands_for_two_clusters(run, tmp_path):
    """The second plan calls the first one's C-1 by the name of its C-2, and the other way about."""
    scenario = write_street(tmp_path, "psppspps")
    write_plan(tmp_path / "a.csv", "1234", "5678")
    write_plan(tmp_path / "b.csv", "678", "12345")
    result = run("compare", "a.csv", "b.csv", "--scenario", scenario)
    assert result.exit_code == 0, result.output
    cells = [
        [cell.strip() for cell in line.strip("│").split("│")]
        for line in result.stdout.splitlines()
        if "│" in line
    ]
    assert ["100005", "School 5", "C-2", "C-1", ""] in cells
    changed = {row[0]: row[1] for row in cells if row[2:3] == ["changed"]}
    assert changed == {"C-1": "second plan's C-2", "C-2": "second plan's C-1"}
