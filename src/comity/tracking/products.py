"""Rows of numbers and how they are multiplied: on this thread, and where it must be, to the last bit the same in any company."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
STEP = 2.0**-18
"""Numbers are rounded to so much before they are multiplied by those of a `Factor`."""


def product(matrix: Floats, vector: Floats) -> Floats:
    """Each row of the matrix by the vector, on this thread alone: for sizes like ours, the threads of `@` wait for each other longer than
    they work (on a busy machine 200 clauses a second instead of 1,600)."""
    result: Floats = np.einsum("ij,j->i", matrix, vector)
    return result


class Factor:
    """A matrix that rows are multiplied by, to the last bit the same whatever rows stand beside them: a product of matrices adds up in an
    order that depends on how many rows there are and where each stands, so here no sum is rounded. All numbers are whole ones of STEP, and
    what a row adds up to at most, its largest number by a column's numbers without their signs, is less than 2 ** 17: with twice 18 bits
    behind the point that leaves nothing to round in 53."""

    def __init__(self, matrix: Floats) -> None:
        self._steps = np.rint(matrix.astype(np.float64) / STEP)

    def of(self, rows: Floats) -> Floats:
        """Each row by the matrix."""
        whole: Floats = ((np.rint(rows.astype(np.float64) / STEP) @ self._steps) * STEP**2).astype(np.float32)
        return whole
