"""Affiliations -> partner, country, or ourselves."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from etl.link.partners import Directory
from etl.normalise.countries import country
from etl.publications.addresses import addresses_of
from etl.publications.entry import Address
from etl.publications.places import Known, Places


@pytest.fixture(scope="module")
def places() -> Places:
    directory = Directory()
    names = ("SPbPU", "Peter the Great St. Petersburg Polytechnic University", "Peter Great St Petersburg Polytech Univ")
    where = {each.id: each.country for each in directory.known.by_id.values()}
    by_ror = {"00d7xrm67": "org-tu-graz"}
    return Places(Known(directory.find, country, by_ror, where.__getitem__, names, frozenset({"org-spbpu"}), "RUS"))


WRITTEN = [
    # address, country beside it, partner, country, home
    ("Institute of Steel, Graz University of Technology, Graz, Austria", "", "org-tu-graz", "AUT", False),
    ("Some Institute, Tsinghua University, Beijing, 100084, China", "", "org-tsinghua", "CHN", False),
    ("Xyz Univ, Wuhan 430074, Peoples R China", "", "", "CHN", False),
    ("Xyz Univ, Cambridge, MA 02139 USA", "", "", "USA", False),
    ("Xyz Univ, Abu Dhabi, U Arab Emirates", "", "", "ARE", False),
    ("Xyz Univ, Sarajevo, Bosnia & Herceg", "", "", "BIH", False),
    ("Peter the Great St.Petersburg Polytechnic University, St. Petersburg, Russian Federation", "", "", "RUS", True),
    ("Peter Great St Petersburg Polytech Univ, Dept Mech, St Petersburg, Russia", "", "", "RUS", True),
    ("Dept, SPbPU, Russia", "", "", "RUS", True),
    ("SPbPUlar Ltd, Helsinki, Finland", "", "", "FIN", False),
    ("Institute of Physics, Department of Optics", "", "", "", False),
    ("Tsinghua University", "CN", "org-tsinghua", "CHN", False),
    ("", "DE", "", "DEU", False),
]


@pytest.mark.parametrize(("text", "code", "partner", "where", "home"), WRITTEN, ids=[row[0] or row[1] for row in WRITTEN])
def test_an_address_leads_to_partner_and_country(places: Places, text: str, code: str, partner: str, where: str, home: bool) -> None:
    place = places.place(Address(text, code))
    assert (place.partner, place.country, place.is_home) == (partner, where, home)
    assert place.is_abroad == (where not in ("", "RUS"))


def test_a_ror_id_goes_before_the_name(places: Places) -> None:
    place = places.place(Address("TU of somewhere", "AT", "https://ror.org/00d7xrm67"))
    assert (place.partner, place.method) == ("org-tu-graz", "address, ror")


STATED = [
    ("scopus_csv", {"addresses": "Univ A, Graz, Austria; Univ B, Rome, Italy"}, ["Univ A, Graz, Austria", "Univ B, Rome, Italy"]),
    ("scopus_csv", {"author_addresses": "Ivanov I., Univ A, Graz, Austria; Li, W., Univ B, Rome, Italy"},
     ["Univ A, Graz, Austria", "Univ B, Rome, Italy"]),
    ("wos_tab", {"addresses": "[Li, W; Ivanov, I] Univ A, Graz, Austria; [Li, W] Univ B, Rome, Italy."},
     ["Univ A, Graz, Austria", "Univ B, Rome, Italy"]),
    ("wos_tab", {"addresses": "[Li, W] Univ A, Graz, Austria", "organisations": "University of A; "},
     ["Univ A, Graz, Austria", "University of A"]),
    ("openalex_csv", {"institutions": "Univ A|Univ B", "institution_countries": "AT|IT", "countries": "AT|IT"}, ["Univ A", "Univ B"]),
    ("openalex_csv", {"institutions": "Univ A|Univ B", "institution_countries": "AT", "countries": "AT"}, ["Univ A", "Univ B", ""]),
    ("openalex_csv", {"addresses": "['Univ A, Graz, Austria', 'Univ B, Rome, Italy']|Univ C"},
     ["Univ A, Graz, Austria", "Univ B, Rome, Italy", "Univ C"]),
    ("bibtex", {}, []),
]  # fmt: skip


@pytest.mark.parametrize(("code", "said", "texts"), STATED)
def test_the_addresses_of_a_work_are_parted(code: str, said: Mapping[str, str], texts: list[str]) -> None:
    assert [each.text for each in addresses_of(said, code)] == texts
