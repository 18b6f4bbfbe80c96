"""`provision` on the command line, its files and its page: a street of eight schools."""

import csv
import json
import re

import pytest
from click.testing import CliRunner

from cluster_geo.cli import main
from cluster_geo.export.provision import PROVISION_FILES
from tests.cli.street import FIRST, write_plan, write_street
from tests.figures.pages import Page
from tests.privacy.attack import bytes_of

COUNTS = (20, 15, 31, 42, 17, 25, 28, 39)


def write_town(folder, counts=COUNTS, name="School"):
    """Write a street with counts of pupils with an EHCP and two SRPs; return its scenario."""
    scenario = write_street(folder, "psppspps", "WWWWEEEE")
    heads, *rows = (folder / "schools.csv").read_text(encoding="utf-8").splitlines()
    srp = {1: "yes,ASD,10,9", 6: "yes,ASD|SLCN,12,6"}
    rows = [
        f"{row.replace('School', name)},{counts[k]},{srp.get(k, 'no,,,')}"
        for k, row in enumerate(rows)
    ]
    head = f"{heads},ehcp,srp,srp_needs,srp_places,srp_on_roll"
    (folder / "schools.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    write_plan(folder / "hand.csv", "1234", "5678")
    return scenario


def run(*arguments):
    """Run the command in this process."""
    given = map(str, arguments)
    return CliRunner().invoke(main, ["provision", *given], catch_exceptions=False)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A town, what the command printed of it, and the folder that it wrote."""
    folder = tmp_path_factory.mktemp("town")
    scenario = write_town(folder)
    out = folder / "out"
    answered = run(
        *(folder / "hand.csv", "--scenario", scenario, "--need", "ASD", "--new", "2"),
        *("--places", "8", "--share", "0.3", "--spare", "--out", out),
    )
    assert answered.exit_code == 0, answered.output
    return folder, scenario, answered, out


def test_what_is_printed_is_what_is_written(town):
    """The same scores, sites and limits in lines, tables, record and page."""
    _, _, answered, out = town
    assert {path.name for path in out.iterdir()} == set(PROVISION_FILES)
    record = json.loads((out / "provision.json").read_text(encoding="utf-8"))
    assert record["question"]["need"] == "ASD"
    assert [round(step["cost"], 3) for step in record["curve"]] == [
        float(row["cost"]) for row in read(out / "provision_curve.csv")
    ]
    sites = read(out / "provision.csv")
    best = [row for row in sites if row["rank"] == "1"]
    assert [int(row["urn"]) for row in best] == [
        s["urns"][0] for s in record["choices"][0]["sites"]
    ]
    text = (out / "provision.html").read_text(encoding="utf-8")
    today = re.search(r"Score today</dt><dd>([\d,.]+)</dd>", text)
    assert today is not None
    assert f"Score {today[1]}." in answered.stdout
    page = Page.of(text)
    shown = page.table("Sites of choice 1")
    assert [row["School"] for row in shown] == [row["school"] for row in best]
    for row in page.table("What each measure is worth")[1:]:
        assert row["The last one is worth"] in answered.stdout
    for row in best:
        assert row["school"] in answered.stdout
    assert "ASD, secondary: where 2 new provisions would help most." in answered.stdout
    assert "Provisions with spare places" in answered.stdout
    assert page.table("Provisions with spare places") == [] or read(out / "provision_spare.csv")


def read(path):
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_no_choice_of_the_town_is_better(town):
    """Two secondaries have no places for ASD: there is one choice of two, and it is taken."""
    out = town[3]
    urns = {row["urn"] for row in read(out / "provision.csv") if row["rank"] == "1"}
    assert urns == {str(FIRST + 4), str(FIRST + 7)}


def test_the_same_command_writes_the_same_bytes(town):
    """There is no clock in what is written."""
    folder, scenario, _, out = town
    before = bytes_of(out)
    again = run(
        *(folder / "hand.csv", "--scenario", scenario, "--need", "ASD", "--new", "2"),
        *("--places", "8", "--share", "0.3", "--spare", "--out", out),
    )
    assert again.exit_code == 0
    assert bytes_of(out) == before


def test_every_fault_is_in_one_message_and_nothing_is_written(town, tmp_path):
    """Need, numbers, and a list: exit 2, and the folder is not made."""
    _, scenario, _, _ = town
    path = tmp_path / "c.csv"
    path.write_text("urn,places\n1,-5\n", encoding="utf-8")
    answered = run(
        *(scenario, "--need", "ASDD", "--new", "-1", "--places", "2.5", "--candidates", path),
        *("--out", tmp_path / "out"),
    )
    assert answered.exit_code == 2
    assert "5 faults in the input" in answered.stderr
    for part in ("Did you mean ASD?", "new: -1 is out of range", "2.5 is not a whole number"):
        assert part in answered.stderr
    assert "c.csv, row 2" in answered.stderr
    assert "Traceback" not in answered.output
    assert not (tmp_path / "out").exists()


def test_a_folder_of_something_else_is_refused_before_the_search(town, tmp_path):
    """Nothing in it is changed, and nothing is searched for."""
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    answered = run(town[1], "--need", "ASD", "--out", tmp_path)
    assert answered.exit_code == 2
    assert "holds other files and no provision.json" in answered.stderr
    assert "searching" not in answered.stderr


def test_pupils_of_a_planner_are_not_for_the_public(town, tmp_path):
    """The list is for insiders, whose files bear the marking."""
    path = tmp_path / "p.csv"
    path.write_text(f"urn,need,pupils\n{FIRST},ASD,3\n", encoding="utf-8")
    asked = (town[1], "--need", "ASD", "--new", "1", "--pupils", path, "--out", tmp_path / "out")
    public = run(*asked)
    assert public.exit_code == 2
    assert "which the public must not see" in public.stderr
    inside = run(*asked, "--audience", "internal")
    assert inside.exit_code == 0, inside.output
    assert inside.stdout.startswith("OFFICIAL-SENSITIVE")
    assert (tmp_path / "out" / "OFFICIAL-SENSITIVE.txt").is_file()


@pytest.mark.parametrize("role", ["special", "candidates"])
def test_few_places_of_a_list_are_not_for_the_public(town, tmp_path, role):
    """Below 5 they are refused; the hash of the list is keyed, so that no guess can be confirmed."""
    path = tmp_path / "list.csv"
    asked = (town[1], "--need", "ASD", "--new", "1", "--share", "0.3", f"--{role}", path)
    for places, code in (("4", 2), ("5", 0)):
        row = f"{FIRST + 4},{places}" if role == "candidates" else f"North,{FIRST},ASD,{places}"
        header = "urn,places" if role == "candidates" else "name,urn,need,places"
        path.write_text(f"{header}\n{row}\n", encoding="utf-8")
        answered = run(*asked, "--out", tmp_path / "out")
        assert answered.exit_code == code, answered.output
        if code:
            assert "fewer than 5 places are a small count" in answered.stderr
    record = json.loads((tmp_path / "out" / "provision.json").read_text(encoding="utf-8"))
    (source,) = [one for one in record["inputs"] if one["role"].startswith("provision")]
    assert source["sha256"].startswith("hmac-")


def test_nothing_for_the_public_tells_a_small_count(tmp_path):
    """A school with 0, 2 or 4 pupils with an EHCP: to the byte the same, but for its keyed hash."""
    seen, inside = [], []
    for small in (0, 4):
        scenario = write_town(tmp_path, (20, 15, 31, 42, small, 25, 28, 39))
        for audience, found in (("public", seen), ("internal", inside)):
            out = tmp_path / audience
            answered = run(scenario, "--need", "ASD", "--new", "1", "--audience", audience,
                           "--share", "0.2", "--out", out)  # fmt: skip
            assert answered.exit_code == 0, answered.output
            files = bytes_of(out)
            record = json.loads(files.pop("provision.json"))
            found.append((answered.stdout, record["today"], record["choices"], files.keys(),
                          files["provision.csv"], files["provision_curve.csv"]))  # fmt: skip
    assert seen[0] == seen[1]
    assert inside[0] != inside[1]


def test_names_that_are_scripts_are_text(tmp_path):
    """On the page, in the table, and in the titles of the map."""
    scenario = write_town(tmp_path, name="<img src=x onerror=alert(1)>{{ 7*7 }}")
    answered = run(scenario, "--need", "ASD", "--new", "1", "--out", tmp_path / "out")
    assert answered.exit_code == 0, answered.output
    text = (tmp_path / "out" / "provision.html").read_text(encoding="utf-8")
    assert "<img" not in text
    assert "{{" not in text
    assert "&#60;img src=x onerror=alert(1)&#62;" in text


def test_a_plan_that_is_not_there_is_a_scenario_that_is_not(tmp_path):
    """The message names what would do."""
    answered = run(tmp_path / "nowhere", "--need", "ASD")
    assert answered.exit_code == 2
    assert "there is no scenario" in answered.stderr


@pytest.mark.browser
@pytest.mark.parametrize("width", [1200, 360])
def test_the_page_is_accessible_and_fits(town, visit, width):
    """No fault that axe finds, no request, nothing wider than the window but the tables."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = visit(town[3] / "provision.html", width=width)
    found = axe.Axe().run(page, options={"resultTypes": ["violations"]})
    assert [
        (fault["id"], fault["nodes"][0]["target"]) for fault in found.response["violations"]
    ] == []
    assert page.requests == []
    assert page.faults == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
