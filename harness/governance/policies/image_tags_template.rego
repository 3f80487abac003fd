# A published image tag leads back to its commit.
# CIP-04: A published image tag leads back to its commit. Tag with an expression that contains the
#   commit (<+codebase.commitSha>), drop latest, and add the image URL to the outputs of the stage.
# Harness shows a policy one definition at a time. This one cannot see:
# - what an expression in a tag becomes, and whether the pipeline says what it published
# - images that a command publishes
# Made by `assurance rego emit`; change policies/rego and make it anew.

package template

document := input.template

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

# A step that brings an image into the registry; a build without a push keeps it to itself.

publications = [step |
	step := steps[_]
	startswith(step.node.type, "BuildAndPush")
	not keeps_back(step)
]

keeps_back(step) {
	lower(sprintf("%v", [step.node.spec.envVariables.PLUGIN_NO_PUSH])) == "true"
}

deny[message] {
	publication := publications[_]
	tag := publication.node.spec.tags[_]
	regex.match(`^latest$|^latest[-_.]|[-_.]latest$`, tag)
	message := sprintf("'%s' publishes the tag %s, which moves", [publication.node.identifier, tag])
}

deny[message] {
	publication := publications[_]
	not leads_back(publication.node.spec.tags)
	message := sprintf("'%s' publishes no tag that leads back to a commit", [publication.node.identifier])
}

leads_back(tags) {
	tag := tags[_]
	contains(tag, "<+")
}

leads_back(tags) {
	is_string(tags)
}
