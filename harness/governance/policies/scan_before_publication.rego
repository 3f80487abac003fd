# Images are scanned before they are published.
# SCN-01: Images are scanned before they are published. Add a Snyk or AquaTrivy step on the image
#   before the publishing step, with fail_on_severity at the threshold or stricter.
# Harness shows a policy one definition at a time. This one cannot see:
# - which image a scan looks at
# - images that a command publishes, and whether a command that names a scanner stops at anything
# - what a template holds where the payload does not have it; a publication behind one is let
#   through
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

# A step that brings an image into the registry; a build without a push keeps it to itself.

publications = [step |
	step := steps[_]
	startswith(step.node.type, "BuildAndPush")
	not keeps_back(step)
]

keeps_back(step) {
	lower(sprintf("%v", [step.node.spec.envVariables.PLUGIN_NO_PUSH])) == "true"
}

severity := "high"

ranks := {"critical": 4, "high": 3, "medium": 2, "low": 1}

scans = [step |
	step := steps[_]
	scans_image(step.node)
	is_certain(step.path)
]

deny[message] {
	publication := publications[_]
	not is_scanned(publication.path)
	not unseen_before(publication.path)
	message := sprintf("'%s' publishes an image, and no scan of one that stops at %s comes before it on every path", [publication.node.identifier, severity])
}

is_scanned(publication) {
	scan := scans[_]
	precedes(scan.path, publication)
}

scans_image(node) {
	scanner := ["Snyk", "AquaTrivy", "Grype"][_]
	node.type == scanner
	node.spec.target.type == "container"
	stops(node.spec.advanced.fail_on_severity)
}

# A command is not read here: one that names a scanner counts as a scan.
scans_image(node) {
	regex.match(`(trivy|snyk|grype)`, node.spec.command)
}

stops(threshold) {
	ranks[threshold] <= ranks[severity]
}

stops(threshold) {
	startswith(threshold, "<+")
}
