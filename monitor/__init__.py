"""Vigie's engine: it listens, matches, flags and stores. No Qt anywhere; runs without a screen."""
