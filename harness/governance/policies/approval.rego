# The approval is a real gate.
# CDP-04: The approval is a real gate. On the HarnessApproval step set approvers.userGroups,
#   minimumCount, disallowPipelineExecutor: true, a timeout, and includePipelineExecutionHistory
#   with a message naming the artifact.
# Harness shows a policy one definition at a time. This one cannot see:
# - who is in the group
# - whether what the message names is what is released
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

approvers := 1

approvals = [step |
	step := steps[_]
	step.node.type == "HarnessApproval"
]

deny[message] {
	step := approvals[_]
	not names_group(step.node.spec.approvers)
	message := sprintf("approval '%s' names no group", [step.node.identifier])
}

names_group(approvers_) {
	count(approvers_.userGroups) > 0
}

deny[message] {
	step := approvals[_]
	group := step.node.spec.approvers.userGroups[_]
	endswith(group, "_all_users")
	message := sprintf("approval '%s' can be given by anybody", [step.node.identifier])
}

deny[message] {
	step := approvals[_]
	number := step.node.spec.approvers.minimumCount
	is_number(number)
	number < approvers
	message := sprintf("approval '%s' needs %v approvers, fewer than %v", [step.node.identifier, number, approvers])
}

deny[message] {
	step := approvals[_]
	not step.node.spec.approvers.minimumCount
	message := sprintf("approval '%s' does not say how many must approve", [step.node.identifier])
}

deny[message] {
	step := approvals[_]
	not excludes_executor(step.node.spec.approvers)
	message := sprintf("approval '%s' can be given by whoever runs the pipeline", [step.node.identifier])
}

excludes_executor(approvers_) {
	approvers_.disallowPipelineExecutor == true
}

excludes_executor(approvers_) {
	startswith(approvers_.disallowPipelineExecutor, "<+")
}

deny[message] {
	step := approvals[_]
	step.node.spec.autoApproval
	message := sprintf("approval '%s' gives itself", [step.node.identifier])
}

deny[message] {
	step := approvals[_]
	not step.node.timeout
	message := sprintf("approval '%s' does not say when it expires", [step.node.identifier])
}

deny[message] {
	step := approvals[_]
	not shows_release(step.node.spec)
	message := sprintf("approval '%s' does not show what is released", [step.node.identifier])
}

shows_release(spec) {
	text := lower(spec.approvalMessage)
	regex.match(`<\+[^>]*(tag|image|artifact|version|commit|release|build)[^>]*>`, text)
}

deny[message] {
	step := approvals[_]
	not step.node.spec.includePipelineExecutionHistory
	message := sprintf("approval '%s' hides what the pipeline did so far", [step.node.identifier])
}
