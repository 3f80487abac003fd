"""Tells the trace of a request which flags were evaluated for it.

Names are those of OpenTelemetry's semantic conventions for feature flags. Who asked is left out:
the key of a person has no place in a trace.
"""

from openfeature.flag_evaluation import FlagEvaluationDetails, FlagValueType, Reason
from openfeature.hook import Hook, HookContext, HookHints
from opentelemetry import trace


class EvaluationEvents(Hook):
    """Adds an event to the current span for each evaluation, also for one that failed."""

    def finally_after(
        self,
        hook_context: HookContext,
        details: FlagEvaluationDetails[FlagValueType],
        hints: HookHints,  # noqa: ARG002 - the interface of OpenFeature
    ) -> None:
        """Write down key, provider, result and reason."""
        span = trace.get_current_span()
        if not span.is_recording():
            return
        provider = hook_context.provider_metadata
        told = {
            "feature_flag.key": details.flag_key,
            "feature_flag.provider.name": provider.name if provider else "",
            "feature_flag.result.reason": str(details.reason or Reason.UNKNOWN).lower(),
            "feature_flag.result.value": str(details.value).lower(),
        }
        if details.variant:
            told["feature_flag.result.variant"] = details.variant
        if details.error_code:
            told["error.type"] = details.error_code.value.lower()
        span.add_event("feature_flag.evaluation", told)
