package company.delivery

import future.keywords.in

forbidden := {"Http", "ShellScript"}

deny[message] {
	stage := input.pipeline.stages[_].stage
	some entry in stage.spec.execution.steps
	entry.step.type in forbidden
	message := sprintf("step '%s' of stage '%s' is of the forbidden type %s", [entry.step.name, stage.name, entry.step.type])
}
