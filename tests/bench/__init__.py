"""Measurements, beside the peers. Run by `make bench`, never by pytest: no timed assertion can hold."""
