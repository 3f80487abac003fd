# Pipelines do not show secrets.
# SEC-02: Pipelines take credentials from the secret manager and never show them. Use
#   <+secrets.getValue(…)> where the credential is consumed, and remove the echo, output variable,
#   tag or notification that carries it.
# Harness shows a policy one definition at a time. This one cannot see:
# - what a command makes of a secret that it was given in its environment
# - credentials under another name, or among the arguments of a command
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

deny[message] {
	script := scripts[_]
	regex.match(`(^|[\s;&|(])(echo|printf)\s[^|>\n]*<\+secrets\.getValue\(`, script.text)
	message := sprintf("step '%s' prints a secret", [script.step.node.identifier])
}

# What a step hands to a command in its environment.
given = array.concat(mapped, listed)

mapped = [found |
	script := scripts[_]
	value := script.step.node.spec.envVariables[name]
	contains(value, "<+secrets.getValue(")
	found := {"step": script.step, "text": script.text, "name": name}
]

listed = [found |
	script := scripts[_]
	variable := script.step.node.spec.environmentVariables[_]
	contains(variable.value, "<+secrets.getValue(")
	found := {"step": script.step, "text": script.text, "name": variable.name}
]

deny[message] {
	found := given[_]
	pattern := concat("", [`(^|[\n;&])\s*(echo|printf)\s[^|>\n]*\$\{?`, found.name, `\b[^|>\n]*($|\n)`])
	regex.match(pattern, found.text)
	message := sprintf("'%s' is a secret, and step '%s' prints it", [found.name, found.step.node.identifier])
}

deny[message] {
	found := given[_]
	regex.match(`(^|[\n;&])\s*(env|printenv)(\s*\|\s*sort)?\s*($|[\n;&])`, found.text)
	message := sprintf("'%s' is a secret, and step '%s' prints its environment", [found.name, found.step.node.identifier])
}

deny[message] {
	found := given[_]
	regex.match(`(^|[\n;&])\s*set\s+(-[a-z]*x|-o\s+xtrace)`, found.text)
	message := sprintf("'set -x' in step '%s' prints the secret in %s", [found.step.node.identifier, found.name])
}

deny[message] {
	found := given[_]
	pattern := concat("", [`--build-arg[=\s]+"?[^\s"]*\$\{?`, found.name, `\b`])
	regex.match(pattern, found.text)
	message := sprintf("'%s' is a secret, and step '%s' builds it into an image", [found.name, found.step.node.identifier])
}

deny[message] {
	found := given[_]
	output := found.step.node.spec.outputVariables[_].value
	pattern := concat("", [`(^|[\n;&]|export\s)\s*`, output, `="?\$\{?`, found.name, `\b`])
	regex.match(pattern, found.text)
	message := sprintf("'%s' of step '%s' hands on the secret in %s", [output, found.step.node.identifier, found.name])
}

# Where a name says that it is one.
credentials = array.concat(array.concat(in_variables, in_headers), array.concat(in_environments, in_commands))

in_variables = [found |
	walk(document, [_, node])
	is_object(node)
	found := {"name": node.name, "value": node.value}
]

in_environments = [found |
	value := steps[_].node.spec.envVariables[name]
	found := {"name": name, "value": value}
]

in_headers = [found |
	header := steps[_].node.spec.headers[_]
	found := {"name": header.key, "value": header.value}
]

in_commands = [found |
	text := scripts[_].text
	said := regex.find_all_string_submatch_n(`(?:^|[\n;&])\s*(?:export\s+)?([A-Z0-9_]+)=([^\s;&|]+)`, text, -1)
	assigned := said[_]
	found := {"name": trim(assigned[1], `"`), "value": trim(assigned[2], `"`)}
]

deny[message] {
	found := credentials[_]
	regex.match(`(password|passwd|secret|token|api_?key|authorization)$`, lower(found.name))
	is_string(found.value)
	count(found.value) > 0
	not contains(found.value, "<+")
	not contains(found.value, "$")
	message := sprintf("'%s' is written down instead of kept as a secret", [found.name])
}

deny[message] {
	walk(document, [path, value])
	last := count(path) - 1
	path[last] == "webhookUrl"
	is_string(value)
	not startswith(value, "<+")
	message := "the URL of a chat is written down, and whoever has it can write there"
}
