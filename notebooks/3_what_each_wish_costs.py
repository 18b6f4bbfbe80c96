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
# # 3. What each preference costs
#
# "Keep our trust together." "Follow the districts." "An SRP in every cluster." Each is a fair
# request, and each makes the others harder to meet. Here each is dropped in turn, and made stronger
# in turn, so that a meeting can see what it would give up.

# %%
import pandas as pd

import cluster_geo as cg
from cluster_geo.alternatives import outcome_row

BASE = "example"
TIME = {"solve.time_limit": 4, "clusters.non_selective.rule": "shown"}
base = cg.read_scenario(BASE, TIME)
county = cg.load_county(base)
first = cg.propose(county, base)
first.result

# %% [markdown]
# What the rules charge this plan, in kilometres of travel: the current price of each preference.

# %%
charged = first.audit.by_rule.query("kind == 'priced'")[["clusters", "count", "price"]]
charged.round(1)

# %% [markdown]
# ## Drop each preference, then make it three times as strong

# %%
PREFERENCES = {
    "districts": "boundaries.district",
    "trusts": "trusts",
    "federations": "federations",
    "SRPs": "srp",
}
WEIGHTS = {"districts": 1.5, "trusts": 3.0, "federations": 6.0, "SRPs": 5.0}
runs = {("as it is", ""): first}
for preference, key in PREFERENCES.items():
    asked = {
        "dropped": {f"{key}.rule": "shown"},
        "stronger": {f"{key}.weight": 3 * WEIGHTS[preference]},
    }
    for change, setting in asked.items():
        scenario = cg.read_scenario(BASE, TIME | setting)
        runs[preference, change] = cg.propose(county, scenario, start=first.plan)

# %%
rows = {
    run: outcome_row(p.plan, county, p.rulebook, audit=p.audit, result=p.result)
    for run, p in runs.items()
}
table = pd.DataFrame.from_dict(rows, orient="index")
table.index = pd.MultiIndex.from_tuples(table.index, names=["preference", "change"])
measures = ["travel", "trust_pieces", "outside_district", "without_srp"]
table[[*measures, "gap"]].round(3)

# %% [markdown]
# The change from the first plan. A preference that changes nothing when it is dropped costs nothing:
# the plan meets it anyway. Differences smaller than the gap prove nothing.

# %%
change = table[measures] - table.loc[("as it is", ""), measures]
change.round(1)

# %%
axes = change["travel"].drop(("as it is", "")).plot.barh(figsize=(8, 4), color="#EE8866")
axes.set_xlabel("km of travel more (right) or less (left) than in the first plan")

# %% [markdown]
# ## A sentence for the minutes

# %%
for preference in PREFERENCES:
    saved = -change.loc[(preference, "dropped"), "travel"]
    print(f"Without the preference for {preference}, total travel would be {saved:.1f} km less.")
