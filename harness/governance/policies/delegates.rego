# Steps that touch AWS run through a selected delegate.
# DLG-02: Steps that touch AWS run through a selected delegate. Set delegateSelectors on the step,
#   its stage, or the connector that it uses; where both select, let them select the same delegate.
# Harness shows a policy one definition at a time. This one cannot see:
# - connectors and infrastructures made after the policies were emitted
# - whether the delegates that a step selects are those of its connector
# - what a command does that runs neither `aws` nor Terraform itself
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

infrastructures_with_delegates := ["ecs_production", "ecs_staging"]

connectors_with_delegates := ["aws_production", "aws_registry", "aws_secrets_production", "aws_secrets_staging", "aws_staging", "docker_hub", "github"]

selecting = [found.path |
	found := everything[_]
	count(found.node.delegateSelectors) > 0
]

# Harness runs such a stage through the connector of its infrastructure.
provided = [stage.path |
	stage := stages[_]
	alone := [stage.node.spec.environment | stage.node.spec.environment]
	several := [each | each := stage.node.spec.environments.values[_]]
	environment := array.concat(alone, several)[_]
	used := environment.infrastructureDefinitions[_]
	known := infrastructures_with_delegates[_]
	used.identifier == known
]

deny[message] {
	step := steps[_]
	acts_in_aws(step.node.type)
	not is_selected(step)
	not is_provided(step.path)
	message := sprintf("step '%s' touches AWS through whatever delegate is free", [step.node.identifier])
}

deny[message] {
	step := steps[_]
	step.node.type == "BuildAndPushECR"
	not is_selected(step)
	not is_connected(step.node.spec.connectorRef)
	message := sprintf("step '%s' touches AWS through whatever delegate is free", [step.node.identifier])
}

deny[message] {
	script := scripts[_]
	says_aws(script.text)
	not is_selected(script.step)
	not is_provided(script.step.path)
	message := sprintf("step '%s' touches AWS through whatever delegate is free", [script.step.node.identifier])
}

says_aws(text) {
	regex.match(`(^|[\n;&|(])\s*(aws|terraform\s+(apply|destroy|import|plan))\s`, text)
}

# This suite looks at what runs there.
says_aws(text) {
	regex.match(`(^|[\n;&|(])\s*tox\s[^\n;&|]*\bverify\b`, text)
}

acts_in_aws(type) {
	startswith(type, "Ecs")
}

acts_in_aws(type) {
	known := ["TerraformApply", "TerraformDestroy", "TerraformRollback"][_]
	type == known
}

is_selected(step) {
	outer := selecting[_]
	is_inside(step.path, outer)
}

is_selected(step) {
	count(step.node.spec.delegateSelectors) > 0
}

is_provided(path) {
	outer := provided[_]
	is_inside(path, outer)
}

is_connected(reference) {
	known := connectors_with_delegates[_]
	reference == known
}
