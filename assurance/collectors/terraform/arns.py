"""ARNs of made-up things, in the form that the provider checks for each type."""

from __future__ import annotations

# Types whose `id` is their ARN.
ARN_IDS = frozenset(
    [
        "aws_acm_certificate",
        "aws_acm_certificate_validation",
        "aws_acmpca_certificate_authority",
        "aws_alb",
        "aws_alb_listener",
        "aws_alb_listener_rule",
        "aws_alb_target_group",
        "aws_apprunner_service",
        "aws_apprunner_vpc_connector",
        "aws_appautoscaling_target",
        "aws_batch_compute_environment",
        "aws_batch_job_definition",
        "aws_batch_job_queue",
        "aws_cloudtrail",
        "aws_cloudformation_stack",
        "aws_codebuild_project",
        "aws_codestarconnections_connection",
        "aws_codeconnections_connection",
        "aws_ecs_capacity_provider",
        "aws_ecs_cluster",
        "aws_ecs_service",
        "aws_globalaccelerator_accelerator",
        "aws_globalaccelerator_listener",
        "aws_iam_openid_connect_provider",
        "aws_iam_policy",
        "aws_iam_saml_provider",
        "aws_kinesis_firehose_delivery_stream",
        "aws_kinesis_stream",
        "aws_lambda_layer_version",
        "aws_lb",
        "aws_lb_listener",
        "aws_lb_listener_rule",
        "aws_lb_target_group",
        "aws_lb_trust_store",
        "aws_msk_cluster",
        "aws_networkfirewall_firewall",
        "aws_networkfirewall_firewall_policy",
        "aws_networkfirewall_rule_group",
        "aws_secretsmanager_secret",
        "aws_secretsmanager_secret_rotation",
        "aws_sfn_state_machine",
        "aws_sns_topic",
        "aws_sns_topic_subscription",
        "aws_signer_signing_profile",
        "data.aws_acm_certificate",
        "data.aws_alb",
        "data.aws_alb_listener",
        "data.aws_alb_target_group",
        "data.aws_ecs_cluster",
        "data.aws_ecs_service",
        "data.aws_iam_openid_connect_provider",
        "data.aws_iam_policy",
        "data.aws_lb",
        "data.aws_lb_listener",
        "data.aws_lb_target_group",
        "data.aws_secretsmanager_secret",
        "data.aws_sns_topic",
        "data.aws_elb_service_account",
    ]
)
# service and resource part of an ARN, where the provider looks closer than at the general form.
_ARNS = {
    "iam_role": ("iam", "", "role/{}"),
    "iam_policy": ("iam", "", "policy/{}"),
    "iam_user": ("iam", "", "user/{}"),
    "iam_instance_profile": ("iam", "", "instance-profile/{}"),
    "iam_openid_connect_provider": ("iam", "", "oidc-provider/{}"),
    "lambda_function": ("lambda", "@", "function:{}"),
    "lambda_alias": ("lambda", "@", "function:f:{}"),
    "s3_bucket": ("s3", "", "{}"),
    "kms_key": ("kms", "@", "key/{}"),
    "kms_alias": ("kms", "@", "alias/{}"),
    "lb": ("elasticloadbalancing", "@", "loadbalancer/app/{}/1"),
    "alb": ("elasticloadbalancing", "@", "loadbalancer/app/{}/1"),
    "lb_listener": ("elasticloadbalancing", "@", "listener/app/{}/1/2"),
    "lb_target_group": ("elasticloadbalancing", "@", "targetgroup/{}/1"),
    "alb_target_group": ("elasticloadbalancing", "@", "targetgroup/{}/1"),
    "ecs_cluster": ("ecs", "@", "cluster/{}"),
    "ecs_service": ("ecs", "@", "service/c/{}"),
    "ecs_task_definition": ("ecs", "@", "task-definition/{}:1"),
    "cloudwatch_log_group": ("logs", "@", "log-group:{}"),
    "sns_topic": ("sns", "@", "{}"),
    "sqs_queue": ("sqs", "@", "{}"),
    "secretsmanager_secret": ("secretsmanager", "@", "secret:{}"),
    "acm_certificate": ("acm", "@", "certificate/{}"),
    "dynamodb_table": ("dynamodb", "@", "table/{}"),
    "backup_vault": ("backup", "@", "backup-vault:{}"),
    "wafv2_web_acl": ("wafv2", "@", "regional/webacl/{}/1"),
    "ecr_repository": ("ecr", "@", "repository/{}"),
    "db_instance": ("rds", "@", "db:{}"),
    "rds_cluster": ("rds", "@", "cluster:{}"),
}


def arn(kind: str, word: str) -> str:
    """An ARN of a type around a word, as a quoted template; `local.assurance__account` varies."""
    bare = kind.removeprefix("data.").removeprefix("aws_")
    service, region, resource = _ARNS.get(bare, (bare.partition("_")[0] or "aws", "@", "{}"))
    place = "us-east-1" if region else ""
    account = "" if bare == "s3_bucket" else "${local.assurance__account}"
    return f'"arn:aws:{service}:{place}:{account}:{resource.format(word)}"'
