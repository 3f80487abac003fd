production_environments := ["production"] # fact.production_environments

# A stage names its environment alone, or several together.
production_stages = [stage |
	stage := stages[_]
	stage.node.type == "Deployment"
	named := environments_of(stage.node.spec)
	is_among(named, production_environments)
]

staging_stages = [stage |
	stage := stages[_]
	stage.node.type == "Deployment"
	reference := stage.node.spec.environment.environmentRef
	not startswith(reference, "<+")
	not is_among([reference], production_environments)
	is_certain(stage.path)
]

approvals = [step |
	step := steps[_]
	step.node.type == "HarnessApproval"
	not step.node.spec.autoApproval
	is_certain(step.path)
]

acting = [step |
	step := steps[_]
	startswith(step.node.type, "Ecs")
	not is_rollback(step.path)
]

environments_of(spec) = named {
	alone := [spec.environment.environmentRef | spec.environment.environmentRef]
	several := [each.environmentRef | each := spec.environments.values[_]]
	named := array.concat(alone, several)
}

is_among(named, known) {
	name := named[_]
	production := known[_]
	name == production
}

is_rollback(path) {
	part := path[_]
	part == "rollbackSteps"
}

deny[message] {
	stage := production_stages[_]
	not is_approved(stage)
	not unseen_before(stage.path)
	message := sprintf("stage '%s' deploys to production, and no approval comes before it on every path", [stage.node.identifier])
}

is_approved(stage) {
	approval := approvals[_]
	precedes(approval.path, stage.path)
}

# Within a stage the approval comes before every step that deploys.
is_approved(stage) {
	approval := approvals[_]
	is_inside(approval.path, stage.path)
	not acts_before(stage, approval)
}

acts_before(stage, approval) {
	step := acting[_]
	is_inside(step.path, stage.path)
	not precedes(approval.path, step.path)
}

deny[message] {
	stage := production_stages[_]
	not is_staged(stage)
	not unseen_before(stage.path)
	message := sprintf("stage '%s' deploys to production, and no deployment to staging comes before it on every path", [stage.node.identifier])
}

is_staged(stage) {
	not is_unstaged(stage)
}

is_unstaged(stage) {
	not follows_staging(stage)
}

# Each service on its own: to have tried another one says nothing.
is_unstaged(stage) {
	service := services_of(stage.node.spec)[_]
	not follows_staging_of(stage, service)
}

follows_staging(stage) {
	earlier := staging_stages[_]
	precedes(earlier.path, stage.path)
}

follows_staging_of(stage, service) {
	earlier := staging_stages[_]
	precedes(earlier.path, stage.path)
	is_among(services_of(earlier.node.spec), [service])
}

services_of(spec) = named {
	alone := [spec.service.serviceRef | spec.service.serviceRef]
	several := [each.serviceRef | each := spec.services.values[_]]
	taken := [name |
		origin := stages[_]
		origin.node.identifier == spec.service.useFromStage.stage
		name := origin.node.spec.service.serviceRef
	]
	named := array.concat(alone, array.concat(several, taken))
}

deny[message] {
	document.allowStageExecutions == true
	stage := production_stages[_]
	message := sprintf("stage '%s' deploys to production, and can be run alone", [stage.node.identifier])
}

# It does not wait for the success of what comes before it.
deny[message] {
	stage := named_for_production[_]
	outer := heedless[_]
	is_inside(stage.path, outer)
	message := sprintf("stage '%s' works in production, and also runs after a failure", [stage.node.identifier])
}

named_for_production = [stage |
	stage := stages[_]
	is_among(environments_of(stage.node.spec), production_environments)
]

heedless = [stage.path |
	stage := stages[_]
	status := ["All", "Failure"][_]
	stage.node.when.pipelineStatus == status
]
