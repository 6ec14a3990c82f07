"""Export: every answer there is as static files, with what a stock nginx or a CDN needs to find the right one."""

from ..answer.edition import Unservable
from .order import AHEAD, Order, Summary, export
from .range import NotExportable

__all__ = ["AHEAD", "NotExportable", "Order", "Summary", "Unservable", "export"]
