"""The structure of Terraform's syntax, and the references in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance.collectors.terraform import hcl
from assurance.collectors.terraform.json_syntax import to_native
from assurance.collectors.terraform.references import references

TEXT = """
resource aws_lb "main" { # a comment with { and "
  name = "a-${var.name}-%{ if true }x%{ endif }"
  tags = {
    a = "}" // another
    "b" = [for k, v in local.x : v if k != "]"]
  }
  policy = <<-EOT
    { "x": "${data.aws_vpc.main["a"].arn}" }
  EOT

  dynamic "setting" {
    for_each = module.net.ids[*].id
    content { value = setting.value }
  }
}
"""


def test_blocks_labels_and_lines_are_found() -> None:
    (block,) = hcl.parse("x.tf", TEXT).body.blocks

    assert (block.kind, block.labels, block.line, block.end_line) == (
        "resource",
        ("aws_lb", "main"),
        2,
        16,
    )
    assert list(block.body.attributes) == ["name", "tags", "policy"]
    assert block.body.blocks[0].labels == ("setting",)


def test_references_are_found_in_templates_and_indexes() -> None:
    source = hcl.parse("x.tf", TEXT)
    block = source.body.blocks[0].body

    def found(name: str) -> list[tuple[str, tuple[object, ...]]]:
        return [(r.address, r.steps) for r in references(source, block.attributes[name])]

    assert found("name") == [("var.name", ())]
    assert found("tags") == [("local.x", ())]
    assert found("policy") == [("data.aws_vpc.main", ("a", "arn"))]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = {\n b = 1\n", 2),
        ('a = "x\nb = 1', 1),
        ("resource {\n", 1),
        ("a = 1 }\n", 1),
        ("a =\nb = 2\n", 1),
        ("x y z = 1\n", 1),
        ("a = <<EOT\nnever closed\n", 2),
    ],
)
def test_broken_text_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(hcl.HclSyntaxError) as caught:
        hcl.parse("x.tf", text)

    assert (caught.value.file, caught.value.line) == ("x.tf", line)
    assert caught.value.remedy


@given(st.text(max_size=80))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        hcl.parse("x.tf", text)
    except hcl.HclSyntaxError as error:
        assert error.line is not None  # noqa: PT017  most texts raise nothing


def test_json_syntax_says_the_same() -> None:
    text = (
        '{"resource": {"aws_lb": {"main": {"name": "x-${var.a}", "subnets": "${local.s}",'
        ' "access_logs": [{"bucket": "b"}]}}}, "variable": {"a": {"type": "string"}}}'
    )

    source = hcl.parse("x.tf.json", to_native("x.tf.json", text))

    lb = source.body.blocks[0]
    assert lb.labels == ("aws_lb", "main")
    assert source.value(lb.body.attributes["subnets"]) == "local.s"
    assert [block.kind for block in lb.body.blocks] == ["access_logs"]
