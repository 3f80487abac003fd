"""The file provider follows its file, and a broken file changes nothing."""

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
from openfeature import api
from openfeature.evaluation_context import EvaluationContext
from openfeature.exception import ErrorCode
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from splitio.client.config import DEFAULT_CONFIG

from workshop.flags.features import Features, make_provider
from workshop.flags.file_provider import FileProvider
from workshop.metrics import Metrics
from workshop.settings import FlagSettings

ADA = EvaluationContext(targeting_key="ada")


def write(path: Path, share: float) -> None:
    flag = {"variants": {"on": True, "off": False}, "default": "off", "rollout": {"on": share}}
    replace(path, json.dumps({"flags": {"recommendations": flag}}))


def replace(path: Path, text: str) -> None:
    """As a deployment would: a whole new file under the same name."""
    fresh = path.with_suffix(".new")
    fresh.write_text(text)
    fresh.replace(path)


def client_of(path: Path) -> Any:
    provider = FileProvider(path, check_seconds=0)
    api.set_provider(provider, str(path))
    return api.get_client(domain=str(path))


def test_a_change_of_the_file_takes_effect_at_run_time(tmp_path: Path) -> None:
    path = tmp_path / "flags.json"
    write(path, 0)
    client = client_of(path)

    assert client.get_boolean_value("recommendations", False, ADA) is False
    write(path, 100)
    assert client.get_boolean_value("recommendations", False, ADA) is True


@pytest.mark.parametrize("broken", ["", "{", '{"flags": {"recommendations": {}}}', "\x00\xff"])
def test_a_file_broken_in_mid_air_keeps_the_last_good_flags(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "flags.json"
    write(path, 100)
    client = client_of(path)
    assert client.get_boolean_value("recommendations", False, ADA) is True

    replace(path, broken)
    assert client.get_boolean_value("recommendations", False, ADA) is True
    path.unlink()
    assert client.get_boolean_value("recommendations", False, ADA) is True
    write(path, 0)
    assert client.get_boolean_value("recommendations", True, ADA) is False


def test_a_broken_file_is_told_once_and_not_at_every_request(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "flags.json"
    write(path, 100)
    client = client_of(path)
    client.get_boolean_value("recommendations", False, ADA)
    replace(path, "{")

    for _ in range(5):
        client.get_boolean_value("recommendations", False, ADA)

    assert [record.message for record in caplog.records] == ["flag file is not usable"]


def test_without_a_file_the_default_of_the_caller_holds(tmp_path: Path) -> None:
    detail = client_of(tmp_path / "none.json").get_boolean_details("recommendations", False, ADA)

    assert (detail.value, detail.error_code) == (False, ErrorCode.FLAG_NOT_FOUND)


def test_a_flag_of_another_type_gives_the_default_of_the_caller(tmp_path: Path) -> None:
    path = tmp_path / "flags.json"
    write(path, 100)
    client = client_of(path)

    assert client.get_string_value("recommendations", "newest", ADA) == "newest"
    assert client.get_integer_value("recommendations", 7, ADA) == 7
    assert client.get_float_value("recommendations", 0.5, ADA) == 0.5
    assert client.get_object_value("recommendations", {"a": 1}, ADA) == {"a": 1}


def test_what_was_decided_is_counted_with_its_variant(tmp_path: Path) -> None:
    path = tmp_path / "flags.json"
    write(path, 100)
    metrics = Metrics()

    choices = Features(FileProvider(path), metrics).choose("ada")

    assert choices.variants == {"recommendations": "on", "catalogue-order": "default"}
    page = metrics.page().decode()
    assert (
        'feature_flag_evaluations_total{flag="recommendations",reason="SPLIT",variant="on"} 1.0'
        in page
    )
    assert 'reason="FLAG_NOT_FOUND"' in page


def test_the_trace_of_a_request_tells_what_was_decided_for_it_and_not_for_whom(
    tmp_path: Path,
) -> None:
    path = tmp_path / "flags.json"
    write(path, 100)
    seen = InMemorySpanExporter()
    tracing = TracerProvider()
    tracing.add_span_processor(SimpleSpanProcessor(seen))

    with tracing.get_tracer("test").start_as_current_span("GET"):
        Features(FileProvider(path), Metrics()).choose("ada")

    events = seen.get_finished_spans()[0].events
    assert {event.name for event in events} == {"feature_flag.evaluation"}
    assert [dict(event.attributes or {}) for event in events] == [
        {
            "feature_flag.key": "recommendations",
            "feature_flag.provider.name": "file",
            "feature_flag.result.reason": "split",
            "feature_flag.result.value": "true",
            "feature_flag.result.variant": "on",
        },
        {
            "feature_flag.key": "catalogue-order",
            "feature_flag.provider.name": "file",
            "feature_flag.result.reason": "error",
            "feature_flag.result.value": "newest",
            "error.type": "flag_not_found",
        },
    ]


def test_the_bundled_file_is_a_good_one() -> None:
    bundled = Path(__file__).parents[2] / "workshop" / "flags" / "flags.json"
    provider = make_provider(FlagSettings(provider="file", file=bundled, sdk_key=None))

    choices = Features(provider, Metrics()).choose(None)

    assert choices.variants == {"recommendations": "off", "catalogue-order": "newest"}


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_split_that_cannot_be_reached_leaves_the_safe_defaults(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Split's own hosts are out of reach: its client is pointed at a port nobody listens at."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    settings = FlagSettings(provider="split", file=Path(os.devnull), sdk_key="not-a-key")

    provider = make_provider(settings)
    features = Features(provider, Metrics())
    started = time.perf_counter()
    choices = [features.choose("ada") for _ in range(10)]

    assert provider.get_metadata().name == "Split"
    assert {(each.recommendations, each.catalogue_order) for each in choices} == {(False, "newest")}
    assert time.perf_counter() - started < 5, "nobody waits for Split at each evaluation"
    provider._split_client_wrapper.destroy()  # type: ignore[attr-defined]


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_split_decides_as_soon_as_it_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the mode of Split's client that reads a file instead of asking."""
    treatments = tmp_path / "treatments"
    treatments.write_text("recommendations on\ncatalogue-order popular\n")
    monkeypatch.setitem(DEFAULT_CONFIG, "splitFile", str(treatments))
    settings = FlagSettings(provider="split", file=Path(os.devnull), sdk_key="localhost")

    provider = make_provider(settings)
    until = time.monotonic() + 5
    while not provider._split_client_wrapper._factory.ready and time.monotonic() < until:  # type: ignore[attr-defined]
        time.sleep(0.01)
    choices = Features(provider, Metrics()).choose("ada")

    assert (choices.recommendations, choices.catalogue_order) == (True, "popular")
    provider._split_client_wrapper.destroy()  # type: ignore[attr-defined]
