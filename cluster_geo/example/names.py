"""Names of Merrowshire: invented, and sounding like England."""

from __future__ import annotations

# Town, place (metres from the origin), infant and junior pairs, primaries, secondaries.
TOWNS = (
    ("Alderwold", (8200, 14200), 1, 9, 4),
    ("Brackenford", (6200, 6000), 1, 4, 2),
    ("Kestwold", (10400, 21400), 0, 3, 1),
    ("Stanmere", (22800, 6400), 1, 8, 4),
    ("Holmsted Bay", (34600, 5400), 1, 4, 2),
    ("Saltholme", (31200, 17300), 1, 8, 4),
    ("Thornwick", (19800, 18800), 1, 4, 2),
    ("Skernehaven", (29800, 25600), 0, 3, 1),
)
ISLAND_TOWN = "Skernehaven"

VILLAGES = {
    "Alderwold": (
        "Ashwick Green", "Birlsham", "Cotterby", "Dunsholt", "Elverthorpe", "Farnleigh Cross",
        "Garthwell", "Hestcombe", "Inglestead", "Langsett Parva", "Mershden", "Netherquarn",
        "Orlaby", "Pemworth",
    ),
    "Saltholme": (
        "Quarnby", "Ravensett", "Sedgeholt", "Thringmere", "Ulverstead", "Wenholme",
        "Yarnthorpe", "Bramness", "Coldharrow", "Drayholm", "Eastry Fen", "Fulmarsh",
        "Great Marram", "Little Marram",
    ),
    "Stanmere": (
        "Harrowden St John", "Ivelby", "Kirkholt", "Lathwell", "Marlcombe", "Norsted",
        "Oxley Heath", "Penbury Magna", "Redmarsh", "Stowling", "Tilderby", "Upper Wenning",
        "Wattlesham", "Yelderstoke",
    ),
}  # fmt: skip
ISLAND_VILLAGES = ("Skerne Ness", "Gullwick", "Samphire Row", "Leysand", "Northbeacon")

FEATURES = (
    "Abbey Road", "Beacon Hill", "Castle Mead", "Chantry", "Eastgate", "Fairfield",
    "Greenacres", "Harbour Street", "Heron Park", "Hop Garden", "Kingsway", "Lady Wood",
    "Limekiln", "Meadowbank", "Mill Lane", "Northgate", "Oakfields", "Orchard Vale",
    "Parkside", "Priory", "Quayside", "Ropewalk", "Sandringham Road", "Southfields",
    "The Brooks", "Tollgate", "Valley View", "Westcliff", "Whitegate",
    "Ashlea", "Bell Lane", "Coppice Hill", "Dockyard", "Fishergate", "Highfields",
    "Longmeadow", "Manor Fields", "Pound Lane", "Rookery", "Spinney", "Waterside", "Windmill",
)  # fmt: skip
SAINTS = ("Anselm", "Bede", "Cuthbert", "Edith", "Hilda", "Mildred", "Oswald", "Wilfrid")

# Trust: identifier, name, town it grew from ("" where it spans the county), most schools.
TRUSTS = (
    ("9101", "Wold and Vale Learning Trust", "Alderwold", 9),
    ("9102", "Estuary Schools Trust", "Saltholme", 8),
    ("9103", "South Merrow Academies", "Stanmere", 8),
    ("9104", "Brackenford Partnership Trust", "Brackenford", 4),
    ("9105", "Diocese of Saltholme Academies Trust", "", 10),
    ("9106", "Beacon Education", "", 6),
)
DIOCESE = "Diocese of Saltholme"
ARCHDIOCESE = "Archdiocese of Merrow"
