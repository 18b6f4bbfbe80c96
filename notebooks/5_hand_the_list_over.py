# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 5. Hand the list over
#
# The plan is adopted. Now admissions, finance and the web team want it in their own systems, and
# every school needs a letter. This notebook writes the outputs, checks them against their own
# contract, joins them to another system's table and prepares the data for letters.

# %%
import json
from pathlib import Path

import pandas as pd

import cluster_geo as cg

BASE = "example"
settings = {
    "solve.time_limit": 8,
    "clusters.non_selective.rule": "shown",
    "plan.status": "adopted",
    "plan.version": "1.0",
    "plan.effective_date": "2026-09-01",
}
scenario = cg.read_scenario(BASE, settings)
proposal = cg.propose(cg.load_county(scenario), scenario)
folder = Path("outputs") / "notebook_adopted"
sorted(path.name for path in cg.write(proposal, folder))

# %% [markdown]
# ## The contract
#
# `datapackage.json` (Frictionless) and `clusters.schema.json` (JSON Schema) give the type, unit
# and meaning of each column. For example, they say that `pupils` includes nursery and sixth form.

# %%
package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
fields = pd.DataFrame(package["resources"][0]["schema"]["fields"])
fields[["name", "type", "unit", "description", "example"]].fillna("")

# %% [markdown]
# ## Join to another system
#
# Admissions know schools by LAESTAB, 886/1234, and not by URN. Keys are text, because a
# leading zero is part of the key.

# %%
clusters = pd.read_csv(folder / "clusters.csv", dtype={"laestab": str, "urn": "int64"})
admissions = pd.DataFrame(
    {"laestab": clusters["laestab"], "places": range(30, 30 + len(clusters))}
).sample(frac=1, random_state=1)
joined = admissions.merge(
    clusters[["laestab", "urn", "name", "cluster", "cluster_name"]],
    on="laestab",
    how="left",
    validate="one_to_one",
    indicator=True,
)
joined["_merge"].value_counts()

# %% [markdown]
# No school is lost: every school has a cluster, and the totals agree on both sides.

# %%
assert (joined["_merge"] == "both").all()
assert joined["places"].sum() == admissions["places"].sum()
joined.groupby(["cluster", "cluster_name"])["places"].agg(["size", "sum"])

# %% [markdown]
# ## Letters
#
# `mail_merge.csv` has one row for each school: its cluster, its central school and the other members, ready
# for a word processor's mail merge.

# %%
letters = pd.read_csv(folder / "mail_merge.csv")
letters.head(3)

# %%
letter = (
    "Dear head teacher of {school},\n\nyour school is in {cluster_name} ({cluster}) with "
    "{fellows_count} others. Meetings are likely to be at {hub}, {distance} away.\n\n"
    "The others are {fellows}.\n"
)
print(letter.format(**letters.iloc[0].to_dict()))

# %% [markdown]
# ## What to hand over with it
#
# The record of the run: the settings, how sure the plan is, and the hash of every file that was
# used.

# %%
record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
{name: record[name] for name in ("status", "cost", "bound", "gap", "unit")} | {
    "inputs": [(row["role"], row["sha256"][:12]) for row in record["inputs"]]
}
