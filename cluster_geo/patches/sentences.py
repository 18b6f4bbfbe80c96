"""What was found of a role, in a planner's words: patches, visits, posts and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator

from cluster_geo.optimise.certainty import open_share
from cluster_geo.patches.fewest import Fewest
from cluster_geo.patches.shares import unshared
from cluster_geo.patches.team import Team
from cluster_geo.phrases import amount, counted, in_short, limits
from cluster_geo.plan import Plan, title_of
from cluster_geo.rounding import down, exact, percent_up, share_up


def sentences_of(team: Team, plan: Plan, unit: str, *, hidden: bool) -> Iterator[str]:
    """Yield what was found of a role.

    Parameters
    ----------
    team : Team
    plan : Plan
    unit : str
        Of travel, and so of scores.
    hidden : bool
        Whether what depends on the number of visits is withheld.
    """
    yield _patches(team)
    yield _certainty(team, unit, hidden=hidden)
    over = unshared(team.asked.posts, team.asked.share_step)
    if over:
        step = amount(team.asked.share_step)
        yield f"{_posts(over)} is less than a step of {step} and is given to no cluster."
    if hidden:
        return
    yield _visits(team)
    if team.fewest is not None and team.asked.visits_per_post is not None:
        yield from _fewest(team, team.fewest, plan)
    if team.cost is not None:
        yield f"All visits of a year cost {team.cost:,.0f} GBP."
    yield from (notice.text for notice in team.demand.notices)


def _posts(number: float) -> str:
    return f"{amount(number)} of a post" if number < 1 else f"{amount(number)} posts"


def _given(team: Team) -> float:
    """Return the posts without the part that is less than a step, which nobody is given."""
    asked = team.asked
    return float(exact(asked.posts) - exact(unshared(asked.posts, asked.share_step)))


def _patches(team: Team) -> str:
    sizes = [len(patch.clusters) for patch in team.patches]
    number = counted(len(team.patches), "patch", "patches")
    few, many = min(sizes), max(sizes)
    beside = "neighbouring " if many > 1 else ""
    of = (
        counted(few, f"{beside}cluster") if few == many else f"{few:,} to {many:,} {beside}clusters"
    )
    serve = "post serves" if team.asked.posts == 1 else "posts serve"
    words = f"{amount(team.asked.posts)} {serve} {number} of {of}."
    outside = sum(len(patch.outside) for patch in team.patches)
    if team.asked.layer and team.asked.rule == "hard":
        words += f" No patch crosses a boundary of the layer {team.asked.layer}."
    elif team.asked.layer:
        lie = "lies" if outside == 1 else "lie"
        which = counted(outside, "cluster") if outside else "No cluster"
        words += f" {which} {lie if outside else 'lies'} outside the main zone of its patch."
    over = _given(team) - len(team.patches)
    if over > 0:
        words += (
            f" The part of a post beyond that, {amount(over)}, goes to the patches with the most "
            "visits for each post."
        )
    return words


def _certainty(team: Team, unit: str, *, hidden: bool) -> str:
    """Return how far the grouping can be from the best possible."""
    result = team.result
    score = (
        "" if hidden or result.cost is None else f"The grouping scores {result.cost:,.1f} {unit}"
    )
    weighed = ", of a year's travel and what its preferences add" if score else ""
    if result.status == "optimal":
        proof = "every possible patch was listed, and no grouping by the same rules scores lower"
        return f"{score}{weighed}: {proof}." if score else f"{proof[:1].upper()}{proof[1:]}."
    share = open_share(result.cost, result.bound)
    if share is None or result.bound is None:
        open_ = "nothing useful is proven yet about how far it is from the best possible"
        return f"{score}{weighed}; {open_}." if score else f"{open_[:1].upper()}{open_[1:]}."
    if hidden:
        return f"The grouping could improve by at most {percent_up(share_up(float(share)))}."
    return (
        f"{score}{weighed}. Under the same rules no grouping can score below {down(result.bound)}, "
        f"so it could improve by at most {percent_up(share)}."
    )


def _visits(team: Team) -> str:
    visits = f"The clusters call for {team.demand.total:,.0f} visits a year"
    each = team.asked.visits_per_post
    if each is None:
        return f"{visits}; how many a post can make was not given."
    can = each * _given(team)
    words = f"{visits}, and the posts can make {can:,.0f}."
    unmet, short = team.unmet or 0.0, max(0.0, team.demand.total - can)
    if not unmet:
        return f"{words} No patch calls for more than its posts can make."
    number = sum(bool(patch.unmet) for patch in team.patches)
    are = "visit is" if f"{unmet:,.0f}" == "1" else "visits are"
    words += (
        f" {unmet:,.0f} {are} beyond the posts of their patch, in "
        f"{counted(number, 'patch', 'patches')}"
    )
    if not short:
        return f"{words}; posts of other patches have as much room."
    return f"{words}; {short:,.0f} would be, however the posts were shared."


def _fewest(team: Team, fewest: Fewest, plan: Plan) -> Iterator[str]:
    size = team.asked.clusters_per_post
    clusters = f"{limits(size.low, size.high)} clusters"
    by_visits = (
        f"By their number alone {counted(fewest.by_visits, 'full post')} could make the visits"
    )
    if fewest.too_much:
        hubs = set(fewest.too_much)
        pairs = zip(plan.labels, plan.clusters, strict=True)
        names = [title_of(code, plan.names) for code, cluster in pairs if cluster.hub in hubs]
        yield (
            f"{by_visits}, but not with one post for each patch: more visits than "
            f"one post can make are called for by {in_short(names)}."
        )
    elif fewest.low is None:
        yield (
            f"{by_visits}. It is proven that in any grouping into patches of {clusters} some patch "
            "calls for more than one post can make: another range of clusters per post may help."
        )
    elif fewest.settled:
        why = (
            "by the number of visits alone no fewer could"
            if fewest.found == fewest.by_visits
            else "of all possible patches no fewer cover the clusters"
        )
        yield (
            "The fewest full posts that could make every visit, each in a patch of "
            f"{clusters}, are {fewest.found:,}: {why}."
        )
    else:
        found = "" if fewest.found is None else f", and {fewest.found:,} are enough"
        yield f"At least {counted(fewest.low, 'full post')} are needed to make every visit{found}."
