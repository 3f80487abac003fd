"""How often one address may call; counted in each worker process by itself."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

MOST_CALLERS = 10_000
BURST_SECONDS = 10.0


class RateLimit:
    """An even rate with a burst (GCRA): one number is kept for each caller.

    The number is the moment at which the caller's allowance will be whole again. The table is
    bounded; the caller seen longest ago is forgotten first.
    """

    def __init__(self, per_minute: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._interval = 60.0 / per_minute
        self._burst = max(BURST_SECONDS, self._interval)
        self._clock = clock
        self._lock = threading.Lock()
        self._whole_at: OrderedDict[str, float] = OrderedDict()

    def wait(self, caller: str) -> float:
        """Seconds that the caller must wait; 0 when this call is within the limit."""
        now = self._clock()
        with self._lock:
            whole_at = max(self._whole_at.pop(caller, now), now) + self._interval
            excess = whole_at - now - self._burst
            if excess > 1e-9:
                self._whole_at[caller] = whole_at - self._interval
                return excess
            self._whole_at[caller] = whole_at
            if len(self._whole_at) > MOST_CALLERS:
                self._whole_at.popitem(last=False)
            return 0.0
