"""Pages from the web, fetched only when somebody asks for them by their address.

Politely: as robots.txt asks, one request at a time, with a pause between two to one host. Safely:
every address, and every address that it leads on to, is read strictly; its name is looked up once,
what it stands for must be public, and the connection goes to that very number. Nothing here reads
what came: that is done behind the same border as for any file (`whence.ingest`).
"""

from __future__ import annotations

from whence.fetch.address import address, shown
from whence.fetch.listed import addresses_in
from whence.fetch.values import Fetched, Hop, Limits, Wanted, Ways
from whence.fetch.visit import Visit

__all__ = [
    "Fetched", "Hop", "Limits", "Visit", "Wanted", "Ways", "address", "addresses_in", "shown",
]  # fmt: skip
