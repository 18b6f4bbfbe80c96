"""A plan changed by hand away from its run: `--base` names the folder that it came from."""

import json

import pandas as pd
import pytest

from tests.cli.street import FIRST, write_street


@pytest.fixture
def edited(run, tmp_path):
    """A street solved to the end, and two copies of its list with one school moved, elsewhere."""
    scenario = write_street(tmp_path, "psppspps", "WWWWEEEE", "T..TT..T")
    told = run("propose", scenario, "--out", "out", "--set", "solve.work=20000")
    assert told.exit_code == 0, told.output
    table = pd.read_csv(tmp_path / "out" / "clusters.csv", dtype=str)
    own = table["cluster"].iloc[3]
    there = next(code for code in table["cluster"] if code != own)
    table.loc[3, "cluster"] = there
    (tmp_path / "desk").mkdir()
    # Only the cluster is edited: the name beside it is the old one.
    table.to_csv(tmp_path / "desk" / "edited.csv", index=False)
    table[["urn", "cluster"]].to_csv(tmp_path / "desk" / "bare.csv", index=False)
    return tmp_path / "desk", there


@pytest.mark.parametrize("file", ["edited.csv", "bare.csv"])
def test_a_plan_edited_elsewhere_is_that_of_its_run(run, edited, tmp_path, file):
    """Its scenario, its names and colours, and how far it is from the best possible."""
    desk, there = edited
    told = run("export", desk / file, "--base", "out", "--to", "new")
    assert told.exit_code == 0, told.output
    assert "could improve by at most" in " ".join(told.stdout.split())
    before = pd.read_csv(tmp_path / "out" / "clusters.csv").set_index("urn")
    after = pd.read_csv(tmp_path / "new" / "clusters.csv").set_index("urn")
    moved = before.index[before["cluster"] != after["cluster"]]
    assert list(moved) == [FIRST + 3]
    names = dict(zip(before["cluster"], before["cluster_name"], strict=True))
    assert after.loc[FIRST + 3, "cluster_name"] == names[there]
    assert dict(zip(after["cluster"], after["cluster_name"], strict=True)) == names
    records = [json.loads((tmp_path / d / "run.json").read_text()) for d in ("out", "new")]
    assert records[0]["colours"] == records[1]["colours"]
    assert records[0]["bound"] == records[1]["bound"]


@pytest.mark.parametrize(
    "call",
    [
        ("audit", "{plan}"),
        ("why", "{plan}", FIRST, "--time-limit", "2"),
        ("map", "{plan}", "--out", "map.html"),
        ("move", "{plan}", f"{FIRST}={{there}}", "--out", "moved"),
    ],
)
def test_every_command_knows_the_base(run, edited, call):
    """Without it there is no scenario, and the message says so."""
    desk, there = edited
    name, *rest = [str(part).format(plan=desk / "edited.csv", there=there) for part in call]
    told = run(name, *rest)
    assert told.exit_code == 2
    assert "--scenario" in told.stderr
    told = run(name, *rest, "--base", "out")
    assert told.exit_code == 0, told.output
    told = run(name, *rest, "--base", "nowhere")
    assert told.exit_code == 2
    assert "nowhere" in told.stderr
