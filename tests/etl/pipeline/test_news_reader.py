"""What news are read against: our own list and the partners of the run; an added list only for names that read like one."""

from __future__ import annotations

from etl.link.partners import Directory, Organisation
from etl.pipeline.news_reader import NewsReader, known

LISTED = Organisation(
    "org-ror-0brum",
    "Brumford State University",
    kind="university",
    city="Brumford",
    country="KAZ",
    aliases=("Bridge",),
    reference_id="0brum",
)


def named(text: str, *listed: Organisation) -> list[tuple[str, str]]:
    reader = NewsReader(Directory(listed), {})
    return [(each.value, each.method) for each in reader.read({"title": text}, "2024-01-01", "en").partners]


def test_the_thousands_of_an_added_list_are_not_sought_in_every_text() -> None:
    directory = Directory([LISTED])
    assert "org-ror-0brum" not in {each.id for each in known(directory, {})}
    assert named("A bridge was opened; Bridge to the future", LISTED) == []


def test_a_name_that_reads_like_an_organisation_is_looked_up_in_an_added_list() -> None:
    text = "Agreement signed with Brumford State University"
    assert [value for value, _ in named(text)] == [""]
    assert named(text, LISTED) == [("org-ror-0brum", "reference")]
