"""What feature flags decide, and what is behind them."""

from workshop import catalogue
from workshop.operations import ANYONE, Answer, Operation, only, operation
from workshop.problems import Problem
from workshop.schemas import FeatureSet, ModuleSummary, Recommendations
from workshop.services import Services
from workshop.tokens import Caller, Role


@operation("GET", "/api/v1/features", access=ANYONE, answers={200: FeatureSet})
def show_features(parts: Services, caller: Caller | None) -> Answer:
    """Show which features the caller sees, and in which variant."""
    choices = parts.features.choose(caller.subject if caller else None)
    shown = FeatureSet(
        recommendations=choices.recommendations,
        catalogue_order=choices.catalogue_order,
        variants=choices.variants,
    )
    return Answer(body=shown)


@operation(
    "GET",
    "/api/v1/recommendations",
    access=only(Role.LEARNER),
    answers={200: Recommendations},
    problems={404: "The caller is not part of the rollout of recommendations."},
)
def list_recommendations(parts: Services, caller: Caller) -> Answer:
    """List modules that the learner might like; behind the flag `recommendations`."""
    if not parts.features.choose(caller.subject).recommendations:
        raise Problem(404, "not-found", "There are no recommendations for this caller.")
    with parts.database.reading() as session:
        found = session.scalars(catalogue.recommended_for(caller.subject)).all()
    return Answer(body=Recommendations(items=[ModuleSummary.model_validate(m) for m in found]))


OPERATIONS: tuple[Operation, ...] = (show_features, list_recommendations)
