"""What `import cluster_geo` can do, one order of arguments for all: county, scenario, plan.

The options after them are given by name. The command line calls the same functions.
"""
