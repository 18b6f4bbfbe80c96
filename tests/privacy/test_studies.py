"""Plans laid over each other: what is contested is told, and of small counts nothing."""

from __future__ import annotations

import pandas as pd

from cluster_geo.alternatives import Agreement, Option, Options, differences, outcome_row
from cluster_geo.export import write_options
from cluster_geo.publish import OptionsPublication
from tests.privacy.attack import differing, numbers_of
from tests.privacy.test_outputs import with_small
from tests.privacy.town import COUNTS, INTERNAL, PUBLIC, Town


def options(town: Town) -> Options:
    """The town's two plans as options."""
    plans = {"A": town.plan(), "B": town.plan(town.earlier)}
    agreed = Agreement.of(plans, town.county)
    rows = {
        name: {"title": name, "beyond": 0.01} | outcome_row(plan, town.county, town.rulebook)
        for name, plan in plans.items()
    }
    return Options(
        None, town.county, town.rulebook,
        tuple(Option(n, n, p, town.audit, 1.0, 0.01, None) for n, p in plans.items()),
        differences(plans), pd.DataFrame.from_dict(rows, orient="index").rename_axis("option"),
        agreed.schools, agreed.pairs,
    )  # fmt: skip


def test_pages_and_files_of_options_do_not_tell(tmp_path):
    """Contested schools stand by their pupils, largest first: not where these are withheld."""
    folders, insiders = [], []
    for k, pair in enumerate(((1.0, 4.0), (4.0, 1.0))):
        town = Town.read(tmp_path, with_small(COUNTS, pair))
        found = options(town)
        folders.append(tmp_path / f"public-{k}")
        write_options(folders[k], OptionsPublication(town.disclosed(PUBLIC), found, found.agreed))
        insiders.append(tmp_path / f"inside-{k}")
        write_options(
            insiders[k], OptionsPublication(town.disclosed(INTERNAL), found, found.agreed)
        )
    assert differing(*folders) == []
    told = {
        "settled.csv",
        "settled.gpkg",
        "settled.html",
        "options.html",
        "settled_under_doubt.csv",
    }
    assert told <= set(differing(*insiders))
    assert numbers_of(folders[0])["settled.csv"][256_000.0] == 1
