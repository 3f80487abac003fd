"""Traces: W3C context in and out, a span for each request, spans of the database below it."""

import atexit
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.sqlalchemy import SQLAlchemyInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import (
    BatchSpanProcessor,
    ConsoleSpanExporter,
    SimpleSpanProcessor,
    SpanExporter,
    SpanExportResult,
)
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF, DEFAULT_ON
from opentelemetry.trace import Span, SpanKind, Tracer
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from sqlalchemy import Engine
from werkzeug.datastructures import Headers

from workshop import __version__
from workshop.settings import TraceSettings

PROPAGATOR = TraceContextTextMapPropagator()


class FileSpanExporter(SpanExporter):
    """Appends each span as one line of JSON; for the lab, where no collector listens."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Write the spans in one piece, so that lines of several workers do not mix."""
        lines = "".join(f"{span.to_json(indent=None)}\n" for span in spans)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(lines)
        return SpanExportResult.SUCCESS

    def shutdown(self) -> None:
        """Nothing is kept open."""


def make_provider(settings: TraceSettings, environment: str) -> TracerProvider:
    """A tracer provider that exports as configured; identifiers exist even without an exporter."""
    resource = Resource.create(
        {
            "service.name": "workshop-backend",
            "service.version": __version__,
            "deployment.environment.name": environment,
        }
    )
    # What nobody exports need not be recorded; trace ids are made and passed on all the same.
    sampler = ALWAYS_OFF if settings.exporter == "none" else DEFAULT_ON
    provider = TracerProvider(resource=resource, sampler=sampler)
    if settings.exporter == "otlp":
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    elif settings.exporter == "console":
        provider.add_span_processor(SimpleSpanProcessor(ConsoleSpanExporter(out=sys.stdout)))
    elif settings.exporter == "file" and settings.file is not None:
        provider.add_span_processor(
            BatchSpanProcessor(FileSpanExporter(settings.file), schedule_delay_millis=500)
        )
    atexit.register(provider.shutdown)
    return provider


def trace_database(engine: Engine, provider: TracerProvider) -> None:
    """Make a span of each statement; the statement's text has placeholders, never values."""
    instrumentor = SQLAlchemyInstrumentor()
    if instrumentor.is_instrumented_by_opentelemetry:
        instrumentor.uninstrument()  # it knows one engine in a process: the newest shall be it
    instrumentor.instrument(engine=engine, tracer_provider=provider)


@contextmanager
def request_span(tracer: Tracer, method: str, headers: Headers) -> Iterator[Span]:
    """The span of a request, child of the context that the caller sent."""
    carried = {name: headers[name] for name in ("traceparent", "tracestate") if name in headers}
    parent = PROPAGATOR.extract(carried)
    with tracer.start_as_current_span(method, context=parent, kind=SpanKind.SERVER) as span:
        yield span


def current_trace_id() -> str:
    """Trace id of what runs now, 32 hexadecimal digits; zeros outside a request."""
    return trace.format_trace_id(trace.get_current_span().get_span_context().trace_id)


def current_span_id() -> str:
    """Span id of what runs now, 16 hexadecimal digits."""
    return trace.format_span_id(trace.get_current_span().get_span_context().span_id)


def outgoing_headers() -> dict[str, str]:
    """Headers that pass the context on to a service that is called."""
    headers: dict[str, str] = {}
    PROPAGATOR.inject(headers)
    return headers


def response_headers() -> dict[str, str]:
    """Headers that tell the caller which trace this answer belongs to."""
    context = trace.get_current_span().get_span_context()
    if not context.is_valid:
        return {}
    trace_id = trace.format_trace_id(context.trace_id)
    span_id = trace.format_span_id(context.span_id)
    flags = f"{int(context.trace_flags):02x}"
    return {"traceresponse": f"00-{trace_id}-{span_id}-{flags}", "X-Trace-Id": trace_id}
