"""A plan as the pack's YAML file, the same bytes for the same plan, and where in a pack's folder it belongs."""

from pathlib import Path
from typing import Any

import yaml

from comity.errors import BadInputError
from comity.knowledge import Plan
from comity.knowledge.schema import KnowledgeFile
from comity.knowledge.yaml_file import read_yaml
from comity.publishing.sparse import sparse

WIDTH = 140


class _Dumper(yaml.CSafeDumper):
    """Writes no anchors, which packs may not have."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def plan_yaml(plan: Plan, *, remark: str = "") -> str:
    """The text of a pack file that holds this plan; `remark` stands above it as a comment."""
    head = "".join(f"# {line}\n" for line in remark.splitlines())
    content = {"plans": [sparse(plan)]}
    return head + str(yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH))


def plan_path(folder: Path, plan: str) -> Path:
    """The file of a plan in a pack's folder. Raises BadInputError where another file of the pack describes the plan."""
    path = folder / f"plan-{plan}.yaml"
    for other in sorted(folder.glob("*.yaml")):
        if other != path and any(known.id == plan for known in read_yaml(other, KnowledgeFile).plans):
            raise BadInputError(f"{other}: describes the plan {plan!r} already; take it out there, or import under another id.")
    return path
