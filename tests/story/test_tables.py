"""The readers of people and places: what they accept, and the sentences for what they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechbook.problems import BookError
from speechbook.story.people import people_in
from speechbook.story.places import places_in

PEOPLE = Path("/book/docs/data/people.toml")
PLACES = Path("/book/docs/data/places.toml")
PERSON = """
[[person]]
slug = "eikhe"
name = "Robert Eikhe"
listed = "Eikhe, Robert"
mentions = ["Robert Eikhe", "Eikhe"]
variants = ["Eiche"]
native = ["lv: Roberts Eihe", "ru: Роберт Эйхе"]
born = "1890"
died = "1940"
years_seen = "pavlova_eikhe"
role = "dead"
note = "Shot."
citekey = "pavlova_eikhe"
"""
PLACE = """
[[place]]
slug = "moscow"
name = "Moscow"
mentions = ["Moscow"]
latitude = 55.75
longitude = 37.6
note = "The Congress."
citekey = "frus_v24"
"""


def person_without(line: str, instead: str = "") -> str:
    """Return the row with one of its lines changed."""
    assert line in PERSON
    return PERSON.replace(line, instead)


def refusal(path: Path, text: str) -> str:
    """Return the sentence with which a text is refused."""
    read = people_in if path == PEOPLE else places_in
    with pytest.raises(BookError) as refused:
        read(path, text)
    return refused.value.problems[0].sentence(Path("/book"))


def test_person_is_read_with_all_columns() -> None:
    (person,) = people_in(PEOPLE, PERSON)
    assert person.years == "1890–1940"
    assert [native.language for native in person.natives] == ["lv", "ru"]
    assert person.other_names == ("Eiche",)
    assert person.mentions == ("Robert Eikhe", "Eikhe")


def test_only_years_that_were_seen_are_told() -> None:
    (person,) = people_in(PEOPLE, person_without('born = "1890"\n'))
    assert person.years == "died 1940"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (person_without('slug = "eikhe"\n'), "2: Person 1 has no slug; add slug = …"),
        (person_without('"eikhe"\n', '"Eikhe"\n'), "3: Person 1 has slug = 'Eikhe'; write it with"),
        (person_without('"1890"', '"ca. 1890"'), "9: Person 1 has born = 'ca. 1890'; write a year"),
        (person_without('years_seen = "pavlova_eikhe"\n'), "2: Person 1 has no years_seen"),
        (person_without("lv: Roberts", "Roberts"), "8: Person 1 has native = 'Roberts Eihe'"),
        (person_without('["Robert Eikhe", "Eikhe"]', '["", "Eikhe"]'), "6: Person 1 has mentions"),
        (person_without('mentions = ["Robert Eikhe", "Eikhe"]\n'), "2: Person 1 has no mentions"),
        (PERSON + PERSON, "17: Person 2 has the slug 'eikhe' of an earlier row"),
        (person_without('"dead"', "dead"), "12:8: The data is not TOML"),
        ("", "1: The data has no [[person]]; give each person a table"),
    ],
)
def test_bad_people_are_refused_at_their_line(text: str, says: str) -> None:
    assert refusal(PEOPLE, text).startswith(f"docs/data/people.toml:{says}")


def test_place_has_a_position_in_degrees() -> None:
    (place,) = places_in(PLACES, PLACE)
    assert place.position == (55.75, 37.6)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (PLACE.replace("55.75", "95"), "6: Place 1 has latitude = 95; write a number from -90"),
        (PLACE.replace("37.6", '"37.6"'), "7: Place 1 has longitude = '37.6'"),
        (PLACE.replace("longitude = 37.6\n", ""), "2: Place 1 has longitude = None"),
    ],
)
def test_bad_positions_are_refused(text: str, says: str) -> None:
    assert refusal(PLACES, text).startswith(f"docs/data/places.toml:{says}")
