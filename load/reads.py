"""Reads at a steady rate, and whether they were fast enough: `locust -f load/reads.py`.

    locust -f load/reads.py --headless --host http://127.0.0.1:8080 \
        --requests-per-second 200 --p95-ms 25 -u 40 -r 40 -t 60s --reset-stats

Requests begin at random moments that depend on nothing (a Poisson process, as visitors who do not
know of each other make one): users that kept a fixed interval would go on meeting for a whole run
after anything that once held them up together. The run fails (exit status 1) when the 95th
percentile exceeds its limit, when a request fails, or when the rate was not reached.
"""

import random
import time
from argparse import Namespace
from typing import Any

import gevent
from locust import FastHttpUser, events, task
from locust.argument_parser import LocustArgumentParser
from locust.env import Environment

LEAST_SHARE_OF_RATE = 0.95


@events.init_command_line_parser.add_listener
def add_options(parser: LocustArgumentParser) -> None:
    """The rate and the limits of a run."""
    parser.add_argument("--requests-per-second", type=float, default=200.0)
    parser.add_argument("--p95-ms", type=float, default=25.0)
    parser.add_argument("--failed-percent", type=float, default=0.0)


def options_of(environment: Environment) -> Namespace:
    """The options of a run that has started."""
    assert environment.parsed_options is not None
    return environment.parsed_options


class Reader(FastHttpUser):
    """Somebody who looks through the catalogue without signing in."""

    slugs: tuple[str, ...] = ()

    def wait_time(self) -> float:
        """Keep this user's share of the rate, however long answers take."""
        self._next += self._pause()
        return max(0.0, self._next - time.monotonic())

    def on_start(self) -> None:
        """Learn which modules there are, and begin at a moment of one's own."""
        page = self.client.get("/api/v1/modules?limit=100", name="/api/v1/modules").json()
        self.slugs = tuple(module["slug"] for module in page["items"])
        self._turn = 0
        pause = self._pause()
        self._next = time.monotonic() + pause
        gevent.sleep(pause)

    def _pause(self) -> float:
        """Seconds from one request of this user to its next: exponentially distributed."""
        given = options_of(self.environment)
        return random.expovariate(given.requests_per_second / given.num_users)

    @task(5)
    def list_modules(self) -> None:
        """A page of the catalogue."""
        self.client.get("/api/v1/modules?limit=10", name="/api/v1/modules")

    @task(2)
    def filter_modules(self) -> None:
        """A page of one level, by title."""
        query = "level=beginner&order=title&limit=10"
        self.client.get(f"/api/v1/modules?{query}", name="/api/v1/modules?level")

    @task(3)
    def show_module(self) -> None:
        """One module after the other, with its lessons."""
        self._turn = (self._turn + 1) % len(self.slugs)
        self.client.get(f"/api/v1/modules/{self.slugs[self._turn]}", name="/api/v1/modules/{slug}")


@events.quitting.add_listener
def judge(environment: Environment, **_: Any) -> None:
    """Set the exit status from what was measured."""
    given, total = options_of(environment), environment.stats.total
    if total.last_request_timestamp is None or total.start_time is None:
        environment.process_exit_code = 1  # nothing measured proves nothing
        return
    worst = total.get_response_time_percentile(0.95)
    rate = total.num_requests / max(total.last_request_timestamp - total.start_time, 1e-9)
    broken = (
        worst > given.p95_ms
        or 100 * total.fail_ratio > given.failed_percent
        or rate < LEAST_SHARE_OF_RATE * given.requests_per_second
    )
    environment.process_exit_code = 1 if broken else 0
