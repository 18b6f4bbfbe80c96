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
# # 4. Options, and the schools to discuss
#
# Many plans have nearly the same score, and people should choose among them. Here are a few that are
# as different from one another as possible, and what they agree on: most schools are settled
# whatever is chosen; a few need discussion.

# %%
import geopandas as gpd
import pandas as pd

import cluster_geo as cg
from cluster_geo.alternatives import contested

pd.set_option("display.max_columns", 30)
BASE = "example"
scenario = cg.read_scenario(BASE, {"solve.time_limit": 45, "clusters.non_selective.rule": "shown"})
county = cg.load_county(scenario)
found = cg.options(
    county,
    scenario,
    number=4,
    within=0.02,
    least_different=0.10,
    progress=cg.NotebookProgress(scenario),
)
found.table[["title", "beyond", "travel", "trust_pieces", "outside_district", "with_srp"]].round(3)

# %%
list(found.statements)

# %% [markdown]
# ## How different are they?
#
# Share of the schools that are in another cluster, once clusters are matched.

# %%
found.differences.round(2)

# %% [markdown]
# ## Settled and contested

# %%
schools = found.schools
f"{(schools['settled'] == 1).sum()} of {len(schools)} schools are in the same cluster in every option"

# %%
points = county.schools.table.geometry.loc[schools.index]
ground = gpd.GeoDataFrame(schools[["settled"]], geometry=points, crs=county.schools.table.crs)
axes = county.layers["district"].zones.boundary.plot(color="#b9c2cc", figsize=(8, 7))
ground.plot(
    ax=axes,
    column="settled",
    cmap="magma",
    markersize=26,
    legend=True,
    edgecolor="#16283c",
    linewidth=0.4,
)
axes.set_axis_off()
axes.set_title("Share of the options that agree on the school's cluster")

# %% [markdown]
# The schools to discuss at the meeting: least settled first, then the largest.

# %%
contested(schools, 8)[["name", "district", "pupils", "settled", "usual", "others"]]

# %% [markdown]
# Neighbours that some options separate: this is the boundary that people will discuss.

# %%
found.pairs[found.pairs["together"].between(0.01, 0.99)].head(10)

# %% [markdown]
# ## Under doubt
#
# `cluster-geo options --doubt` does the same with every weight moved by a quarter and with other road
# factors: being sure of the score does not mean being sure of the map.
