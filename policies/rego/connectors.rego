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

deny[message] {
	document.type == "AwsSecretManager"
	not document.spec.credential.type
	message := sprintf("connector '%s' does not say by which role it reads secrets", [document.identifier])
}

deny[message] {
	type := ["Vault", "GcpSecretManager", "AzureKeyVault", "CustomSecretManager"][_]
	document.type == type
	message := sprintf("connector '%s' reads secrets that AWS Secrets Manager does not keep", [document.identifier])
}

deny[message] {
	walk(document.spec, [_, value])
	is_string(value)
	regex.match(`://[^/@\s]+:[^/@\s]+@`, value)
	message := sprintf("connector '%s' holds a credential in an address", [document.identifier])
}
