matching := {
	"EcsRollingDeploy": ["EcsRollingRollback"],
	"EcsCanaryDeploy": ["EcsCanaryDelete", "EcsRollingRollback"],
	"EcsBlueGreenCreateService": ["EcsBlueGreenRollback"],
	"EcsServiceSetup": ["EcsBasicRollback"],
}

deploying = [found |
	step := steps[_]
	needed := matching[step.node.type]
	not is_rollback(step.path)
	stage := stages[_]
	is_inside(step.path, stage.path)
	found := {"stage": stage, "step": step, "needed": needed}
]

rolling_back = [step |
	step := steps[_]
	is_rollback(step.path)
	not is_optional(step.path)
]

conditional = [found.path |
	found := everything[_]
	condition := found.node.when.condition
	not holds_always(condition)
]

holds_always(condition) {
	condition == true
}

holds_always(condition) {
	always := ["", "true", "<+true>"][_]
	condition == always
}

is_optional(path) {
	outer := conditional[_]
	is_rollback(outer)
	is_inside(path, outer)
}

is_rollback(path) {
	part := path[_]
	part == "rollbackSteps"
}

deny[message] {
	found := deploying[_]
	not rolls_back(found.stage, found.needed)
	not unseen_inside(found.stage.path)
	message := sprintf("stage '%s' deploys with %s, and its rollback does not undo that", [found.stage.node.identifier, found.step.node.type])
}

rolls_back(stage, needed) {
	step := rolling_back[_]
	is_inside(step.path, stage.path)
	type := needed[_]
	step.node.type == type
}

deny[message] {
	found := deploying[_]
	not invokes(found.stage.node)
	message := sprintf("stage '%s' deploys, and no failure strategy for all errors rolls it back", [found.stage.node.identifier])
}

invokes(stage) {
	strategy := stage.failureStrategies[_].onFailure
	error := strategy.errors[_]
	error == "AllErrors"
	action := strategy.action
	walk(action, [_, value])
	is_object(value)
	type := ["StageRollback", "PipelineRollback"][_]
	value.type == type
}

# What stands nearer to the step goes before the strategy of its stage.
deny[message] {
	found := deploying[_]
	nearer := everything[_]
	is_inside(found.step.path, nearer.path)
	count(nearer.path) > count(found.stage.path)
	strategy := nearer.node.failureStrategies[_].onFailure
	not leads_back(strategy.action)
	message := sprintf("stage '%s' deploys, and a failure strategy of '%s' in it does not roll that back", [found.stage.node.identifier, name_of(nearer)])
}

leads_back(action) {
	walk(action, [_, value])
	is_object(value)
	type := ["StageRollback", "PipelineRollback", "StepGroupRollback"][_]
	value.type == type
}

deny[message] {
	found := deploying[_]
	type := ["EcsServiceSetup", "EcsBlueGreenCreateService"][_]
	found.step.node.type == type
	outer := retried[_]
	is_inside(found.step.path, outer)
	message := sprintf("step '%s' captures what a rollback goes back to, and is retried", [found.step.node.identifier])
}

retried = [found.path |
	found := everything[_]
	strategy := found.node.failureStrategies[_].onFailure
	strategy.action.type == "Retry"
]
