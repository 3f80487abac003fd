"""The features that are behind flags, with the defaults that hold when no provider answers."""

import uuid
from dataclasses import dataclass
from typing import Literal, cast

from openfeature import api
from openfeature.client import OpenFeatureClient
from openfeature.evaluation_context import EvaluationContext
from openfeature.flag_evaluation import FlagEvaluationDetails
from openfeature.provider import FeatureProvider

from workshop.flags.evaluations import EvaluationEvents
from workshop.flags.file_provider import FileProvider
from workshop.metrics import Metrics
from workshop.settings import FlagSettings

Order = Literal["newest", "popular", "title"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the flags decide for one caller.

    Attributes:
        variants: the variant of each flag, as it is reported with the metrics.
    """

    recommendations: bool
    catalogue_order: Order
    variants: dict[str, str]


class Features:
    """Evaluates the flags of this service."""

    def __init__(self, provider: FeatureProvider, metrics: Metrics) -> None:
        # A domain of its own: two applications in one process must not share a provider.
        self._domain = f"workshop-{uuid.uuid4()}"
        api.set_provider(provider, self._domain)
        self._client: OpenFeatureClient = api.get_client(domain=self._domain)
        self._client.add_hooks([EvaluationEvents()])
        self._metrics = metrics

    def choose(self, key: str | None) -> Choices:
        """What a caller sees; `key` is the subject of the token, or None for an unknown visitor."""
        context = EvaluationContext(targeting_key=key)
        shown = self._client.get_boolean_details("recommendations", False, context)
        order = self._order(context)
        variants = {detail.flag_key: self._report(detail) for detail in (shown, order)}
        return Choices(
            recommendations=shown.value, catalogue_order=_known(order.value), variants=variants
        )

    def catalogue_order(self, key: str | None) -> Order:
        """The one decision that a list of modules needs, for the same `key`."""
        order = self._order(EvaluationContext(targeting_key=key))
        self._report(order)
        return _known(order.value)

    def _order(self, context: EvaluationContext) -> FlagEvaluationDetails[str]:
        return self._client.get_string_details("catalogue-order", "newest", context)

    def _report(self, detail: FlagEvaluationDetails[bool] | FlagEvaluationDetails[str]) -> str:
        variant = detail.variant or "default"
        reason = str(detail.error_code.value if detail.error_code else detail.reason or "UNKNOWN")
        self._metrics.flag_evaluated(detail.flag_key, variant, reason)
        return variant


def _known(order: str) -> Order:
    return cast("Order", order) if order in {"newest", "popular", "title"} else "newest"


def make_provider(settings: FlagSettings) -> FeatureProvider:
    """The provider that the configuration names."""
    if settings.provider == "file":
        return FileProvider(settings.file)
    # Only where it is used: it starts threads and loads an HTTP client.
    from workshop.flags.split_provider import PromptSplitProvider  # noqa: PLC0415

    return cast("FeatureProvider", PromptSplitProvider(settings.sdk_key))
