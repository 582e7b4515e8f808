"""From a domain to everybody who has had it registered."""

from mantis_crawler.expansion.registrants import ByRegistration
from mantis_crawler.items import Ask


class WhoisHistory(ByRegistration):
    """Earlier registrations: what is redacted now was public once, but the owner may have been another."""

    name = "whois_history"
    ask = Ask.REGISTRATIONS
    weight = 0.8
