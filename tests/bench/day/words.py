"""The brands of the day. Pure data."""

BRANDS = ("Zorbex", "Quintala", "Marvolin", "Tresodan", "Pellivar")
