import gc
import io
import json
from pathlib import Path

from etl.commands import normalise

LIST = (
    "id,display,country,city,types,names_json\n"
    '0abc,Foo University,DE,Fooburg,education,"[[""Foo University"", ""en"", ""ror_display+label""]]"\n'
    '0def,Saint Odo College,US,Odoville,education,"[[""Saint Odo College"", ""en"", ""ror_display+label""]]"\n'
    '0xyz,Saint Odo College,IE,Odotown,education,"[[""Saint Odo College"", ""en"", ""ror_display+label""]]"\n'
)


def test_affiliations_are_answered_by_the_ids_of_the_list_one_line_each(tmp_path: Path) -> None:
    (tmp_path / "ror.csv").write_text(LIST, encoding="utf-8")
    lines = ["Dept. Chem., Foo Univ., Fooburg, Germany", "Saint Odo College", "University of Nowhere", ""]
    out = io.StringIO()
    normalise.main("partner", io.StringIO("\n".join(lines) + "\n"), out, data=tmp_path, reference=tmp_path / "ror.csv")
    answers = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [each["input"] for each in answers] == lines
    assert [(each["value"], each["status"]) for each in answers] == [
        ("0abc", "read"),
        (None, "review"),
        (None, "refused"),
        (None, "refused"),
    ]
    assert sorted(answers[1]["candidates"]) == ["0def", "0xyz"]
    assert "Foo Univ" in answers[0]["reason"]
    assert gc.isenabled()
