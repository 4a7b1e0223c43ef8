"""What a finding rests on, as a record; and how a file is called in it."""

from pathlib import Path

from msgspec import Struct

from comity.reading.page import Page

PACKAGE = Path(__file__).parents[2]


class Ground(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing a finding rests on.

    `by` says what it is, a key of `languages/*/explain.yaml`; `quote` at `start` to `end` are the words of the text. `entry` is what the
    data file has, at `place` (`file:line`, from the package's folder) under `key`. Of a model: `likely`, from `at` on, and the features
    that weighed most."""

    by: str
    quote: str = ""
    start: int | None = None
    end: int | None = None
    entry: str = ""
    place: str = ""
    key: str = ""
    likely: float | None = None
    at: float | None = None
    features: tuple[tuple[str, float], ...] = ()


def words_ground(page: Page, by: str, start: int, end: int, *, entry: str = "", place: str = "", key: str = "") -> Ground:
    """A ground that words of the text are."""
    return Ground(by=by, quote=" ".join(page.text[start:end].split()), start=start, end=end, entry=entry, place=place, key=key)


def model_ground(
    name: str, *, likely: float | None = None, at: float | None = None, features: tuple[tuple[str, float], ...] = ()
) -> Ground:
    """A trained model as a ground; what trained it stands as its entry."""
    return Ground(
        by="model", place=f"reading/models/{name}.msgpack", entry=f"tools/train_{name}.py", likely=likely, at=at, features=features
    )


def short_place(place: str) -> str:
    """`languages/vi/cues.yaml:40` of a file of the package; a file elsewhere keeps its path."""
    return place.replace(f"{PACKAGE}/", "")
