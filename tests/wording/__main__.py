"""Write the golden file of all texts that a user may see: python -m tests.wording."""

from tests.wording import GOLDEN, listing

GOLDEN.write_text(listing(), encoding="utf-8")
print(f"{GOLDEN}: {len(listing().splitlines())} lines")
