"""How many connections each worker holds, known to all workers, so that they share the work.

The kernel hands a new connection to whichever worker it woke last, and with connections that stay
open one worker would end up with nearly all of them.
"""

import mmap
import struct

LEAD = 2  # how many connections a worker may be ahead of the one with the fewest
SLOT = struct.Struct("<i")


class Balance:
    """One number for each worker, in memory that all share; made before they are forked."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._shared = mmap.mmap(-1, workers * SLOT.size)

    def note(self, worker: int, connections: int) -> None:
        """Say how many connections a worker holds."""
        SLOT.pack_into(self._shared, (worker % self._workers) * SLOT.size, connections)

    def may_accept(self, connections: int) -> bool:
        """Whether a worker with so many connections should take one more.

        The worker with the fewest always may, so a connection never waits for nobody.
        """
        held = [
            int(SLOT.unpack_from(self._shared, at * SLOT.size)[0]) for at in range(self._workers)
        ]
        return connections <= min(held) + LEAD
