"""The demonstration: sample feeds served on loopback by the program itself, so that the real path runs."""
