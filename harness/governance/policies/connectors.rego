# Connectors sign in without static keys.
# INT-03: Connectors authenticate safely and are scoped. Use a role or a secret reference in the
#   connector, set delegateSelectors, and move it to the project or organisation that uses it.
# SEC-03: The secret manager is AWS Secrets Manager through an assumed role. Add an AwsSecretManager
#   connector with credential type AssumeSTSRole (or AssumeIAMRole on the delegate) and refer to it
#   from the secrets.
# Harness shows a policy one definition at a time. This one cannot see:
# - who uses the connector
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
