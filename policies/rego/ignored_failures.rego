deny[message] {
	publication := publications[_]
	found := ignoring[_]
	is_on_the_way(found.path, publication.path)
	message := sprintf("a failure of '%s' is passed over on the way to publishing with '%s'", [found.node.identifier, publication.node.identifier])
}

is_on_the_way(path, publication) {
	precedes(path, publication)
}

is_on_the_way(path, publication) {
	is_inside(publication, path)
}

bounded = [found.path |
	found := everything[_]
	found.node.timeout
]

unbounded = [step |
	step := steps[_]
	not is_bounded(step.path)
	not step.node.template
]

is_bounded(path) {
	outer := bounded[_]
	is_inside(path, outer)
}

deny[message] {
	publication := publications[_]
	step := unbounded[_]
	is_on_the_way(step.path, publication.path)
	message := sprintf("step '%s' has no timeout on the way to publishing with '%s'", [step.node.identifier, publication.node.identifier])
}
