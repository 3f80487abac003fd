# Connectors sign in without static keys.
# INT-03: Connectors authenticate safely and are scoped. Use a role or a secret reference in the
#   connector, set delegateSelectors, and move it to the project or organisation that uses it.
# SEC-03: The secret manager is AWS Secrets Manager through an assumed role. Add an AwsSecretManager
#   connector with credential type AssumeSTSRole (or AssumeIAMRole on the delegate) and refer to it
#   from the secrets.
# Harness shows a policy one definition at a time. This one cannot see:
# - who uses the connector, and whether what it serves needs a delegate
# - delegates that a pipeline selects instead
# Made by `assurance rego emit`; change policies/rego and make it anew.

package connector

document := input.entity

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
