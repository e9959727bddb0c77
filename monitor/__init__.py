"""Vigie's engine: it listens, matches, flags and stores. No Qt anywhere; runs without a screen."""

__version__ = "0.1.0"
