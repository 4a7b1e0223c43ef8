"""Who may do what, by method and path: the one table that decides. A way to change something that is not in it is refused for everybody.

`*` stands for any one step. The first step of a page's path is its language and stands in no rule.
"""

from msgspec import Struct

from comity.register.accounts import Role

ANYBODY = None
Steps = tuple[str, ...]


class Rule(Struct, frozen=True):
    """`role` is the least that may, None is anybody; `with_accounts` are pages that are not there in a portal without accounts."""

    path: str
    role: Role | None
    with_accounts: bool = False


READ = (
    Rule("sign-in", ANYBODY, True),
    Rule("sign-in/code", ANYBODY, True),
    Rule("sign-in/provider", ANYBODY, True),
    Rule("sign-in/back", ANYBODY, True),
    Rule("invitation/*", ANYBODY, True),
    Rule("account", Role.READER, True),
    Rule("saved", Role.READER, True),
    Rule("saved/*", Role.READER, True),
    Rule("people", Role.ADMINISTRATOR, True),
    Rule("audit", Role.ADMINISTRATOR, True),
    Rule("review", Role.REVIEWER),
    Rule("review/correct", Role.REVIEWER),
    Rule("review/alike", Role.REVIEWER),
    Rule("review/log", Role.REVIEWER),
    Rule("review/differ", Role.REVIEWER),
    Rule("review/join", Role.REVIEWER),
    Rule("upload", Role.CONTRIBUTOR),
    Rule("upload/*", Role.CONTRIBUTOR),
    Rule("upload/held", Role.EDITOR),
    Rule("upload/held/*", Role.CONTRIBUTOR),
)
CHANGE = (
    Rule("sign-in", ANYBODY, True),
    Rule("sign-in/code", ANYBODY, True),
    Rule("sign-out", ANYBODY, True),
    Rule("invitation/*", ANYBODY, True),
    Rule("account/password", Role.READER, True),
    Rule("account/factor", Role.READER, True),
    Rule("account/factor/confirm", Role.READER, True),
    Rule("account/factor/end", Role.READER, True),
    Rule("account/sessions/end", Role.READER, True),
    Rule("account/tokens", Role.READER, True),
    Rule("account/tokens/drop", Role.READER, True),
    Rule("saved", Role.READER, True),
    Rule("saved/*", Role.READER, True),
    Rule("people/invite", Role.ADMINISTRATOR, True),
    Rule("people/withdraw", Role.ADMINISTRATOR, True),
    Rule("people/role", Role.ADMINISTRATOR, True),
    Rule("people/shut", Role.ADMINISTRATOR, True),
    Rule("people/reset", Role.ADMINISTRATOR, True),
    Rule("review/name", Role.REVIEWER),
    Rule("review/decide", Role.REVIEWER),
    Rule("review/correct", Role.REVIEWER),
    Rule("review/alike", Role.REVIEWER),
    Rule("review/undo", Role.REVIEWER),
    Rule("review/join", Role.REVIEWER),
    Rule("contradictions/decide", Role.REVIEWER),
    Rule("plans/*/lines/*/status", Role.REVIEWER),
    Rule("plans/*/lines/*/score", Role.REVIEWER),
    Rule("documents/*/withdraw", Role.EDITOR),
    Rule("upload", Role.CONTRIBUTOR),
    Rule("upload/held/*", Role.EDITOR),
)
API_READ = (Rule("suggestions", Role.REVIEWER), Rule("decisions", Role.REVIEWER))
API = (Rule("decisions", Role.REVIEWER, True), Rule("documents", Role.CONTRIBUTOR, True))
"""What programs of some only may read, and what they may change, under `/api/v1`."""


def rule_for(method: str, path: str) -> Rule | None:
    """The rule for reading (`GET`) or changing (`POST`) what is at a path; None where nothing may be changed there.

    What has no rule of its own is read by anybody, or by whoever has an account where the portal is private."""
    steps = tuple(step for step in path.split("/") if step)
    if steps[:2] == ("api", "v1"):
        return _first(API, steps[2:]) if method == "POST" else _first(API_READ, steps[2:]) or Rule("", ANYBODY)
    if method == "POST":
        return _first(CHANGE, steps[1:])
    return _first(READ, steps[1:]) or Rule("", ANYBODY)


def is_open_when_private(path: str) -> bool:
    """What everybody sees even in a private portal: how to get in, and the style sheet."""
    steps = tuple(step for step in path.split("/") if step)
    return not steps or steps[0] == "static" or (len(steps) > 1 and steps[1] in ("sign-in", "sign-out", "invitation"))


def _first(rules: tuple[Rule, ...], steps: Steps) -> Rule | None:
    """The rule that names the path most exactly: `upload/held` goes before `upload/*`."""
    fitting = [rule for rule in rules if _fits(tuple(rule.path.split("/")), steps)]
    return min(fitting, key=lambda rule: rule.path.count("*"), default=None)


def _fits(rule: Steps, steps: Steps) -> bool:
    return len(rule) == len(steps) and all(step in ("*", asked) for step, asked in zip(rule, steps, strict=True))
