# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#       jupytext_version: 1.19.6
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 6. A meeting
#
# Plans are decided in rooms: "move our school to that cluster", "keep these together", "what if".
# A session changes a plan step by step. Every request is judged by all the rules before anybody
# accepts it, every step is written to a journal, and any step can be undone. `cluster-geo review` does
# this on a map, in a browser; this notebook shows what is behind it, and replays a meeting.

# %%
import shutil
from pathlib import Path

import pandas as pd

import cluster_geo as cg
from cluster_geo.session import Lock, sentences_of, words_of
from cluster_geo.session.answers import answers_for

BASE = "example"
scenario = cg.read_scenario(BASE, {"solve.time_limit": 8})
proposal = cg.propose(cg.load_county(scenario), scenario)
folder, journal = Path("outputs") / "notebook_meeting", Path("outputs") / "notebook_meeting.review"
files = cg.write(proposal, folder)
# The journal of an earlier run of this notebook: its plan may have been another one.
shutil.rmtree(journal, ignore_errors=True)

# %% [markdown]
# ## A request, before anybody accepts it
#
# A head teacher asks to join another cluster. All of them, those that break no requirement first,
# then by the score:

# %%
meeting = cg.Session.open(folder, journal=journal)
school = meeting.county.urns[0]
names = meeting.county.schools.names
ranking = meeting.ranking(school)
pd.DataFrame(
    {
        "request": [words_of(one.request, meeting.draft, names) for one in ranking],
        "change of score": [round(one.change, 1) for one in ranking],
        "breaks": [", ".join(broken.rule for broken in one.broken) for one in ranking],
    }
).head(5)

# %% [markdown]
# The first of them is accepted, with who asked and why. The card below is what the room sees.

# %%
done = meeting.accept(ranking[0].request, by="Head teacher", asked="Nearer to us, please")
sentences_of(done)

# %%
meeting

# %% [markdown]
# ## What if?
#
# The last in the list breaks requirements as it stands. Which other schools would have to make room
# for it? Up to three answers, the fewest other moves first, each with its price.

# %%
wish = ranking[-1].request
meeting.refuse(wish, by="Parent", reason="Not without the others")
answers = answers_for(meeting.draft, meeting.judge, wish, work=200)
[(round(one.change, 1), len(one.others), one.best) for one in answers.found] or answers.words

# %% [markdown]
# ## Nothing is lost
#
# A cluster is locked; that is undone, and done again. The session is closed as if the lid of the
# computer had been. Opened again, it stands where it stood.

# %%
meeting.accept(Lock(code=done.rows[0].code), by="Chair")
meeting.undo()
meeting.redo()
stood = meeting.draft.digest
meeting.close()
meeting = cg.Session.open(folder, journal=journal)
assert meeting.draft.digest == stood
len(meeting.history.steps), meeting.summary.moved

# %% [markdown]
# ## What the meeting leaves behind
#
# A new folder with all outputs, the decisions, the moves, one page of minutes, the journal, and a
# scenario that keeps what was agreed. The folder that it began from is not changed.

# %%
written = meeting.finish(Path("outputs") / "notebook_agreed")
meeting.close()
pd.read_csv(Path("outputs") / "notebook_agreed" / "decisions.csv")
