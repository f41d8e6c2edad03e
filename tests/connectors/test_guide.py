"""The guide to the contract says what the schemas say."""

import json
import re
from pathlib import Path

import pytest

from safeconduct.connectors.http_contract import schemas
from safeconduct.connectors.port import ActKind, Fact

pytestmark = pytest.mark.one_database
GUIDE = (Path(__file__).parents[2] / "docs" / "guides" / "http-contract.md").read_text()
PUBLISHED = sorted(path.name.removesuffix(".schema.json") for path in Path(schemas.__file__).parent.glob("v1/*.json"))


def test_the_example_is_a_true_example() -> None:
    order, answer = (json.loads(found) for found in re.findall(r"^\{.*\}$", GUIDE, re.MULTILINE))

    assert schemas.faults("act-order", order) == []
    assert schemas.faults("act-answer", answer) == []


def test_the_guide_names_every_act() -> None:
    both = re.findall(r"`([a-z]+)\.([a-z]+)`(?: / `(?:[a-z]+)?\.([a-z]+)`)?", GUIDE)
    named = {f"{what}.{verb}" for what, *verbs in both for verb in verbs if verb}

    assert {act.value for act in ActKind} <= named


def test_the_guide_names_every_fact_and_every_refusal() -> None:
    facts = {fact.value for fact in Fact} - {"signed-out", "tokens-gone"}
    codes = schemas.schema("problem")["properties"]["code"]["enum"]

    assert [name for name in facts if f"`facts.{name}`" not in GUIDE] == []
    assert [code for code in codes if f"`{code}`" not in GUIDE] == []


def test_the_schemas_know_every_act_of_the_port() -> None:
    assert set(schemas.schema("act-order")["properties"]["act"]["enum"]) == {act.value for act in ActKind}
    assert set(schemas.schema("cost-question")["properties"]["act"]["enum"]) == {act.value for act in ActKind}


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_schema_is_a_schema(name: str) -> None:
    schemas._validator(name).check_schema(schemas.schema(name))


def test_a_fault_names_the_place_and_never_the_value() -> None:
    assert schemas.faults("account", {"exists": "amina"}) == ["exists: type"]
