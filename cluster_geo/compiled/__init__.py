"""Annealing and pricing in compiled code: flat arrays in, clusters and bounds out."""
