"""Side by side: this project's optimiser and its peers on one county, one cost, one machine.

Run it with ``python -m tests.benchmarks --schools FILE``; see the readme in this folder.
"""
