"""How far two coders agree on which clauses fit which plan lines: `python tools/link_coders.py`.

In come `tests/real/links.jsonl`, judged by the first, and `tests/real/links_second_coder.jsonl`: 240 of its clauses in no order, judged by
another who saw the clauses and the lines and nothing else. Both are large language models.
"""

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1] / "tests" / "real"


def main() -> None:
    first = [tuple(row["lines"]) for row in _rows("links.jsonl")]
    pairs = [(first[row["clause"]], tuple(row["lines"])) for row in _rows("links_second_coder.jsonl")]
    both = [(one, other) for one, other in pairs if one and other]
    print(
        f"{len(pairs)} clauses; whether any line fits: the same {agreement(pairs):.2f}, Cohen's kappa {kappa(pairs):.2f} "
        f"({sum(bool(one) for one, _ in pairs)} fit by the first, {sum(bool(other) for _, other in pairs)} by the second)"
    )
    same, shared = sum(one[0] == other[0] for one, other in both), sum(bool(set(one) & set(other)) for one, other in both)
    print(f"of {len(both)} that both tie: the same first line {same}, a line in common {shared}")


def agreement(pairs: list[tuple[tuple[str, ...], tuple[str, ...]]]) -> float:
    """The share of clauses of which both say that a line fits, or both that none does."""
    return sum(bool(one) == bool(other) for one, other in pairs) / len(pairs)


def kappa(pairs: list[tuple[tuple[str, ...], tuple[str, ...]]]) -> float:
    """Cohen's kappa of that question: 1 where they always agree, 0 where they agree as often as chance would."""
    first, second = (sum(bool(pair[coder]) for pair in pairs) / len(pairs) for coder in (0, 1))
    chance = first * second + (1 - first) * (1 - second)
    return (agreement(pairs) - chance) / (1 - chance)


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (ROOT / name).read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
