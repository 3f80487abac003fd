package pipeline

# A policy as many begin: it looks where the editor puts things, and nowhere else.

deny[message] {
	stage := input.pipeline.stages[_].stage
	step := stage.spec.execution.steps[_].step
	step.type == "HarnessApproval"
	step.spec.approvers.disallowPipelineExecutor == false
	message := sprintf("stage '%s' can be approved by whoever runs the pipeline", [stage.name])
}
