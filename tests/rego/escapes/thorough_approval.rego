package pipeline

deny[message] {
	walk(input.pipeline, [path, value])
	is_object(value)
	value.approvers.disallowPipelineExecutor == false
	message := "whoever runs the pipeline can approve it"
}
