# No failure is ignored on the way to publishing.
# CIP-06: No failure is ignored on the way to publishing. Remove Ignore and MarkAsSuccess actions
#   and conditions from the gates, let their failure abort the stage, and give every step a timeout.
# Harness shows a policy one definition at a time. This one cannot see:
# - images that a command publishes in another way than `docker push`
# - what a command does about failures of its own, and which step is a check that no condition may
#   skip
# - what a template holds where the payload does not have it
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

# What commands and scripts say, as far as a pattern tells: what they do stands in the scenarios.

scripts = array.concat(commands, inline)

commands = [found |
	step := steps[_]
	text := step.node.spec.command
	is_string(text)
	found := {"step": step, "text": text}
]

inline = [found |
	step := steps[_]
	text := step.node.spec.source.spec.script
	is_string(text)
	found := {"step": step, "text": text}
]

# A step that brings an image into the registry; a build without a push keeps it to itself.

publications = array.concat(built, array.concat(plugged, pushed))

built = [found |
	step := steps[_]
	startswith(step.node.type, "BuildAndPush")
	not keeps_back(step)
	tags := object.get(step.node.spec, "tags", [])
	found := {"path": step.path, "node": step.node, "tags": tags}
]

plugged = [found |
	step := steps[_]
	step.node.type == "Plugin"
	regex.match(`^plugins/(ecr|docker|kaniko|kaniko-ecr|gcr|acr)(:|$)`, step.node.spec.image)
	tags := object.get(step.node.spec.settings, "tags", [])
	found := {"path": step.path, "node": step.node, "tags": tags}
]

pushed = [found |
	script := scripts[_]
	said := regex.find_all_string_submatch_n(`(?:^|[\n;&|(])\s*docker\s+(?:image\s+)?push\s+"?([^\s";&|)]+)`, script.text, -1)
	count(said) > 0
	tags := [tag |
		push := said[_]
		image := trim(push[1], `"`)
		tag := tag_of(image)
	]
	found := {"path": script.step.path, "node": script.step.node, "tags": tags}
]

tag_of(image) = tag {
	parts := regex.find_all_string_submatch_n(`:([^/:]+)$`, image, 1)
	tag := trim(parts[0][1], `"`)
}

# Docker adds this one where none is named; what is in a variable is not known here.
tag_of(image) = "latest" {
	not regex.match(`:[^/:]+$`, image)
	not contains(image, "$")
}

keeps_back(step) {
	lower(sprintf("%v", [step.node.spec.envVariables.PLUGIN_NO_PUSH])) == "true"
}

deny[message] {
	publication := publications[_]
	found := ignoring[_]
	is_on_the_way(found.path, publication.path)
	message := sprintf("a failure of '%s' is passed over on the way to publishing with '%s'", [found.node.identifier, publication.node.identifier])
}

is_on_the_way(path, publication) {
	precedes(path, publication)
}

is_on_the_way(path, publication) {
	is_inside(publication, path)
}

bounded = [found.path |
	found := everything[_]
	found.node.timeout
]

unbounded = [step |
	step := steps[_]
	not is_bounded(step.path)
	not step.node.template
]

is_bounded(path) {
	outer := bounded[_]
	is_inside(path, outer)
}

deny[message] {
	publication := publications[_]
	step := unbounded[_]
	is_on_the_way(step.path, publication.path)
	message := sprintf("step '%s' has no timeout on the way to publishing with '%s'", [step.node.identifier, publication.node.identifier])
}
