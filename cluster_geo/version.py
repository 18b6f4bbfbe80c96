"""The version, apart from all else, so that every floor may state it."""

__version__ = "0.1.0"
