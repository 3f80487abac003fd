"""Whether this task is going away: one byte that the master process and its workers share."""

import mmap


class Drain:
    """Made before the workers are forked; once begun, it is never taken back."""

    def __init__(self) -> None:
        self._shared = mmap.mmap(-1, 1)

    def begin(self) -> None:
        """Say that the task is going away."""
        self._shared[0] = 1

    @property
    def has_begun(self) -> bool:
        """Whether the task is going away."""
        return self._shared[0] == 1
