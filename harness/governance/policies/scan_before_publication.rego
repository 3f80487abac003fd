# Images are scanned before they are published.
# SCN-01: Images are scanned before they are published. Add a Snyk or AquaTrivy step on the image
#   before the publishing step, with fail_on_severity at the threshold or stricter.
# Harness shows a policy one definition at a time. This one cannot see:
# - which image a scan looks at, but for archives
# - images that a command publishes in another way than `docker push`, and what else a command that
#   scans does about its findings
# - what a template holds where the payload does not have it; a publication behind one is let
#   through
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

severity := "high"

ranks := {"critical": 4, "high": 3, "medium": 2, "low": 1}

scans = [step |
	step := steps[_]
	scans_image(step.node)
	is_certain(step.path)
]

deny[message] {
	publication := publications[_]
	not is_scanned(publication.path)
	not unseen_before(publication.path)
	message := sprintf("'%s' publishes an image, and no scan of one that stops at %s comes before it on every path", [publication.node.identifier, severity])
}

is_scanned(publication) {
	scan := scans[_]
	precedes(scan.path, publication)
	not is_heedless(publication)
}

# What also runs after a failure does not wait for the success of a scan.
heedless = [found.path |
	found := everything[_]
	status := ["All", "Failure"][_]
	found.node.when[_] == status
]

is_heedless(path) {
	outer := heedless[_]
	is_inside(path, outer)
}

scans_image(node) {
	scanner := ["Snyk", "AquaTrivy", "Grype"][_]
	node.type == scanner
	node.spec.target.type == "container"
	stops(node.spec.advanced.fail_on_severity)
	not looks_elsewhere(node.spec)
}

# An archive that no build writes and no command speaks of is of another image.
looks_elsewhere(spec) {
	spec.image.type == "local_archive"
	archive := regex.find_n(`[^/]+$`, spec.target.workspace, 1)[0]
	not is_written(archive)
}

is_written(archive) {
	path := steps[_].node.spec.envVariables.PLUGIN_TAR_PATH
	endswith(path, archive)
}

is_written(archive) {
	text := scripts[_].text
	contains(text, archive)
}

# What a command does about its findings is read as far as a pattern tells.
scans_image(node) {
	text := node.spec.command
	regex.match(`(trivy|snyk|grype)`, text)
	not passes_over_findings(text)
}

passes_over_findings(text) {
	contains(text, "trivy")
	not regex.match(`--exit-code[=\s]+[1-9]`, text)
}

passes_over_findings(text) {
	levels := regex.find_all_string_submatch_n(`--severity[=\s]+(\S+)`, text, -1)
	level := levels[_][1]
	not contains(lower(level), severity)
}

# Its end is lost: the command goes on, is one side of a pipe, or may not be run at all.
passes_over_findings(text) {
	regex.match(`(trivy|snyk|grype)\s[^\n;]*\|`, text)
}

passes_over_findings(text) {
	regex.match(`(^|[\n;])\s*set\s\+e`, text)
}

passes_over_findings(text) {
	regex.match(`(^|[\n;])\s*if\s[^\n]*;\s*then\s[^\n]*(trivy|snyk|grype)`, text)
}

stops(threshold) {
	ranks[threshold] <= ranks[severity]
}

stops(threshold) {
	startswith(threshold, "<+")
}
