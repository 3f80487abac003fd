approvers := 1 # CDP-04.approvers

approvals = [step |
	step := steps[_]
	step.node.type == "HarnessApproval"
]

deny[message] {
	step := approvals[_]
	not names_group(step.node.spec.approvers)
	message := sprintf("approval '%s' names no group", [step.node.identifier])
}

names_group(approvers_) {
	count(approvers_.userGroups) > 0
}

deny[message] {
	step := approvals[_]
	group := step.node.spec.approvers.userGroups[_]
	endswith(group, "_all_users")
	message := sprintf("approval '%s' can be given by anybody", [step.node.identifier])
}

deny[message] {
	step := approvals[_]
	number := step.node.spec.approvers.minimumCount
	is_number(number)
	number < approvers
	message := sprintf("approval '%s' needs %v approvers, fewer than %v", [step.node.identifier, number, approvers])
}

deny[message] {
	step := approvals[_]
	not step.node.spec.approvers.minimumCount
	message := sprintf("approval '%s' does not say how many must approve", [step.node.identifier])
}

deny[message] {
	step := approvals[_]
	not excludes_executor(step.node.spec.approvers)
	message := sprintf("approval '%s' can be given by whoever runs the pipeline", [step.node.identifier])
}

excludes_executor(approvers_) {
	approvers_.disallowPipelineExecutor == true
}

excludes_executor(approvers_) {
	startswith(approvers_.disallowPipelineExecutor, "<+")
}

deny[message] {
	step := approvals[_]
	step.node.spec.autoApproval
	message := sprintf("approval '%s' gives itself", [step.node.identifier])
}

deny[message] {
	step := approvals[_]
	not step.node.timeout
	message := sprintf("approval '%s' does not say when it expires", [step.node.identifier])
}

deny[message] {
	step := approvals[_]
	not shows_release(step.node.spec)
	message := sprintf("approval '%s' does not show what is released", [step.node.identifier])
}

shows_release(spec) {
	text := lower(spec.approvalMessage)
	regex.match(`<\+[^>]*(tag|image|artifact|version|commit|release|build)[^>]*>`, text)
}

deny[message] {
	step := approvals[_]
	not step.node.spec.includePipelineExecutionHistory
	message := sprintf("approval '%s' hides what the pipeline did so far", [step.node.identifier])
}
