"""The place of an event report in one number: the key of its reading, and its number in that."""

PLACES = 24
"""Bits of a place that number a report in its reading."""


def as_place(reading: int, number: int) -> int:
    return reading << PLACES | number


def reading_at(place: int) -> int:
    return place >> PLACES


def place_at(place: int) -> tuple[int, int]:
    """The reading and the number in it."""
    return place >> PLACES, place & ((1 << PLACES) - 1)
