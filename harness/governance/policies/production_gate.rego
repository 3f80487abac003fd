# Production comes after staging and an approval.
# CDP-03: Production comes after staging, its integration tests and an approval, on every path.
#   Order the stages staging, integration tests, approval, production on the named path; remove
#   parallel blocks and conditions that go round one of them. Let triggers take its definition from
#   the main branch.
# Harness shows a policy one definition at a time. This one cannot see:
# - whether tests run against staging, which is in commands
# - what a stage that is no deployment does in production
# - what a template holds where the payload does not have it; a stage behind such a one is let
#   through
# - an environment that an expression names, and whether a new environment is one of production
# - paths that a failure opens
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

# What makes a gate one: it always runs, and its failure is not passed over.

is_certain(path) {
	not is_conditional(path)
	not is_ignored(path)
	not is_empty_loop(path)
}

# What is repeated for none does not run; how many an expression names is not known here.
loops = [found.path |
	found := everything[_]
	items := found.node.strategy.repeat.items
	not count(items) > 0
]

is_empty_loop(path) {
	outer := loops[_]
	is_inside(path, outer)
}

restricted = [found.path |
	found := everything[_]
	restricts(found.node.when)
]

ignoring = [found |
	found := everything[_]
	passes_over(found.node)
]

is_conditional(path) {
	outer := restricted[_]
	is_inside(path, outer)
}

is_conditional(path) {
	part := path[_]
	part == "rollbackSteps"
}

is_ignored(path) {
	outer := ignoring[_]
	is_inside(path, outer.path)
}

restricts(when) {
	condition := when.condition
	not is_always(condition)
}

restricts(when) {
	when.pipelineStatus == "Failure"
}

restricts(when) {
	when.stageStatus == "Failure"
}

is_always(condition) {
	condition == true
}

is_always(condition) {
	always := ["", "true", "<+true>"][_]
	condition == always
}

# An action may stand in another: what follows the last retry. Who is asked may choose to go on.
passes_over(node) {
	strategies := node.failureStrategies
	walk(strategies, [_, value])
	is_object(value)
	action := ["Ignore", "MarkAsSuccess", "ManualIntervention"][_]
	value.type == action
}

production_environments := ["production"]

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
