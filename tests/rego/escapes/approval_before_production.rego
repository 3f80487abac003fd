package pipeline

# A stage of approvals stands somewhere before each deployment to production.

deny[message] {
	stage := input.pipeline.stages[position].stage
	stage.spec.environment.environmentRef == "production"
	not approved_before(position)
	message := sprintf("stage '%s' deploys to production without an approval before it", [stage.name])
}

approved_before(position) {
	input.pipeline.stages[earlier].stage.type == "Approval"
	earlier < position
}
