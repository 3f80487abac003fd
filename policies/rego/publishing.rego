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
