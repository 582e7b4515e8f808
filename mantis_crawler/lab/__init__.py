"""The embedded internet: names, addresses and sites on loopback, the same for the same seed."""

from mantis_crawler.lab.lab import Lab, LabRouteError
from mantis_crawler.lab.server import Hit

__all__ = ["Hit", "Lab", "LabRouteError"]
