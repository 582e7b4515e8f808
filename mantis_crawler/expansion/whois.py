"""From a domain to who has registered it now."""

from mantis_crawler.expansion.registrants import ByRegistration
from mantis_crawler.items import Ask


class Whois(ByRegistration):
    """The current registration, by WHOIS or RDAP; since 2018 mostly redacted."""

    name = "whois"
    ask = Ask.REGISTRATION
    weight = 0.9
