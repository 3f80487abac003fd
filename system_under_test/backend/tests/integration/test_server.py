"""The production server: it goes gracefully, says nothing of itself, and sums its metrics."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from conftest import SignIn
from running import ROOT, eventually, raw, server, status_of
from workshop.settings import DatabaseSettings

MODULES = "/api/v1/modules"


def test_sigterm_lets_readiness_fail_and_then_finishes_what_is_in_flight(
    with_database: dict[str, str],
    database: DatabaseSettings,
    sign_in: SignIn,
    tmp_path: Path,
) -> None:
    """A write that waits for a lock while the signal comes is answered, and is in the database."""
    given = {"DRAIN_SECONDS": "10", "DRAIN_ANNOUNCE_SECONDS": "1", "DATABASE_STATEMENT_MS": "8000"}
    answers: list[httpx.Response] = []
    learner = sign_in("drained", "learner")
    with server(with_database | given, tmp_path / "log") as (process, address):

        def write() -> None:
            body = {"module": "small-commits"}
            url = f"{address}/api/v1/enrolments"
            answers.append(httpx.post(url, json=body, headers=learner, timeout=20))

        connection = psycopg.connect(host=database.host, dbname="workshop", user="postgres")
        with connection, connection.transaction():
            connection.execute("LOCK TABLE enrolments IN ACCESS EXCLUSIVE MODE")
            thread = threading.Thread(target=write)
            thread.start()
            time.sleep(0.3)
            process.send_signal(signal.SIGTERM)
            eventually(lambda: status_of(address, "/health/ready") == 503, 1)
            announced = httpx.get(address + "/api/v1/features")
            assert (announced.status_code, announced.headers["Connection"]) == (200, "close")
            eventually(lambda: status_of(address, "/health/live") == 0, 5)
            assert process.poll() is None, "a request is still in flight"
        thread.join()
        assert process.wait(10) == 0
    assert [answer.status_code for answer in answers] == [201]
    with psycopg.connect(host=database.host, dbname="workshop", user="postgres") as connection:
        deleted = connection.execute("DELETE FROM enrolments WHERE learner = 'drained'")
        assert deleted.rowcount == 1


def test_a_server_that_just_started_stops_as_quietly(
    with_database: dict[str, str], tmp_path: Path
) -> None:
    with server(with_database, tmp_path / "log") as (process, _):
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    log = (tmp_path / "log").read_text()
    assert '"level":"error"' not in log
    assert "Traceback" not in log


def test_no_request_fails_while_the_server_drains(
    with_database: dict[str, str], tmp_path: Path
) -> None:
    """Clients that keep connections open are served until told to close them."""
    given = {"DRAIN_SECONDS": "12", "DRAIN_ANNOUNCE_SECONDS": "3"}
    statuses: list[int] = []
    with server(with_database | given, tmp_path / "log") as (process, address):
        with httpx.Client(base_url=address) as client:
            for number in range(200):
                if number == 20:
                    process.send_signal(signal.SIGTERM)
                answer = client.get(MODULES)
                statuses.append(answer.status_code)
                if answer.headers["Connection"] == "close":
                    break
            assert set(statuses) == {200}
            assert len(statuses) > 20
        assert process.wait(20) == 0
    assert '"level":"error"' not in (tmp_path / "log").read_text()


@pytest.fixture(scope="module")
def running(with_database: dict[str, str], scratch: Path) -> Any:
    flags = scratch / "flags.json"
    flags.write_text((ROOT / "workshop/flags/flags.json").read_text())
    given = {
        "FLAGS_FILE": str(flags),
        "OTEL_TRACES_EXPORTER": "file",
        "TRACES_FILE": str(scratch / "spans.jsonl"),
        "BODY_BYTES": "2000",
    }
    with server(with_database | given, scratch / "log") as (_, address):
        yield address


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"NONSENSE\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\n\r\n", 400),
        (b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 9000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: a\r\n" * 70 + b"\r\n", 431),
        (b"GET / HTTP/1.1\r\nAuthori zation: Bearer secret-token\r\n\r\n", 400),
        (
            b"POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            400,
        ),
    ],
)
def test_what_cannot_be_read_gets_a_problem_document_without_a_banner(
    running: str, request_bytes: bytes, status: int
) -> None:
    head, _, body = raw(running, request_bytes).partition(b"\r\n\r\n")

    assert head.startswith(f"HTTP/1.1 {status} ".encode())
    assert b"application/problem+json" in head
    assert json.loads(body)["status"] == status
    assert b"secret-token" not in body
    assert b"server:" not in head.lower()
    assert b"gunicorn" not in head.lower() + body.lower()


def test_no_answer_has_a_banner(running: str) -> None:
    for path in (MODULES, "/nothing", "/health/live"):
        headers = httpx.get(running + path).headers
        assert not {"Server", "X-Powered-By"} & set(headers)


def test_a_huge_body_is_refused_whether_announced_or_not(running: str, sign_in: SignIn) -> None:
    headers = sign_in("ada", "learner") | {"Content-Type": "application/json"}
    url = f"{running}/api/v1/enrolments"

    announced = httpx.post(url, content=b"x" * 3000, headers=headers)
    chunked = httpx.post(url, content=iter([b"x" * 1000] * 3), headers=headers)

    assert [announced.status_code, chunked.status_code] == [413, 413]


def test_metrics_are_the_sum_of_all_workers(running: str) -> None:
    def count() -> float:
        page = httpx.get(f"{running}/metrics").text
        name = 'http_server_requests_total{method="GET",route="/api/v1/features",status="200"}'
        found = re.search(re.escape(name) + r" (\S+)", page)
        return float(found.group(1)) if found else 0.0

    before = count()
    for _ in range(40):  # a new connection each time, so that both workers are asked
        httpx.get(f"{running}/api/v1/features")

    assert {count() for _ in range(10)} == {before + 40}


def test_a_request_is_followed_from_the_header_to_the_database(running: str, scratch: Path) -> None:
    trace = os.urandom(16).hex()
    parent = {"traceparent": f"00-{trace}-00f067aa0ba902b7-01"}

    answer = httpx.get(f"{running}{MODULES}/small-commits", headers=parent)

    def spans() -> list[dict[str, Any]]:
        path = scratch / "spans.jsonl"
        lines = path.read_text().splitlines() if path.exists() else []
        return [span for span in map(json.loads, lines) if trace in span["context"]["trace_id"]]

    assert answer.headers["X-Trace-Id"] == trace
    eventually(lambda: any(span["kind"] == "SpanKind.SERVER" for span in spans()))
    of_request = next(span for span in spans() if span["kind"] == "SpanKind.SERVER")
    statements = [
        span["attributes"].get("db.statement", "")
        for span in spans()
        if span["parent_id"] == of_request["context"]["span_id"]
    ]
    assert any(statement.startswith("SELECT modules") for statement in statements)
    assert "small-commits" not in json.dumps(spans()), "values stay out of traces"
    assert trace in (scratch / "log").read_text()


def test_a_flag_changes_behaviour_at_run_time_and_a_broken_file_changes_nothing(
    running: str, scratch: Path
) -> None:
    def publish(text: str) -> None:
        fresh = scratch / "flags.new"
        fresh.write_text(text)
        fresh.replace(scratch / "flags.json")

    def order(_: int) -> str:
        return str(httpx.get(f"{running}/api/v1/features", timeout=10).json()["catalogue_order"])

    def orders() -> set[str]:
        """What both workers say: so many at once are more than one of them takes."""
        with ThreadPoolExecutor(12) as pool:
            return set(pool.map(order, range(36)))

    variants = {"newest": "newest", "popular": "popular"}

    def flag(default: str) -> str:
        return json.dumps(
            {"flags": {"catalogue-order": {"variants": variants, "default": default}}}
        )

    assert orders() == {"newest"}
    publish(flag("popular"))
    eventually(lambda: orders() == {"popular"}, 5)
    time.sleep(1.2)
    assert orders() == {"popular"}
    publish(flag("newest")[:40])
    time.sleep(1.2)
    assert orders() == {"popular"}
    publish(flag("newest"))
    eventually(lambda: orders() == {"newest"}, 5)


def test_an_unusable_environment_ends_the_server_with_one_message() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "workshop.server"],
        env={"PATH": os.environ["PATH"], "PORT": "none"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )

    assert ended.returncode == 2
    for name in ("ENVIRONMENT", "PORT", "DATABASE_HOST", "TOKEN_ISSUER"):
        assert name in ended.stderr
    assert "Traceback" not in ended.stderr


def test_logs_hold_no_token_and_no_address(running: str, sign_in: SignIn, scratch: Path) -> None:
    headers = sign_in("somebody@example.org", "learner")
    httpx.get(f"{running}/api/v1/enrolments", headers=headers)
    httpx.get(f"{running}/api/v1/enrolments?learner=somebody@example.org")

    log = (scratch / "log").read_text()
    lines = [json.loads(line) for line in log.splitlines()]
    assert any(line.get("route") == "/api/v1/enrolments" for line in lines)
    assert headers["Authorization"].removeprefix("Bearer ") not in log
    assert "somebody@example.org" not in log
    requests = [line for line in lines if line["message"] == "request"]
    assert all("127.0.0.1" not in json.dumps(line) for line in requests)


def test_a_refused_body_is_read_away_so_that_its_sender_hears_the_answer(
    running: str, sign_in: SignIn
) -> None:
    """Cut off while it still writes, a client or a proxy would see a broken connection instead."""
    headers = sign_in("ada", "learner") | {"Content-Type": "application/json"}

    answer = httpx.post(f"{running}/api/v1/enrolments", content=b"x" * 8_000_000, headers=headers)

    assert answer.status_code == 413
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGABRT, signal.SIGKILL])
def test_a_worker_that_ends_is_replaced(
    with_database: dict[str, str], tmp_path: Path, ending: signal.Signals
) -> None:
    """However it ends, what the workers share stays until the service itself ends."""
    with server(with_database, tmp_path / "log") as (process, address):
        before = workers(process)

        for worker in before:
            os.kill(worker, ending)

        eventually(lambda: len(workers(process) - before) == 2)
        eventually(lambda: status_of(address, "/health/ready") == 200)
        assert status_of(address, "/metrics") == 200
        assert list(tmp_path.glob("workshop-metrics-*"))
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert not list(tmp_path.glob("workshop-metrics-*"))


def workers(process: subprocess.Popen[bytes]) -> set[int]:
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return {int(child) for child in children.read_text().split()}
