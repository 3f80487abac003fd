# What makes a gate one: it always runs, and its failure is not passed over.

is_certain(path) {
	not is_conditional(path)
	not is_ignored(path)
	not is_empty_loop(path)
}

# What is repeated for none does not run; how many an expression names is not known here.
loops = [found.path |
	found := everything[_]
	items := found.node.strategy.repeat.items
	not count(items) > 0
]

is_empty_loop(path) {
	outer := loops[_]
	is_inside(path, outer)
}

restricted = [found.path |
	found := everything[_]
	restricts(found.node.when)
]

ignoring = [found |
	found := everything[_]
	passes_over(found.node)
]

is_conditional(path) {
	outer := restricted[_]
	is_inside(path, outer)
}

is_conditional(path) {
	part := path[_]
	part == "rollbackSteps"
}

is_ignored(path) {
	outer := ignoring[_]
	is_inside(path, outer.path)
}

restricts(when) {
	condition := when.condition
	not is_always(condition)
}

restricts(when) {
	when.pipelineStatus == "Failure"
}

restricts(when) {
	when.stageStatus == "Failure"
}

is_always(condition) {
	condition == true
}

is_always(condition) {
	always := ["", "true", "<+true>"][_]
	condition == always
}

# An action may stand in another: what follows the last retry. Who is asked may choose to go on.
passes_over(node) {
	strategies := node.failureStrategies
	walk(strategies, [_, value])
	is_object(value)
	action := ["Ignore", "MarkAsSuccess", "ManualIntervention"][_]
	value.type == action
}
