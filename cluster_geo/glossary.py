"""What the words of a plan mean: one definition each, which every page, sheet and command shows.

A reader who meets two definitions of a word looks for two things, so no other text defines one of
these: it takes the definition from here.
"""

from __future__ import annotations

from types import MappingProxyType

TRUSTS_SPREAD = "Clusters that trusts are spread over"

# For readers of a plan, in the order in which a report first uses them.
READERS = MappingProxyType(
    {
        "Cluster": "A group of schools that would meet, share specialist staff and plan pupils' "
        "move to secondary school together",
        "Central school": "The school to which all of a cluster travel least. It is a suggested "
        "meeting place, with no lead role, funding or status",
        "Journey": "The way from a school to the central school of its cluster. The central "
        "school's own is 0, and counts in a mean",
        "All-through": "A school that teaches primary and secondary pupils. It is counted once, "
        "and counts as both wherever a rule asks for a primary or a secondary school",
        "SRP": "Specialist resource provision or SEN unit: places in a mainstream school for one "
        "or more types of need",
        "Pathway": "A primary SRP, and for one of its needs the secondary SRP to which its pupils "
        "go on",
        "Way on": "A secondary SRP for the same need at the same school or in the same cluster, or "
        "elsewhere as far as the plan counts that",
        "Provision gap": "A place where specialist provision is missing",
        "Trust": "Multi-academy trust: a body that runs several academies",
        TRUSTS_SPREAD: "For each trust of two or more schools, the clusters in which it has a "
        "school, added up. The fewest possible takes only the largest size of a cluster into "
        "account",
        "Rule": "What is asked of a plan: a requirement or a preference",
        "Requirement": "A rule that a plan may not break",
        "Preference": "A rule that a plan need not meet in full; how far it falls short adds to "
        "the score",
        "Weight": "How much one unit of what a preference counts adds to the score: a kilometre of "
        "journey, a cluster in which a trust has a school, a school outside its zone",
        "Score": "What all preferences add, journeys among them. Lower is better. It is not a "
        "distance and not money",
        "Bound": "A proven minimum: no plan that meets the requirements can score below it",
        "Distance from the best possible": "The most by which the score could still improve: the "
        "score less the bound, as a share of the score",
        "In one piece": "Each school of a cluster can be reached from each other one by way of "
        "neighbours in the same cluster",
        "Ground of a cluster": "The land that is nearer to its schools than to another cluster's. "
        "It is a picture of the plan, not a catchment or admissions area",
        "Layer": "Boundaries of one kind, such as districts, wards or PCNs",
        "Zone": "One of the parts into which a layer of boundaries divides the county, such as one "
        "district",
        "Mainly in": "The zone (district, Area, PCN) with most of a cluster's schools, its main "
        "zone; of an evenly split cluster that of the central school; a school in another zone is "
        "outside",
        "District": "The second tier of local government",
        "Area": "With a capital: a group of districts that the council uses as a division of its "
        "own",
        "PCN": "Primary care network: a group of GP practices, and the area its patients live in",
        "Move": "A school moves when it is in one cluster of the earlier plan and in another of "
        "the later one, whatever the clusters are called",
        "Unresolved": "It is not proven whether the score rises, falls or stays the same",
        "Associated setting": "A special school, pupil referral unit or planned setting: shown on "
        "the map, never counted",
        "SEND": "Special educational needs and disabilities",
        "EHCP": "Education, health and care plan",
        "URN": "Unique reference number of a school in the register",
        "GIAS": "The Department for Education's register of schools, Get Information About Schools",
    }
)
# For those who make a plan, beside the words above.
PLANNERS = MappingProxyType(
    {
        "Plan": "Every school in exactly one cluster",
        "Scenario": "A file that says which schools and boundaries to read, and which requirements "
        "and preferences a plan is made by",
        "Federation": "Maintained schools under one governing body",
        "Neighbours": "Schools next to each other on the ground, without water between them unless "
        "a crossing joins its banks",
        "Crossing": "A bridge, tunnel or ferry that joins two banks, so that schools on them can "
        "be neighbours",
        "Pin": "A setting that holds schools together, apart, or in a cluster of a given number",
        "Frozen": "Kept as it is in the earlier plan: a frozen cluster gains and loses no school",
    }
)
WORDS = MappingProxyType({**READERS, **PLANNERS})

# What a reader calls the strengths of a rule.
KINDS = MappingProxyType({"hard": "requirement", "priced": "preference", "shown": "shown only"})
# What a rule is found to be in a cluster or a plan, in one word on every page.
MET, BROKEN = "met", "broken"


def meaning(word: str) -> str:
    """Return what a word means, as a sentence."""
    return f"{WORDS[word]}."


def defined(word: str) -> str:
    """Return a word with its meaning: "District: the second tier of local government."."""
    text = meaning(word)
    return f"{word}: {text[:1].lower()}{text[1:]}"
