told := {
	"success": ["PipelineSuccess", "PipelineEnd", "AllEvents"],
	"failure": ["PipelineFailed", "PipelineEnd", "AllEvents", "StageFailed"],
}

events = [event.type |
	rule := document.notificationRules[_]
	not is_off(rule)
	reaches_developers(rule.notificationMethod)
	event := rule.pipelineEvents[_]
]

# Whoever is on duty is paged by something else, and need not be who wrote the change.
reaches_developers(method) {
	chat := ["Slack", "MsTeams"][_]
	method.type == chat
}

reaches_developers(method) {
	method.type == "Email"
	count(method.spec.userGroups) > 0
}

reaches_developers(method) {
	method.type == "Email"
	count(method.spec.recipients) > 0
}

is_off(rule) {
	rule.enabled == false
}

deny[message] {
	count(publications) > 0
	types := told[result]
	not is_told(types)
	message := sprintf("the pipeline publishes images, and tells nobody of a %s", [result])
}

is_told(types) {
	event := events[_]
	type := types[_]
	event == type
}
