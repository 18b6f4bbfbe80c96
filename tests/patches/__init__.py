"""Tests of patches: posts shared over the clusters of a plan, and clusters grouped for them."""
