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

deny[message] {
	script := scripts[_]
	regex.match(`(^|[\s;&|(])(echo|printf)\s[^|>\n]*<\+secrets\.getValue\(`, script.text)
	message := sprintf("step '%s' prints a secret", [script.step.node.identifier])
}

# What a step hands to a command in its environment.
given = array.concat(mapped, listed)

mapped = [found |
	script := scripts[_]
	value := script.step.node.spec.envVariables[name]
	contains(value, "<+secrets.getValue(")
	found := {"step": script.step, "text": script.text, "name": name}
]

listed = [found |
	script := scripts[_]
	variable := script.step.node.spec.environmentVariables[_]
	contains(variable.value, "<+secrets.getValue(")
	found := {"step": script.step, "text": script.text, "name": variable.name}
]

deny[message] {
	found := given[_]
	pattern := concat("", [`(^|[\n;&])\s*(echo|printf)\s[^|>\n]*\$\{?`, found.name, `\b[^|>\n]*($|\n)`])
	regex.match(pattern, found.text)
	message := sprintf("'%s' is a secret, and step '%s' prints it", [found.name, found.step.node.identifier])
}

deny[message] {
	found := given[_]
	regex.match(`(^|[\n;&])\s*(env|printenv)(\s*\|\s*sort)?\s*($|[\n;&])`, found.text)
	message := sprintf("'%s' is a secret, and step '%s' prints its environment", [found.name, found.step.node.identifier])
}

deny[message] {
	found := given[_]
	regex.match(`(^|[\n;&])\s*set\s+(-[a-z]*x|-o\s+xtrace)`, found.text)
	message := sprintf("'set -x' in step '%s' prints the secret in %s", [found.step.node.identifier, found.name])
}

deny[message] {
	found := given[_]
	pattern := concat("", [`--build-arg[=\s]+"?[^\s"]*\$\{?`, found.name, `\b`])
	regex.match(pattern, found.text)
	message := sprintf("'%s' is a secret, and step '%s' builds it into an image", [found.name, found.step.node.identifier])
}

deny[message] {
	found := given[_]
	output := found.step.node.spec.outputVariables[_].value
	pattern := concat("", [`(^|[\n;&]|export\s)\s*`, output, `="?\$\{?`, found.name, `\b`])
	regex.match(pattern, found.text)
	message := sprintf("'%s' of step '%s' hands on the secret in %s", [output, found.step.node.identifier, found.name])
}

# Where a name says that it is one.
credentials = array.concat(array.concat(in_variables, in_headers), array.concat(in_environments, in_commands))

in_variables = [found |
	walk(document, [_, node])
	is_object(node)
	found := {"name": node.name, "value": node.value}
]

in_environments = [found |
	value := steps[_].node.spec.envVariables[name]
	found := {"name": name, "value": value}
]

in_headers = [found |
	header := steps[_].node.spec.headers[_]
	found := {"name": header.key, "value": header.value}
]

in_commands = [found |
	text := scripts[_].text
	said := regex.find_all_string_submatch_n(`(?:^|[\n;&])\s*(?:export\s+)?([A-Z0-9_]+)=([^\s;&|]+)`, text, -1)
	assigned := said[_]
	found := {"name": trim(assigned[1], `"`), "value": trim(assigned[2], `"`)}
]

deny[message] {
	found := credentials[_]
	regex.match(`(password|passwd|secret|token|api_?key|authorization)$`, lower(found.name))
	is_string(found.value)
	count(found.value) > 0
	not contains(found.value, "<+")
	not contains(found.value, "$")
	message := sprintf("'%s' is written down instead of kept as a secret", [found.name])
}

deny[message] {
	walk(document, [path, value])
	last := count(path) - 1
	path[last] == "webhookUrl"
	is_string(value)
	not startswith(value, "<+")
	message := "the URL of a chat is written down, and whoever has it can write there"
}
