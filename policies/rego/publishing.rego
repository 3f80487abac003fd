# A step that brings an image into the registry; a build without a push keeps it to itself.

publications = [step |
	step := steps[_]
	startswith(step.node.type, "BuildAndPush")
	not keeps_back(step)
]

keeps_back(step) {
	lower(sprintf("%v", [step.node.spec.envVariables.PLUGIN_NO_PUSH])) == "true"
}
