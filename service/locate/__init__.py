"""Locate: addresses and edge headers in, candidate places out. Nothing here raises on what a reader sends."""

from service.locate.edge import PRESETS, Edge, edge
from service.locate.locator import Locator, Saying, Sighting
from service.locate.manifest import Shipped, shipped
from service.locate.origin import Network, from_trusted, networks, origin
from service.locate.source import Status

__all__ = [
    "PRESETS",
    "Edge",
    "Locator",
    "Network",
    "Saying",
    "Shipped",
    "Sighting",
    "Status",
    "edge",
    "from_trusted",
    "networks",
    "origin",
    "shipped",
]
