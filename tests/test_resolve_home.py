"""Where an outlet is at home helps to say which of many places of one name it means."""

from __future__ import annotations

from whence.resolve import resolve
from whence.terms import Document, Reading


def page(number: int, text: str, outlet: str | None) -> Reading:
    return Reading(Document(f"d{number}", f"p{number}", text, "", "text/plain", outlet=outlet))


LOCAL = [
    "The council of Dallas, Texas, met the mayor of Amarillo on Monday.",
    "A fair opened in Lubbock, Texas, and another one near Abilene.",
    "Trucks left Amarillo for El Paso, Texas, before dawn.",
    "Rain fell over Lubbock and Dallas, and the roads of Texas were wet.",
]
UNCLEAR = "The library in Paris will close on Friday."


def meant(outlet: str | None) -> str | None:
    """The country and point of the town in the last text."""
    pages = [page(n, text, outlet) for n, text in enumerate([*LOCAL, UNCLEAR])]
    done = resolve(pages)
    named = {each.id: each for each in done.entities}
    [town] = [m for m in done.readings[-1].mentions if m.kind == "place"]
    return named[town.entity].country if town.entity else None


def test_a_local_papers_town_is_the_one_down_the_road() -> None:
    assert meant("The Panhandle Lantern") == "US"


def test_texts_without_an_outlet_share_no_home() -> None:
    assert meant(None) == "FR"
