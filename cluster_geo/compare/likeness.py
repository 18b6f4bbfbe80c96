"""How alike two words are, as slips of the hand go."""

from __future__ import annotations

from collections import Counter

# A letter left out, put in or swapped with its neighbour is a slip; another letter in its place
# is more often another name: St Mark's is not a misspelt St Mary's.
OTHER_LETTER = 1.5


def likeness(first: str, second: str, least: float = 0.0) -> float:
    """Return how alike two texts are: 1 is equal; 0 also stands for anything below `least`.

    It is one less the distance over the longer text's length. The distance is that of optimal
    string alignment (Damerau 1964, Levenshtein 1966), a letter replaced counted as `OTHER_LETTER`.
    """
    longer = max(len(first), len(second))
    if first == second:
        return 1.0
    most = (1.0 - least) * longer + 1e-9
    if _fewest(first, second) > most:
        return 0.0
    distance = _distance(first, second)
    return max(0.0, 1.0 - distance / longer) if distance <= most else 0.0


def _fewest(first: str, second: str) -> int:
    """Return a floor under the distance, from the letters alone whatever their order."""
    letters = Counter(first)
    letters.subtract(second)
    left = sum(number for number in letters.values() if number > 0)
    return max(left, len(second) - len(first) + left)


def _distance(first: str, second: str) -> float:
    """Fill the table of distances between beginnings, three rows at a time."""
    above: list[float] = []
    row = [float(j) for j in range(len(second) + 1)]
    for i, letter in enumerate(first, start=1):
        below = [float(i)]
        for j, other in enumerate(second, start=1):
            best = min(
                row[j] + 1.0,
                below[j - 1] + 1.0,
                row[j - 1] + (0.0 if letter == other else OTHER_LETTER),
            )
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                best = min(best, above[j - 2] + 1.0)
            below.append(best)
        above, row = row, below
    return row[-1]
