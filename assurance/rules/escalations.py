"""The known ways in which an identity gives itself more rights than it was given.

Facts as published by Rhino Security Labs and by pathfinding.cloud; written here because no library
that the suite can depend on lists the ways through ECS.
https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/
https://pathfinding.cloud/
"""

from __future__ import annotations

from functools import partial

from assurance.model.findings import any_of
from assurance.model.identities import Condition, Identity, Statement, Target
from assurance.rules.actions import covers
from assurance.rules.narrowing import narrows

PASSING = "iam:PassRole"

_BY_ITSELF = (
    "ec2-instance-connect:SendSSHPublicKey",
    "ecs:ExecuteCommand",
    "glue:UpdateDevEndpoint",
    "iam:AddUserToGroup",
    "iam:AttachGroupPolicy",
    "iam:AttachRolePolicy",
    "iam:AttachUserPolicy",
    "iam:CreateAccessKey",
    "iam:CreateLoginProfile",
    "iam:CreatePolicyVersion",
    "iam:DeleteRolePermissionsBoundary",
    "iam:DeleteUserPermissionsBoundary",
    "iam:PutGroupPolicy",
    "iam:PutRolePolicy",
    "iam:PutUserPolicy",
    "iam:SetDefaultPolicyVersion",
    "iam:UpdateAssumeRolePolicy",
    "iam:UpdateLoginProfile",
    "lambda:UpdateFunctionCode",
    "lambda:UpdateFunctionConfiguration",
    "ssm:SendCommand",
    "ssm:StartSession",
    "sts:AssumeRole",
)
"""Each of these alone takes over what others may do, where it is not limited to named things."""

_UNDER_A_PASSED_ROLE = (
    ("apprunner:CreateService",),
    ("autoscaling:CreateAutoScalingGroup", "ec2:CreateLaunchTemplate"),
    ("cloudformation:CreateStack",),
    ("cloudformation:CreateStackSet", "cloudformation:CreateStackInstances"),
    ("cloudformation:UpdateStackSet",),
    ("codebuild:CreateProject", "codebuild:StartBuild"),
    ("codebuild:CreateProject", "codebuild:StartBuildBatch"),
    ("codepipeline:CreatePipeline",),
    ("datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition"),
    ("ec2:RunInstances",),
    ("ec2:AssociateIamInstanceProfile",),
    ("ec2:RequestSpotInstances",),
    ("ecs:RegisterTaskDefinition", "ecs:CreateService"),
    ("ecs:RegisterTaskDefinition", "ecs:RunTask"),
    ("ecs:RegisterTaskDefinition", "ecs:StartTask"),
    ("ecs:RegisterTaskDefinition", "ecs:UpdateService"),
    ("glue:CreateDevEndpoint",),
    ("glue:CreateJob", "glue:CreateTrigger"),
    ("glue:CreateJob", "glue:StartJobRun"),
    ("glue:UpdateJob", "glue:StartJobRun"),
    ("lambda:CreateFunction", "lambda:AddPermission"),
    ("lambda:CreateFunction", "lambda:CreateEventSourceMapping"),
    ("lambda:CreateFunction", "lambda:InvokeFunction"),
    ("sagemaker:CreateNotebookInstance",),
    ("sagemaker:CreateProcessingJob",),
    ("sagemaker:CreateTrainingJob",),
    ("scheduler:CreateSchedule",),
    ("states:CreateStateMachine", "states:StartExecution"),
)
"""Together with iam:PassRole on roles that are not named: code of one's own under any role."""

_OF_POLICIES = frozenset(
    action
    for action in _BY_ITSELF
    if action.startswith("iam:") and ("Polic" in action or "Boundary" in action)
)


def escalation(identity: Identity) -> str:
    """Return in words a known way in which an identity can escalate, or nothing."""
    granted = tuple(
        statement
        for policy in identity.policies
        if policy.aws_name == ""
        for statement in policy.statements
    )
    own = frozenset((identity.subject.id, *identity.subject.parts))
    for action in _BY_ITSELF:
        if any_of(granted, partial(_takes, action=action, own=own)):
            return f"can escalate its privileges with {action}, not limited to named resources"
    for needed in _UNDER_A_PASSED_ROLE:
        if _passes_and_runs(granted, needed):
            return (
                f"can escalate its privileges with {PASSING} of any role and {' and '.join(needed)}"
            )
    return ""


def _takes(statement: Statement, action: str, own: frozenset[str]) -> bool:
    """Whether a statement allows an action on what it does not name.

    To change one's own policy is enough, however exactly it is named.
    """
    if not _allows(statement, action) or any_of(statement.conditions, _limits):
        return False
    itself = own if action in _OF_POLICIES else frozenset()
    return any_of(
        statement.resources, lambda target: _is_open(target) or bool(itself & set(target.refers))
    )


def _is_open(target: Target) -> bool:
    return target.is_everything or target.is_whole_type


def _passes_and_runs(granted: tuple[Statement, ...], needed: tuple[str, ...]) -> bool:
    return all(any_of(granted, partial(_allows, action=action)) for action in needed) and any_of(
        granted, lambda statement: _passes_any_role(statement, needed)
    )


def _passes_any_role(statement: Statement, needed: tuple[str, ...]) -> bool:
    if not _allows(statement, PASSING) or not _may_pass_to(statement, needed):
        return False
    return any_of(statement.resources, _is_open)


def _may_pass_to(statement: Statement, needed: tuple[str, ...]) -> bool:
    """Whether a role may be passed to a service that the method uses."""
    services = tuple(action.partition(":")[0] for action in needed)
    limits = [
        value
        for condition in statement.conditions
        if condition.key.lower() == "iam:passedtoservice"
        for value in condition.values
    ]
    return not limits or any_of(limits, lambda value: str(value).startswith((*services, "*")))


def _allows(statement: Statement, action: str) -> bool:
    return bool(statement.allows) and any_of(
        statement.actions, lambda pattern: covers(pattern, action)
    )


def _limits(condition: Condition) -> bool:
    """Whether a condition keeps an action from taking over: by a boundary, or to what it picks."""
    return condition.key.lower() == "iam:permissionsboundary" or narrows(condition)
