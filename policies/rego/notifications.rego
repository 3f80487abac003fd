told := {
	"success": ["PipelineSuccess", "PipelineEnd", "AllEvents"],
	"failure": ["PipelineFailed", "PipelineEnd", "AllEvents", "StageFailed"],
}

events = [event.type |
	rule := document.notificationRules[_]
	not is_off(rule)
	event := rule.pipelineEvents[_]
]

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
