package pipeline

import rego.v1

# Every deployment says what happens when it fails.

deny contains message if {
	some stage in deployments
	not stage.failureStrategies
	message := sprintf("deployment stage '%s' has no failure strategy", [stage.name])
}

deployments contains stage if {
	some entry in input.pipeline.stages
	stage := entry.stage
	stage.type == "Deployment"
}
