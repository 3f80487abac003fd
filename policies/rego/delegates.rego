infrastructures_with_delegates := [] # fact.infrastructures_with_delegates

connectors_with_delegates := [] # fact.connectors_with_delegates

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
