import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.link.partners import split

CELLS = [
    ("", [], "nothing"),
    (" ;\n ", [], "only separators"),
    ("TU Berlin", ["TU Berlin"], "one"),
    ("TU Berlin; RWTH Aachen", ["TU Berlin", "RWTH Aachen"], "semicolon"),
    ("TU Berlin\nRWTH Aachen\n", ["TU Berlin", "RWTH Aachen"], "lines"),
    ("1. TU Berlin\n2) RWTH Aachen", ["TU Berlin", "RWTH Aachen"], "numbered lines"),
    ("• TU Berlin • RWTH Aachen", ["TU Berlin", "RWTH Aachen"], "bullets"),
    ("TU Berlin / RWTH Aachen", ["TU Berlin", "RWTH Aachen"], "slash between two"),
    ("Харбинский институт / Harbin Institute", ["Харбинский институт / Harbin Institute"], "one name in two scripts"),
    ("City, University of London", ["City, University of London"], "a comma in a name"),
    ("Institute of Physics, CAS", ["Institute of Physics, CAS"], "an institute of an academy"),
    (
        "Research Center for Eco-Environmental Sciences, CAS",
        ["Research Center for Eco-Environmental Sciences, CAS"],
        "a comma before the academy",
    ),
    (
        "NRW.INVEST, economic development agency of North Rhine-Westphalia",
        ["NRW.INVEST, economic development agency of North Rhine-Westphalia"],
        "a comma before a description",
    ),
    (
        "Ministry of Higher Education, Science and Innovation of Uzbekistan",
        ["Ministry of Higher Education, Science and Innovation of Uzbekistan"],
        "a list within a name",
    ),
    ("TU Berlin, TU Graz and Tsinghua University", ["TU Berlin", "TU Graz", "Tsinghua University"], "a list of known ones"),
    ("TU Berlin, City, University of London", ["TU Berlin", "City, University of London"], "a known name with a comma in a list"),
    ("Foo University, Bar Institute", ["Foo University, Bar Institute"], "unknown ones are not cut"),
    ("Tsinghua University, China", ["Tsinghua University, China"], "a country is no partner"),
    ("Foo University (Berlin; Bonn)", ["Foo University (Berlin; Bonn)"], "brackets hold together"),
    ("TU Berlin; TU Berlin", ["TU Berlin"], "twice"),
    ("Лицей / 239", ["Лицей / 239"], "a number is no partner"),
    ("TU Berlin / ", ["TU Berlin"], "nothing behind a slash"),
]


@pytest.mark.parametrize(("cell", "partners", "why"), CELLS)
def test_partners_of_a_cell(cell: str, partners: list[str], why: str) -> None:
    assert split(cell) == partners, why


@settings(deadline=None)  # the first call reads the lists
@given(st.text())
def test_any_cell_is_split_once(cell: str) -> None:
    partners = split(cell)
    assert len(set(partners)) == len(partners)
    assert all(part == part.strip() and part for part in partners)
