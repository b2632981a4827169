from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest

from etl.__main__ import main as command_line
from etl.commands import extract
from etl.pipeline.run import run
from tests.conftest import ROOT

AGREEMENTS = """Agreement ID,Title,Partner,Country,Signed,Type
A-1,Cooperation agreement with TU Graz,Graz University of Technology,Austria,2024-05-19,Cooperation agreement
"""
NEWS = {
    "title": "SPbPU and TU Graz sign an agreement",
    "text": "On 19 May 2024 the rectors signed a cooperation agreement in Graz. A joint laboratory of welding is planned.",
    "published": "2024-05-20",
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("extract")
    (folder / "raw").mkdir()
    (folder / "raw" / "agreements.csv").write_text(AGREEMENTS, "utf-8")
    run(folder / "raw", folder / "out", "2026-11-22")
    return folder / "out"


def answers(data: Path, *lines: object) -> tuple[int, list[dict[str, Any]]]:
    source = [line if isinstance(line, bytes) else orjson.dumps(line) + b"\n" for line in lines]
    target = io.StringIO()
    code = extract.main(source, target, data=data, reference=None)
    return code, [json.loads(line) for line in target.getvalue().splitlines()]


def test_an_item_is_understood_with_the_words_that_prove_it(data: Path) -> None:
    code, (found,) = answers(data, NEWS)
    assert code == 0
    assert {"countries", "partners", "fields", "event", "dates", "outcomes", "agreements"} <= set(found)
    assert (found["countries"], found["event"], found["dates"]) == (["AUT"], "signing", ["2024-05-19"])
    assert [each["id"] for each in found["partners"]] == ["org-tu-graz"]
    assert [(each["type"], each["count"], each["planned"]) for each in found["outcomes"]] == [("joint_lab", None, True)]
    assert [each["id"] for each in found["agreements"]] == ["A-1"]
    proofs = [*found["partners"], *found["outcomes"], *found["agreements"], *found["evidence"]["countries"], found["evidence"]["event"]]
    for proof in (*proofs, *found["evidence"]["dates"], *found["evidence"]["fields"]):
        start, end = proof["span"]
        assert NEWS[proof["column"]][start:end] == proof["text"]
        assert 0 < proof["confidence"] <= 1


def test_without_a_snapshot_everything_but_the_agreements_is_there(tmp_path: Path) -> None:
    code, (found,) = answers(tmp_path / "nothing", NEWS)
    assert code == 0
    assert (found["event"], found["countries"], found["agreements"]) == ("signing", ["AUT"], [])


def test_an_organisation_that_nobody_knows_is_given_by_its_name(tmp_path: Path) -> None:
    _, (found,) = answers(tmp_path, {"title": "Visit of the Foobar Institute of Technology"})
    assert [(each["id"], "Foobar Institute of Technology" in each["name"]) for each in found["partners"]] == [(None, True)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{broken\n", "not JSON"),
        (b"[1, 2]\n", "not a JSON object but a list"),
        (b"null\n", "not a JSON object but a NoneType"),
        (b'{"title": 5}\n', "title is not a text but a int"),
        (b'{"title": "\xff\xfe"}\n', "not JSON"),
        (b'{"text": false}\n', "text is not a text but a bool"),
        (b'{"published": 2024}\n', "published is not a text but a int"),
        (b"[" * 5000 + b"\n", "not JSON"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_and_the_stream_goes_on(tmp_path: Path, line: bytes, said: str) -> None:
    code, found = answers(tmp_path, {"title": "A visit"}, line, {"title": "Визит"})
    assert code == 1
    assert found[1]["line"] == 2
    assert said in found[1]["error"]
    assert [found[0]["event"], found[2]["event"]] == ["visit", "visit"]


@pytest.mark.parametrize("line", [{}, {"title": ""}, {"title": None, "text": None}, {"title": "\u0000 \ud7ff", "published": "whenever"}])
def test_an_empty_item_is_other_and_no_error(tmp_path: Path, line: dict[str, Any]) -> None:
    code, (found,) = answers(tmp_path, line)
    assert (code, found["event"], found["partners"], found["outcomes"]) == (0, "other", [], [])


def test_blank_lines_and_a_byte_order_mark_are_passed_over(tmp_path: Path) -> None:
    code, found = answers(tmp_path, b"\xef\xbb\xbf" + orjson.dumps({"title": "A visit"}) + b"\n", b"\n", b"  \n")
    assert (code, len(found)) == (0, 1)


def test_a_page_pasted_whole_is_read_in_bounded_time(tmp_path: Path) -> None:
    code, (found,) = answers(tmp_path, {"title": "A visit", "text": "They will sign and open, the rector. " * 3000})
    assert (code, found["event"]) == (0, "visit")


def test_the_command_line_reads_standard_input(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "etl", "extract", "--data", str(tmp_path)]
    done = subprocess.run(command, input='{"title": "Визит"}\n[]\n', capture_output=True, text=True, encoding="utf-8", cwd=ROOT)
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert (done.returncode, first["event"], second["line"]) == (1, "visit", 2)


def test_the_proof_of_a_page_with_markup_is_that_of_the_page(tmp_path: Path) -> None:
    text = "<p>The rector of <b>TU&nbsp;Graz</b> &amp; others signed an agreement on 19.05.2024.</p><script>Paris</script>"
    code, (found,) = answers(tmp_path, {"title": "\U0001f389 News", "text": text})
    assert (code, found["countries"], found["event"], found["dates"]) == (0, ["AUT"], "signing", ["2024-05-19"])
    for proof in (*found["partners"], *found["evidence"]["dates"], *found["evidence"]["countries"], found["evidence"]["event"]):
        start, end = proof["span"]
        assert text[start:end] == proof["text"]
    assert [each["text"] for each in found["partners"]] == ["TU&nbsp;Graz"]


def test_a_chinese_item_is_understood(tmp_path: Path) -> None:
    title = "\u683c\u62c9\u8328\u6280\u672f\u5927\u5b66\u4ee3\u8868\u56e2\u8bbf\u95ee"  # a delegation of TU Graz visits
    _, (found,) = answers(tmp_path, {"title": title, "text": "2024\u5e745\u670820\u65e5"})
    assert (found["language"], found["event"], found["dates"]) == ("zh", "visit", ["2024-05-20"])


def test_nothing_and_very_much_are_read(tmp_path: Path) -> None:
    code, found = answers(tmp_path, {}, {"title": None}, {"title": "Visit", "text": "TU Graz came to us. " * 1000})
    assert (code, [each["event"] for each in found]) == (0, ["other", "other", "visit"])


def test_a_broken_record_of_a_list_of_organisations_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "list.csv").write_text("id,name\n1,Quokka Island University\n2,\n", "utf-8")
    assert answers(tmp_path, {"title": "Visit"})[0] == 0
    assert extract.main([b""], io.StringIO(), data=tmp_path, reference=tmp_path / "list.csv") == 0
    assert "list.csv: Record 2 (2) was not read" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["extract"], ["same"], ["normalise", "partner"]])
def test_a_broken_list_of_organisations_is_named_and_is_no_crash(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.json").write_text('[{"id": "https://ror.org/0', "utf-8")
    assert command_line([*command, "--reference", str(tmp_path / "broken.json")]) == 3
    assert "broken.json is no list of organisations" in capsys.readouterr().err
