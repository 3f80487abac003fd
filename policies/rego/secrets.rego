shown := ["approvalMessage", "tags", "labels", "body", "subject", "outputVariables", "buildArgs"]

deny[message] {
	step := steps[_]
	spec := step.node.spec
	walk(spec, [path, text])
	is_string(text)
	contains(text, "<+secrets.getValue(")
	field := shown[_]
	path[0] == field
	message := sprintf("step '%s' shows a secret in %s", [step.node.identifier, field])
}

# What a command or a script says, whichever of the two a step has.
scripts = array.concat(commands, inline)

commands = [found |
	step := steps[_]
	text := step.node.spec.command
	is_string(text)
	found := {"step": step.node.identifier, "lines": split(text, "\n")}
]

inline = [found |
	step := steps[_]
	text := step.node.spec.source.spec.script
	is_string(text)
	found := {"step": step.node.identifier, "lines": split(text, "\n")}
]

deny[message] {
	script := scripts[_]
	line := script.lines[_]
	regex.match(`(^|[\s;&|(])(echo|printf)\s[^|>]*<\+secrets\.getValue\(`, line)
	message := sprintf("step '%s' prints a secret", [script.step])
}

deny[message] {
	walk(document, [path, value])
	last := count(path) - 1
	path[last] == "webhookUrl"
	is_string(value)
	not startswith(value, "<+")
	message := "the URL of a chat is written down, and whoever has it can write there"
}
