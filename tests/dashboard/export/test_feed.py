"""The tables for other programs: complete, described by the contract, harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from flask.testing import FlaskClient

from dashboard.__main__ import main
from dashboard.app import create
from etl.tables import TABLES


@pytest.fixture(scope="module")
def client(data: Path) -> FlaskClient:
    found: FlaskClient = create(data, pages=(), figures=()).server.test_client()
    return found


@pytest.fixture(scope="module")
def package(client: FlaskClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/data/datapackage.json").json
    return found


def test_the_package_describes_every_table_and_every_column(package: dict[str, Any]) -> None:
    told = {each["path"]: each["schema"] for each in package["resources"]}
    assert told.keys() == {f"{table.name}.{suffix}" for table in TABLES for suffix in ("csv", "json")}
    for table in TABLES:
        schema = told[f"{table.name}.csv"]
        assert [field["name"] for field in schema["fields"]] == [str(column) for column in table.columns]
        assert [field["description"] for field in schema["fields"]] == [column.meaning for column in table.columns]
        assert schema["primaryKey"] == [str(each) for each in table.key]
    names = {each["name"] for each in package["resources"]}
    assert all(name == name.lower() and " " not in name for name in names)
    for schema in told.values():
        for key in schema.get("foreignKeys", []):
            assert key["reference"]["resource"] in names
            target = told[f"{key['reference']['resource'].replace('-', '_')}.csv"]
            assert set(key["reference"]["fields"]) <= {field["name"] for field in target["fields"]}


def spelt(cell: Any) -> str:
    """A value as Frictionless reads it from CSV."""
    if cell is None:
        return ""
    if isinstance(cell, (list, dict)):
        return json.dumps(cell, ensure_ascii=False)
    return {True: "true", False: "false"}[cell] if isinstance(cell, bool) else str(cell)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_is_whole_in_both_forms(client: FlaskClient, data: Path, table: Any) -> None:
    published = pq.read_table(data / "snapshots" / (data / "current").read_text("utf-8").strip() / f"{table.name}.parquet").to_pylist()
    found = json.loads(client.get(f"/data/{table.name}.json").data)
    assert [{**row} for row in found] == json.loads(json.dumps(published, default=str))
    lines = list(csv.reader(io.StringIO(client.get(f"/data/{table.name}.csv").data.decode("utf-8"), newline="")))
    assert lines[0] == [str(column) for column in table.columns]
    assert [[cell.removeprefix("'") for cell in line] for line in lines[1:]] == [
        [spelt(row[str(column)]).removeprefix("'") for column in table.columns] for row in published
    ]
    assert not [cell for line in lines for cell in line if cell.startswith(("=", "+", "@", "\t", "＝")) and not cell.lstrip("+").isdigit()]


TYPES: dict[str, Callable[[str], Any]] = {
    "string": str, "integer": int, "number": float, "boolean": {"true": True, "false": False}.__getitem__, "array": json.loads,
}  # fmt: skip

PLAIN: dict[str, tuple[type, ...]] = {"string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,), "array": (list,)}


def cells(schema: dict[str, Any], rows: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Any]]:
    """Every field of a schema with every cell of it, absent where the schema calls it missing."""
    for field in schema["fields"]:
        missing = field.get("missingValues", schema["missingValues"])
        yield from ((field, None if row[field["name"]] in (None, *missing) else row[field["name"]]) for row in rows)


@pytest.fixture(scope="module")
def fed(client: FlaskClient) -> dict[str, list[dict[str, Any]]]:
    """The rows of each file as a reader of the package has them: texts from CSV, values from JSON."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table in TABLES:
        text = client.get(f"/data/{table.name}.csv").data.decode("utf-8")
        found[f"{table.name}.csv"] = list(csv.DictReader(io.StringIO(text, newline="")))
        found[f"{table.name}.json"] = json.loads(client.get(f"/data/{table.name}.json").data)
    return found


def test_every_cell_is_what_the_schema_of_its_table_promises(package: dict[str, Any], fed: dict[str, list[dict[str, Any]]]) -> None:
    for resource in package["resources"]:
        schema, rows = resource["schema"], fed[resource["path"]]
        for field, cell in cells(schema, rows):
            told = (resource["path"], field["name"], cell)
            if cell is None:
                assert not field.get("constraints", {}).get("required"), told
            elif resource["format"] == "csv":
                TYPES[field["type"]](cell)
            else:
                assert type(cell) in PLAIN[field["type"]], told
        keys = [tuple(row[name] for name in schema["primaryKey"]) for row in rows]
        assert len(keys) == len(set(keys)), resource["path"]


def test_every_reference_leads_to_a_row(package: dict[str, Any], fed: dict[str, list[dict[str, Any]]]) -> None:
    paths = {each["name"]: each["path"] for each in package["resources"]}
    followed = 0
    for resource in package["resources"]:
        for key in resource["schema"].get("foreignKeys", []):
            (own,), (other,) = key["fields"], key["reference"]["fields"]
            known = {row[other] for row in fed[paths[key["reference"]["resource"]]]}
            found = {row[own] for row in fed[resource["path"]]} - {None, ""}
            assert found <= known, (resource["path"], own)
            followed += len(found)
    assert followed > 1000


def test_a_table_that_does_not_exist_is_not_there(client: FlaskClient) -> None:
    for address in ("/data/secret.csv", "/data/run.parquet", "/data/../current", "/data/agreement_status.csv"):
        answer = client.get(address)
        assert answer.status_code == 404 or answer.mimetype == "text/html"


def test_the_command_writes_the_same_package(data: Path, tmp_path: Path, package: dict[str, Any], client: FlaskClient) -> None:
    assert main(["feed", "--to", str(tmp_path / "out"), "--data", str(data)]) == 0
    assert json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8")) == package
    for name in ("agreement.csv", "source_row.json"):
        assert (tmp_path / "out" / name).read_bytes() == client.get(f"/data/{name}").data


def test_without_data_there_is_no_feed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feed", "--to", str(tmp_path / "out"), "--data", str(tmp_path)]) == 2
    assert "make etl" in capsys.readouterr().err
    assert create(tmp_path, pages=(), figures=()).server.test_client().get("/data/datapackage.json").status_code == 503
