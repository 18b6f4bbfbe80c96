"""Merrowshire: an invented county in the file formats of the real ones."""

from cluster_geo.example.files import example_files, example_folder, write_example

__all__ = ["example_files", "example_folder", "write_example"]
