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
# # 2. Whose boundaries?
#
# The most disputed question of a consultation is whose boundaries to follow: the districts', the
# health service's PCNs', or none, so that schools' own ties decide. Here each is tried with all other
# settings the same, and one table shows what each costs.

# %%
from pathlib import Path

import pandas as pd

import cluster_geo as cg
from cluster_geo.alternatives import outcome_row, pareto, share_moved

pd.set_option("display.max_columns", 30)
BASE = "example"
TIME = {"solve.time_limit": 8, "clusters.non_selective.rule": "shown"}

# %% [markdown]
# Five alternatives. A layer that is `priced` may be crossed at a price; one that is `shown` is
# reported but has no effect.

# %%
DISTRICT, PCN = "boundaries.district", "boundaries.pcn"
ALTERNATIVES = {
    "districts priced": {f"{DISTRICT}.rule": "priced", f"{PCN}.rule": "shown"},
    "districts hard": {f"{DISTRICT}.rule": "hard", f"{PCN}.rule": "shown"},
    "PCNs priced": {f"{DISTRICT}.rule": "shown", f"{PCN}.rule": "priced"},
    "both priced": {f"{DISTRICT}.rule": "priced", f"{PCN}.rule": "priced"},
    "neither": {f"{DISTRICT}.rule": "shown", f"{PCN}.rule": "shown"},
}
scenarios = {name: cg.read_scenario(BASE, TIME | asked) for name, asked in ALTERNATIVES.items()}
county = cg.load_county(scenarios["neither"])

# %% [markdown]
# The two layers do not agree, which is why there is a dispute at all.

# %%
layers = county.layers
axes = layers["district"].zones.boundary.plot(color="#16283c", linewidth=1.6, figsize=(8, 7))
layers["pcn"].zones.boundary.plot(ax=axes, color="#a3004f", linewidth=1.2, linestyle="--")
county.schools.table.plot(ax=axes, color="#4a5868", markersize=8)
axes.set_axis_off()
axes.set_title("Districts (solid) and PCNs (dashed)")

# %% [markdown]
# ## Solve each
#
# Every search begins from the plan before it, so that differences come from the rules and not from
# the search.

# %%
proposals = {}
last = None
for name, scenario in scenarios.items():
    proposals[name] = cg.propose(county, scenario, start=last)
    last = proposals[name].plan

# %%
rows = {
    name: outcome_row(p.plan, county, p.rulebook, audit=p.audit, result=p.result)
    for name, p in proposals.items()
}
table = pd.DataFrame.from_dict(rows, orient="index")
table["front"] = pareto(table)
table[
    [
        "clusters",
        "travel",
        "trust_pieces",
        "outside_district",
        "outside_pcn",
        "with_srp",
        "gap",
        "front",
    ]
].round(3)

# %% [markdown]
# Scores cannot be compared between alternatives, because each has its own weights. Travel, trust
# pieces and crossings can. `front` marks alternatives that no other beats in everything.

# %%
axes = table.plot.scatter(x="outside_district", y="outside_pcn", s=60, c="#16283c", figsize=(7, 5))
for name, row in table.iterrows():
    axes.annotate(
        name,
        (row["outside_district"], row["outside_pcn"]),
        xytext=(6, 4),
        textcoords="offset points",
    )
axes.set_xlabel("schools outside their main district")
axes.set_ylabel("schools outside their main PCN")

# %% [markdown]
# ## How different are the maps?
#
# Share of the schools that would be in another cluster.

# %%
pd.DataFrame(
    {
        a: {b: share_moved(p.plan, q.plan) for b, q in proposals.items()}
        for a, p in proposals.items()
    }
).round(2)

# %% [markdown]
# A table for the meeting:

# %%
folder = Path("outputs")
folder.mkdir(exist_ok=True)
table.to_csv(folder / "notebook_boundaries.csv")
