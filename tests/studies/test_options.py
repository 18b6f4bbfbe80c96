"""Options in a folder."""

import dataclasses
from dataclasses import replace

import pandas as pd
import pyogrio
import pytest

import cluster_geo as cg
from cluster_geo import wishes
from cluster_geo.alternatives import find_options
from cluster_geo.certificate import CERTIFICATE_FILE, verify
from cluster_geo.plan import read_plan
from cluster_geo.scenario import load_county, read_scenario
from cluster_geo.studies import options_in_folder
from tests.cli.street import FIRST, write_street
from tests.studies.test_runs import here, town  # noqa: F401 - fixtures


@pytest.fixture
def wide(town):  # noqa: F811
    """The town, with room for more than one plan."""
    solve = town.solve.model_copy(update={"time_limit": 20.0})
    return town.model_copy(update={"solve": solve})


def test_options_are_written_with_what_they_agree_on(wide, here, tmp_path):  # noqa: F811
    """Each option has its folder; tables, layers and page tell what is settled, also in doubt."""
    folder = tmp_path / "options"
    found, doubt = options_in_folder(
        load_county(wide),
        wide,
        folder,
        number=2,
        within=0.9,
        least_different=0.1,
        doubt=True,
        processes=1,
    )
    names = [f"option-{option.name}" for option in found.options]
    assert len(names) == 2
    assert sorted(p.name for p in folder.glob("option-*")) == names
    assert all((folder / name / "map.html").is_file() for name in names)
    settled = pd.read_csv(folder / "settled.csv")
    assert sorted(settled["urn"]) == list(load_county(wide).urns)
    assert {row[0] for row in pyogrio.list_layers(folder / "settled.gpkg")} == {
        "schools",
        "neighbours",
    }
    page = (folder / "options.html").read_text(encoding="utf-8")
    assert "deserves the meeting" in page
    assert "Under doubt" in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert doubt is not None
    assert len(doubt.rows) == len(here)
    assert (folder / "settled_under_doubt.csv").is_file()
    assert (folder / "pairs_under_doubt.csv").is_file()
    assert "Plans under doubt" in (folder / "settled.html").read_text(encoding="utf-8")


def test_fewer_options_leave_no_stale_folder(wide, tmp_path):
    """A second call that finds fewer takes the folders of the first away, and nothing else."""
    folder = tmp_path / "options"
    options_in_folder(load_county(wide), wide, folder, number=2, within=0.9, least_different=0.1)
    (folder / "option-mine").mkdir()
    options_in_folder(load_county(wide), wide, folder, number=1)
    assert sorted(p.name for p in folder.glob("option-*")) == ["option-A", "option-mine"]


def test_the_folder_and_the_library_find_the_same(wide, tmp_path):
    """With work for a limit the command's options are those a notebook finds."""
    asked = wide.model_copy(
        update={"solve": wide.solve.model_copy(update={"work": 4000, "time_limit": 60.0})}
    )
    written, _ = options_in_folder(
        load_county(asked), asked, tmp_path / "o", number=2, within=0.9, least_different=0.1
    )
    first = read_plan(tmp_path / "o" / "option-A" / "clusters.csv", load_county(asked))
    assert first.code_of == written.options[0].plan.code_of
    again = find_options(load_county(asked), asked, number=2, within=0.9, least_different=0.1)
    assert [set(o.plan.clusters) for o in again.options] == [
        set(o.plan.clusters) for o in written.options
    ]
    assert dataclasses.is_dataclass(again)


def test_searches_under_doubt_without_a_plan_say_nothing(wide, here, tmp_path, monkeypatch):  # noqa: F811
    """How many plans are laid over each other is said, and how many searches found none."""
    propose = wishes.solve_scenario

    def half(county, scenario, **more):
        result, rulebook = propose(county, scenario, **more)
        if scenario.travel.factor == 1.5:
            result = replace(result, status="none found", plan=None, cost=None, bound=None)
        return result, rulebook

    monkeypatch.setattr(wishes, "solve_scenario", half)
    _, doubt = options_in_folder(
        load_county(wide), wide, tmp_path / "o", number=1, doubt=True, processes=1
    )
    assert doubt.agreed.missing == 1
    plans = len(doubt.agreed.plans)
    assert plans == len(here)
    page = " ".join((tmp_path / "o" / "options.html").read_text(encoding="utf-8").split())
    assert f"in every one of the {plans} plans found. 1 of the searches found no plan" in page


def test_only_the_best_option_has_a_certificate(wide, tmp_path):
    """What another search has proven is of scores with a charge for being alike."""
    solve = wide.solve.model_copy(update={"certificate": True})
    asked = wide.model_copy(update={"solve": solve})
    folder = tmp_path / "options"
    found, _ = options_in_folder(
        load_county(asked), asked, folder, number=2, within=0.9, least_different=0.1
    )
    names = [f"option-{option.name}" for option in found.options]
    written = [(folder / name / CERTIFICATE_FILE).is_file() for name in names]
    assert written == [True, False]
    assert verify(folder / names[0], sample=2, processes=1).unsettled == ()


def test_options_keep_the_codes_and_names_of_the_plan_before(tmp_path):
    """As a plan proposed does: a school's letter has the name that it has known."""
    scenario = write_street(tmp_path, "psppspps", "WWWWEEEE")
    rows = [f"{FIRST + k},{'OLD-07' if k < 4 else 'OLD-09'},Elm {k // 4}" for k in range(8)]
    (tmp_path / "before.csv").write_text("\n".join(["urn,cluster,cluster_name", *rows]) + "\n")
    asked = {"plan.previous_plan": tmp_path / "before.csv", "solve.work": 20_000}
    wanted = read_scenario(scenario, asked | {"clusters.count": 2})
    found = cg.options(load_county(wanted), wanted, number=2, within=0.9)
    for plan in found.plans.values():
        assert set(plan.labels) == {"OLD-07", "OLD-09"}
        assert set(plan.names.values()) == {"Elm 0", "Elm 1"}
