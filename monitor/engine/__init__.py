"""Threads and decisions: what is due, what a poll means, what to alert. `service` is the one door."""
