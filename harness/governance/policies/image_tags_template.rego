# A published image tag leads back to its commit.
# CIP-04: A published image tag leads back to its commit. Tag with an expression that contains the
#   commit (<+codebase.commitSha>), drop latest, and add the image URL to the outputs of the stage.
# Harness shows a policy one definition at a time. This one cannot see:
# - what an expression in a tag becomes, and whether the pipeline says what it published
# - images that a command publishes in another way than `docker push`
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
	tag := publication.tags[_]
	regex.match(`^latest$|^latest[-_.]|[-_.]latest$`, tag)
	message := sprintf("'%s' publishes the tag %s, which moves", [publication.node.identifier, tag])
}

deny[message] {
	publication := publications[_]
	not leads_back(publication.tags)
	message := sprintf("'%s' publishes no tag that leads back to a commit", [publication.node.identifier])
}

leads_back(tags) {
	tag := tags[_]
	contains(tag, "<+")
}

leads_back(tags) {
	tag := tags[_]
	contains(tag, "$")
}

leads_back(tags) {
	is_string(tags)
}
