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
# # 1. A first plan
#
# You want to put every mainstream school of a county into a cluster of 8 to 14 schools, primary and
# secondary together. This notebook goes from the register of schools to a first plan, and shows how
# to read the result. It uses Merrowshire, the invented county that comes with the program; for your
# own, name another scenario in the next cell.

# %%
from pathlib import Path

import pandas as pd

import cluster_geo as cg
from cluster_geo.measures import totals
from cluster_geo.tables.clusters import cluster_table

pd.set_option("display.max_columns", 30)
BASE = "example"
scenario = cg.read_scenario(BASE, {"solve.time_limit": 20})
scenario

# %% [markdown]
# ## What was read
#
# Look at the data before you solve anything: how many schools, in which districts, and what the
# program noticed in the files.

# %%
county = cg.load_county(scenario)
county

# %%
county.schools.table.groupby(["district", "phase"]).size().unstack(fill_value=0)

# %%
[notice.text for notice in county.notices][:8]

# %% [markdown]
# The schools, with a line between neighbours. A cluster must be connected by these lines, so they
# decide which schools can be together. No line crosses water except the bridge to the island.

# %%
points = county.schools.points
place = dict(zip(county.urns, points, strict=True))
axes = county.schools.table.plot(
    column="phase",
    markersize=14,
    legend=True,
    legend_kwds={"loc": "lower left"},
    figsize=(8, 7),
    zorder=2,
)
for a, b in county.neighbours.graph.edges:
    (x, y), (u, v) = place[a], place[b]
    axes.plot([x, u], [y, v], color="#b9c2cc", linewidth=0.7, zorder=1)
axes.set_axis_off()

# %% [markdown]
# ## A plan
#
# The search takes as long as the scenario allows. `bound` is a proven minimum: no plan that keeps
# the rules can score lower. The distance between the two is the most that could still be gained.

# %%
proposal = cg.propose(county, scenario, progress=cg.NotebookProgress(scenario))
proposal.result

# %% [markdown]
# ## Is it a good one?
#
# The audit judges the plan by every rule, as it would one drawn by hand.

# %%
proposal.audit

# %%
clusters = cluster_table(county, proposal.plan)
clusters[
    ["name", "schools", "primaries", "secondaries", "srps", "trusts", "travel_mean", "travel_worst"]
]

# %%
totals(proposal.plan, county).round(2).to_frame()

# %% [markdown]
# The longest journeys are where head teachers will look first.

# %%
order = clusters.sort_values("travel_worst")
axes = order["travel_worst"].plot.barh(figsize=(8, 4), color="#77AADD")
axes.set_xlabel("longest journey to the central school, km")

# %% [markdown]
# ## The map

# %%
proposal

# %% [markdown]
# ## Keep it
#
# One folder with everything: map, report, spreadsheet and lists.

# %%
written = cg.write(proposal, Path("outputs") / "notebook_first_plan")
[path.name for path in written]
