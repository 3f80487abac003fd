severity := "high" # SCN-01.severity

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
