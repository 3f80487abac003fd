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
}

scans_image(node) {
	scanner := ["Snyk", "AquaTrivy", "Grype"][_]
	node.type == scanner
	node.spec.target.type == "container"
	stops(node.spec.advanced.fail_on_severity)
}

# A command is not read here: one that names a scanner counts as a scan.
scans_image(node) {
	regex.match(`(trivy|snyk|grype)`, node.spec.command)
}

stops(threshold) {
	ranks[threshold] <= ranks[severity]
}

stops(threshold) {
	startswith(threshold, "<+")
}
