"""Where the places lie that a text names.

>>> for each in located("Rebels left Homs, Syria."):
...     print(each.place.name, each.place.lat, each.why)
"""

from whence.places.choice import Weights
from whence.places.gazetteer import Place
from whence.places.locate import Located, home, located, resolved

__all__ = ["Located", "Place", "Weights", "home", "located", "resolved"]
