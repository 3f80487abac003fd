deny[message] {
	type := ["Aws", "AwsSecretManager"][_]
	document.type == type
	document.spec.credential.type == "ManualConfig"
	message := sprintf("connector '%s' signs in to AWS with static keys", [document.identifier])
}

fields := ["password", "token", "secretKey", "accessKey", "privateKey"]

deny[message] {
	walk(document.spec, [path, value])
	is_string(value)
	last := count(path) - 1
	field := fields[_]
	path[last] == field
	not startswith(value, "<+")
	not names_secret(document.type)
	message := sprintf("connector '%s' holds a credential in %s", [document.identifier, field])
}

# These fields of a secret manager hold the identifier of a secret.
names_secret(type) {
	type == "AwsSecretManager"
}
