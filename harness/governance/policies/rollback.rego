# Every deployment can be rolled back in its own way.
# CDP-06: Every deployment can be rolled back in its own way. Add the rollback step of the strategy
#   (EcsRollingRollback, EcsBlueGreenRollback, EcsCanaryDelete …) under rollbackSteps and a failure
#   strategy with StageRollback; take retries off the set-up steps. Let a pipeline that is called
#   roll back by itself: PipelineRollback of its caller does not reach it.
# Harness shows a policy one definition at a time. This one cannot see:
# - what a template holds where the payload does not have it
# - whether a command brings something back
# - what a pipeline that is called deploys, and that a rollback of its caller leaves it
# Made by `assurance rego emit`; change policies/rego and make it anew.

package pipeline

document := input.pipeline

# Where things stand. A step may be in a group, in a parallel block, in both, to any depth, and so
# may a stage be in a parallel block: everything is found by walking, never by a fixed path.
# `templateInputs` repeats parts of steps without being one. Whatever runs stands in a list.

lists = [list |
	walk(document, [path, holds])
	is_array(holds)
	list := {"path": path, "holds": holds}
]

steps = [found |
	list := lists[_]
	node := list.holds[i].step
	is_object(node)
	not is_copy(list.path)
	found := {"path": array.concat(list.path, [i, "step"]), "node": node}
]

groups = [found |
	list := lists[_]
	node := list.holds[i].stepGroup
	is_object(node)
	not is_copy(list.path)
	found := {"path": array.concat(list.path, [i, "stepGroup"]), "node": node}
]

stages = [found |
	list := lists[_]
	node := list.holds[i].stage
	is_object(node)
	not is_copy(list.path)
	found := {"path": array.concat(list.path, [i, "stage"]), "node": node}
]

is_copy(path) {
	path[_] == "templateInputs"
}

everything = array.concat([{"path": [], "node": document}], array.concat(stages, array.concat(groups, steps)))

type_of(found) = type {
	type := found.node.type
}

type_of(found) = "" {
	not found.node.type
}

name_of(found) = name {
	name := found.node.identifier
}

name_of(found) = "(without identifier)" {
	not found.node.identifier
}

is_inside(inner, outer) {
	count(inner) >= count(outer)
	array.slice(inner, 0, count(outer)) == outer
}

# What is earlier in a list ends before what is later begins, unless the list is a parallel block.
precedes(first, second) {
	one := first[i]
	other := second[i]
	is_number(one)
	one < other
	array.slice(first, 0, i) == array.slice(second, 0, i)
	before := i - 1
	first[before] != "parallel"
}

# What a template holds is seen only where Harness has put it in.
unseen = [found.path |
	found := everything[_]
	found.node.template.templateRef
	not found.node.type
	not found.node.steps
	not found.node.stages
]

unseen_before(path) {
	hidden := unseen[_]
	precedes(hidden, path)
}

unseen_inside(path) {
	hidden := unseen[_]
	is_inside(hidden, path)
}

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
