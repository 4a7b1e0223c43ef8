"""A regular expression that is compiled when it is first needed: a language has hundreds, and a short text meets few of them."""

import re
from functools import cached_property


class LatePattern:
    """`compiled` is the pattern of `source`."""

    def __init__(self, source: str) -> None:
        self.source = source

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.source)
