"""A day of many networks, played on loopback: see bench_day."""
