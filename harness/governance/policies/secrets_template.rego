# Pipelines do not show secrets.
# SEC-02: Pipelines take credentials from the secret manager and never show them. Use
#   <+secrets.getValue(…)> where the credential is consumed, and remove the echo, output variable,
#   tag or notification that carries it.
# Harness shows a policy one definition at a time. This one cannot see:
# - what a command does with a secret that it was given in its environment
# - variables that hold a secret under another name
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

shown := ["approvalMessage", "tags", "labels", "body", "subject", "outputVariables", "buildArgs"]

deny[message] {
	step := steps[_]
	spec := step.node.spec
	walk(spec, [path, text])
	is_string(text)
	contains(text, "<+secrets.getValue(")
	field := shown[_]
	path[0] == field
	message := sprintf("step '%s' shows a secret in %s", [step.node.identifier, field])
}

# What a command or a script says, whichever of the two a step has.
scripts = array.concat(commands, inline)

commands = [found |
	step := steps[_]
	text := step.node.spec.command
	is_string(text)
	found := {"step": step.node.identifier, "lines": split(text, "\n")}
]

inline = [found |
	step := steps[_]
	text := step.node.spec.source.spec.script
	is_string(text)
	found := {"step": step.node.identifier, "lines": split(text, "\n")}
]

deny[message] {
	script := scripts[_]
	line := script.lines[_]
	regex.match(`(^|[\s;&|(])(echo|printf)\s[^|>]*<\+secrets\.getValue\(`, line)
	message := sprintf("step '%s' prints a secret", [script.step])
}

deny[message] {
	walk(document, [path, value])
	last := count(path) - 1
	path[last] == "webhookUrl"
	is_string(value)
	not startswith(value, "<+")
	message := "the URL of a chat is written down, and whoever has it can write there"
}
