"""Design clusters of schools with a proven bound on how much better any plan could be."""

__version__ = "0.1.0"
