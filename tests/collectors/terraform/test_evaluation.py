"""Real Terraform on small roots: what is known, what is a reference, and what nobody can know."""

from __future__ import annotations

import json

import pytest

from assurance.collectors.terraform import TerraformRequest, collect_terraform
from tests.terraform_samples import SAMPLES, Collect, resource, values

# One process evaluates them all, so that each sample is evaluated once.
pytestmark = pytest.mark.xdist_group("samples")


def test_instances_of_count_for_each_and_modules_are_all_there(collect: Collect) -> None:
    body = collect("spread")

    addresses = {entry["address"] for entry in body["resources"]}

    assert {
        "aws_subnet.public[0]",
        "aws_subnet.public[1]",
        'aws_subnet.private["a"]',
        'module.web["blue"].aws_lb.web',
        'module.web["green"].aws_lb.web',
    } <= addresses


def test_a_reference_through_modules_names_its_resource(collect: Collect) -> None:
    listener = values(collect("spread"), "aws_lb_listener.https")

    assert listener["load_balancer_arn"] == '${module.web["green"].aws_lb.web.arn}'
    assert listener["default_action"] == [
        {
            "type": "forward",
            "target_group_arn": '${module.web["blue"].aws_lb_target_group.web.arn}',
        }
    ]


def test_dynamic_blocks_are_repeated(collect: Collect) -> None:
    group = values(collect("spread"), 'module.web["blue"].aws_security_group.web')

    assert [rule["from_port"] for rule in group["ingress"]] == [443, 80]


def test_what_is_not_set_is_absent_and_so_is_null(collect: Collect) -> None:
    vpc = values(collect("spread"), "aws_vpc.main")

    assert vpc.keys() == {"cidr_block", "tags"}


def test_tags_are_merged_with_the_providers(collect: Collect) -> None:
    vpc = values(collect("spread"), "aws_vpc.main")

    assert vpc["tags"] == {"Name": "main", "Owner": "platform", "Stage": "own"}


def test_places_lifecycle_and_calls_come_from_the_files(collect: Collect) -> None:
    group = resource(collect("spread"), 'module.web["blue"].aws_lb_target_group.web')

    assert group["file"] == "spread/web/main.tf"
    assert group["lifecycle"] == {
        "prevent_destroy": False,
        "create_before_destroy": True,
        "ignore_changes": ["name", 'tags["x"]'],
    }
    assert [(call["module"], call["file"]) for call in group["calls"]] == [
        ("module.web", "spread/main.tf")
    ]


def test_a_provider_without_package_keeps_its_arguments_and_its_references(
    collect: Collect,
) -> None:
    body = collect("foreign")

    assert values(body, "random_password.db") == {"length": 24, "special": False}
    assert values(body, "cloudflare_record.www")["value"] == "${aws_db_instance.main.address}"
    assert values(body, "aws_db_instance.main")["password"] == "${random_password.db.result}"


def test_a_secret_text_keeps_its_references_only(collect: Collect) -> None:
    value = values(collect("foreign"), "aws_ssm_parameter.url")["value"]

    assert "${random_password.db.result}" in value
    assert "${aws_db_instance.main.port}" in value
    assert "postgres" not in value


def test_pins_that_are_not_met_are_set_aside_with_a_warning(collect: Collect) -> None:
    summaries = [entry["summary"] for entry in collect("foreign")["diagnostics"]]

    assert any("does not meet '~> 1.2.0'" in summary for summary in summaries)
    assert any("does not meet '~> 3.0'" in summary for summary in summaries)


def test_policy_documents_are_written_out_where_they_are_used(collect: Collect) -> None:
    policy = values(collect("policies"), "aws_s3_bucket_policy.store")["policy"]

    read, deny = (
        next(s for s in policy["Statement"] if s["Sid"] == sid) for sid in ("Read", "Deny")
    )
    assert read["Action"] == ["s3:GetObject", "s3:ListBucket"]
    assert read["Resource"] == ["arn:aws:s3:::home-${aws:username}"]
    assert deny["Principal"] == {"AWS": ["*"]}
    assert deny["Resource"] == ["${aws_s3_bucket.store.arn}", "${aws_s3_bucket.store.arn}/*"]
    assert deny["Condition"] == {"Bool": {"aws:SecureTransport": ["false"]}}


def test_containers_are_decoded_whichever_way_they_are_written(collect: Collect) -> None:
    body = collect("containers")
    encoded = values(body, "aws_ecs_task_definition.encoded")["container_definitions"][0]
    template = values(body, "aws_ecs_task_definition.template")["container_definitions"][0]

    assert encoded["image"] == "${aws_ecr_repository.app.repository_url}:v1"
    assert encoded["cpu"] == 256
    assert template["command"] == ["${aws_ecr_repository.app.repository_url}"]
    assert template["image"] == {"$unknown": "var.image_tag, which has no value"}
    assert values(body, "aws_ecs_task_definition.read")["container_definitions"] == [
        {"name": "app", "image": "nginx:1.27"}
    ]


def test_a_sensitive_literal_is_hidden(collect: Collect) -> None:
    assert values(collect("containers"), "aws_db_instance.main")["password"] == "(sensitive)"


def test_only_what_is_sensitive_is_hidden_in_a_text_that_holds_it(collect: Collect) -> None:
    found = values(collect("secretive"), "aws_ecs_task_definition.mixed")
    (container,) = found["container_definitions"]

    assert container["name"] == "app"
    assert container["privileged"] is True
    assert container["portMappings"] == [{"containerPort": 8080}]
    assert {entry["name"] for entry in container["environment"]} == {
        "PASSWORD",
        "DSN",
        "ENCODED",
        "LATER",
        "FROM_MODULE",
    }
    assert {str(entry["value"]) for entry in container["environment"]} == {"(sensitive)"}


def test_types_in_quotes_are_refused_and_read_as_they_were_meant(collect: Collect) -> None:
    body = collect("quoted", sizes={"small": "tiny"})

    assert values(body, "aws_ecs_cluster.main")["name"] == "app-2"
    assert values(body, "aws_ecr_repository.main")["name"] == "tiny"
    assert not body["configuration"]["valid"]
    refused = [entry for entry in body["diagnostics"] if entry["severity"] == "error"]
    assert {entry["line"] for entry in refused} == {2, 7, 12}
    assert {entry["summary"] for entry in refused} == {"Invalid quoted type constraints"}


def test_a_secret_of_a_vault_is_hidden_as_a_whole(collect: Collect) -> None:
    found = values(collect("secretive"), "aws_secretsmanager_secret_version.whole")

    assert found["secret_string"] == {"user": "(sensitive)", "password": "(sensitive)"}


def test_lookups_of_unknown_number_are_unknown(collect: Collect) -> None:
    body = collect("lookups")
    network = values(body, "aws_ecs_service.app")["network_configuration"][0]

    assert network["subnets"] == {"$unknown": "data.aws_subnets.default.ids"}
    assert network["security_groups"] == [
        "${data.terraform_remote_state.network.outputs.security_group_id}"
    ]
    association = resource(body, "aws_network_acl_association.each[0]")
    assert association["existence"] == "count depends on data.aws_subnets.default.ids"


def test_existence_is_doubted_when_count_has_no_value(collect: Collect) -> None:
    body = collect("uncertain")

    reason = "count depends on var.create, which has no value"
    assert resource(body, "aws_cloudwatch_log_group.some[0]")["existence"] == reason
    assert resource(body, "aws_cloudwatch_log_group.other[0]")["existence"] == reason
    assert resource(body, "aws_db_instance.main")["existence"] == "known"


def test_a_placeholder_never_reads_as_a_value(collect: Collect) -> None:
    body = collect("uncertain")

    assert values(body, "aws_db_instance.main")["multi_az"] == {
        "$unknown": "var.create, which has no value"
    }
    assert values(body, "aws_cloudwatch_log_group.other[0]")["retention_in_days"] == {
        "$unknown": "var.retention, which has no value"
    }


def test_variables_from_the_caller_are_used(collect: Collect) -> None:
    body = collect("uncertain", create=True, name="x", zones=["eu-west-1a"], retention=7)

    assert values(body, "aws_cloudwatch_log_group.some[0]")["name"] == "/app/x"
    assert values(body, "aws_db_instance.main")["multi_az"] is True
    assert not [entry for entry in body["resources"] if entry["existence"] != "known"]


def test_aliases_give_resources_and_lookups_their_region(collect: Collect) -> None:
    body = collect("aliased")

    topic = resource(body, "module.regional.aws_sns_topic.alarms")
    assert (topic["region"], topic["provider_alias"]) == ("eu-central-1", "replica")
    assert topic["values"]["name"] == "alarms-eu-central-1"


def test_rules_of_security_groups_are_kept_in_all_three_forms(collect: Collect) -> None:
    body = collect("security")

    inline = values(body, "aws_security_group.inline")["ingress"]
    assert inline[0]["security_groups"] == ["${aws_security_group.other.id}"]
    classic = values(body, "aws_security_group_rule.classic")
    assert classic["source_security_group_id"] == "${aws_security_group.inline.id}"
    assert values(body, "aws_vpc_security_group_ingress_rule.modern")["from_port"] == 22


def test_a_module_that_is_not_here_is_named(collect: Collect) -> None:
    body = collect("registry")

    assert values(body, "aws_lb.main")["subnets"] == {
        "$unknown": "module.vpc.public_subnets, whose module is not available"
    }
    assert "module.vpc is not evaluated" in {d["summary"] for d in body["diagnostics"]}


def test_two_collections_are_identical_and_the_tree_is_untouched(collect: Collect) -> None:
    before = sorted(path.name for path in (SAMPLES / "spread").rglob("*"))

    again = collect_terraform(TerraformRequest(system=SAMPLES, root=SAMPLES / "spread"))

    assert json.dumps(again) == json.dumps(collect("spread"))
    assert sorted(path.name for path in (SAMPLES / "spread").rglob("*")) == before
