"""Split's provider, made not to wait for Split."""

from openfeature.evaluation_context import EvaluationContext
from openfeature.exception import ProviderNotReadyError
from openfeature.flag_evaluation import FlagResolutionDetails, FlagValueType
from split_openfeature_provider import SplitProvider


class PromptSplitProvider(SplitProvider):  # type: ignore[misc]
    """Lets the defaults hold at once while Split does not answer.

    The original waits 100 ms for it at each evaluation, which would slow down every request for as
    long as Split is away.
    """

    def __init__(self, sdk_key: str | None) -> None:
        super().__init__({"SdkKey": sdk_key, "ReadyBlockTime": 0.1})

    def _evaluate_treatment(
        self, key: str, context: EvaluationContext, default: FlagValueType
    ) -> FlagResolutionDetails[FlagValueType]:
        if not self._split_client_wrapper._factory.ready:
            raise ProviderNotReadyError
        resolved: FlagResolutionDetails[FlagValueType] = super()._evaluate_treatment(
            key, context, default
        )
        return resolved
