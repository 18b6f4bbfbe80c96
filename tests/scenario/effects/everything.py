"""The town with every file that a scenario can name."""

from __future__ import annotations

import json
from pathlib import Path

from tests.geometry.zoomstack import write_zoomstack
from tests.scenario.effects import ground, ties
from tests.scenario.effects.boundaries import wards
from tests.scenario.effects.schools import census_file
from tests.scenario.effects.town import AT, Town, urn


def every_file(town: Town) -> dict[str, Path | str]:
    """Write every file that a scenario can name; return the settings that name them."""
    before = town.plan_file("before.csv", A_1=(1, 2, 5, 6), B_2=(3, 4, 7, 8))
    town.file("run.json", json.dumps({"retired_codes": ["A-9"]}))
    tenths = [f"E0100000{k},{k}" for k in AT]
    decision = f"{urn(3)},To stay,Granted,It is near,2025-06-01,Director"
    response = f"Too far,12,A bus,{urn(3)},A-1,srp,Over an hour,yes"
    link = f"{urn(6)},200006,Predecessor,01-09-2024"
    return {
        "schools__file": town.file("s.csv", *town.table(lsoa_code={k: f"E0100000{k}" for k in AT})),
        "schools__census": census_file(town),
        "schools__links": town.file("links.csv", "URN,LinkURN,LinkType,LinkEstablishedDate", link),
        "schools__srp": town.file("srp.csv", "urn,need,places,on_roll", f"{urn(2)},ASD,20,17"),
        "schools__changes": town.file("c.csv", "urn,action,reason", f"{urn(1)},add,It stays"),
        "schools__deprivation": town.file("imd.csv", "LSOA code (2021),IDACI Decile", *tenths),
        "clusters__names": town.file("names.csv", "code,name,venue", "A-1,Mill,The hall"),
        "travel__matrix": ground.minutes_file(town),
        "neighbours__land": ground.land(town),
        "neighbours__crossings": ground.bridge_file(town),
        "boundaries__ward__file": wards(town),
        "boundaries__area__groups": town.file("area.csv", "ward,area", "W1,N", "W2,S", "W3,N"),
        "boundaries__area__of": "ward",
        "context__map__file": write_zoomstack(town.folder / "zoomstack.gpkg"),
        "pairs__file": ties.pairs_file(town),
        "networks__file": ties.networks_file(town),
        "reference__plan": before,
        "plan__previous_plan": before,
        "funding__pot__last_year": town.file("last_year.csv", "urn,pounds", f"{urn(1)},9"),
        "funding__pot__amount": "100.00",
        "funding__pot__terms__each__column": "schools",
        "funding__pot__terms__each__rate": "1.00",
        "columns__money__file": town.file("money.csv", "urn,money", f"{urn(1)},9"),
        "plan__corrections": town.file(
            "corr.csv",
            "figure,published,correct,since,reason",
            "Pupils,1,2,2025-06-01,Typed wrongly",
        ),
        "plan__second_clusters": town.file("second.csv", "urn,cluster", f"{urn(1)},A-2"),
        "plan__waves": town.file("waves.csv", "cluster,starts", "A-1,2026-09-01"),
        "plan__responses": town.file(
            "r.csv", "category,count,action,urns,clusters,rule,text,publish", response
        ),
        "plan__decisions": town.file("d.csv", "urn,request,decision,reason,date,role", decision),
    }
