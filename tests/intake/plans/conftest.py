"""A small world of our own, so that these tests hang on no data file."""

import pytest

from comity.knowledge import Actor, Knowledge, Theme
from comity.records import ActorType

BODIES = ("UNDP", "WHO", "ESCAP", "UNICEF", "FAO")


@pytest.fixture(scope="session")
def small_world() -> Knowledge:
    actors = {body: Actor(id=body, type=ActorType.ORGANISATION, acronyms=(body,)) for body in BODIES}
    theme = Theme(id="maritime", group="peace-security", names={"en": ("Maritime cooperation",)}, strong={"en": ("unregulated fishing",)})
    return Knowledge(version="test", actors=actors, instruments={}, mechanisms={}, themes={"maritime": theme}, plans={})
