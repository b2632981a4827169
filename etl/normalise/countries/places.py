"""A part of a country, said with what kind of part it is, as the state that ISO 3166-2 puts it in."""

from __future__ import annotations

import re

from etl.normalise.countries import lists
from etl.records import Read

_HAN_KIND = re.compile("(?:壮族|回族|维吾尔)?(?:特别行政区|自治区|自治州|地区|省|市|州|县|府|都)$")
#: Endings of Russian adjectives in Latin letters: Omskaya Oblast, Altayskiy Kray.
_ROMANISED = re.compile("s?k(?:aya|aia|aja|iy|ii|ij|yy|yi|y|oye|oe)$")
_LEAST = 4


def part(name: str, words: list[str]) -> Read | None:
    """Read 'Orenburg Oblast', 'Новосибирской области', 'Omskaya oblast', '广东省', 'Kurdistan Region of Iraq'.

    ``name`` is a key and ``words`` are its words.
    """
    before, of, state = name.rpartition(" of ")
    if of and (whole := lists.exact().get(state)) and (found := lists.parts().get(before) or part(before, before.split())):
        return found if found.value == whole.value else None
    kinds = lists.admin_words()
    left = [word for word in words if word not in kinds]
    if left and len(left) < len(words):
        return _bare(" ".join(left))
    bare = _HAN_KIND.sub("", name)
    return lists.parts().get(bare) if len(bare) > 1 and bare != name else None


def _bare(bare: str) -> Read | None:
    if found := lists.parts().get(bare) or lists.part_stems().get(lists.stem(bare)):
        return found
    if len(bare) > _LEAST and bare.endswith("ian"):
        return lists.parts().get(bare[:-1])
    root = _ROMANISED.sub("", bare)
    return lists.parts().get(f"{root}sk") or lists.parts().get(root) if root != bare and len(root) > 1 else None
