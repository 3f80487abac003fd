package pipeline

# The stages with a scan, by their position.
scanned[position] {
	input.pipeline.stages[position].stage.spec.execution.steps[_].step.type == "AquaTrivy"
}

deny[message] {
	stage := input.pipeline.stages[position].stage
	stage.type == "CI"
	stage.spec.execution.steps[_].step.type == "BuildAndPushECR"
	not scanned[position]
	message := sprintf("CI stage '%s' publishes and does not scan", [stage.name])
}
