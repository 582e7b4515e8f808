"""Texts of port 43: where the next server is, what they say of a domain, and that they may say anything."""

import pytest

from mantis_crawler.items import Ask, Contact, Failure, Question, Registration
from mantis_crawler.providers.base import Call, Page, ProviderError
from mantis_crawler.providers.whois import Whois

pytest.importorskip("asyncwhois")

IANA = "% IANA WHOIS server\n\nrefer:        whois.denic.de\n\ndomain:       DE\n"
GENERIC = """   Domain Name: EVIL.COM
   Registry Domain ID: 1_DOMAIN
   Registrar WHOIS Server: whois.registrar.example
   Updated Date: 2022-02-02T03:04:05Z
   Creation Date: 2022-01-02T03:04:05Z
   Registry Expiry Date: 2027-01-02T03:04:05Z
   Registrar: Made Registrar, Inc.
   Domain Status: clientTransferProhibited https://icann.org/epp#clientTransferProhibited
   Registrant Name: Sam Sample
   Registrant Country: IS
   Registrant Email: sam@example.test
   Name Server: NS1.EVIL.COM
>>> Last update of whois database: 2026-11-01T00:00:00Z <<<
"""
BRITISH = """
    Domain name:
        evil.co.uk

    Registrar:
        Made Registrar Ltd [Tag = MADE]

    Relevant dates:
        Registered on: 03-Jan-2022
        Expiry date:  03-Jan-2027

    Name servers:
        ns1.evil.co.uk
"""
JAPANESE = """[ JPRS database provides information on network administration. Its use is    ]
[ restricted to network administration purposes.                              ]
Domain Information:
[Domain Name]                   EVIL.JP

[Registrant]                    Example Co., Ltd.

[Name Server]                   ns1.evil.jp

[Created on]                    2022/01/03
[Expires on]                    2027/01/31
[Status]                        Active
"""
QUESTION = Question(ask=Ask.REGISTRATION, subject="evil.com")


def read(body: str, step: str, domain: str = "evil.com", server: str = "whois.registry.example") -> Page:
    question = Question(ask=Ask.REGISTRATION, subject=domain)
    return Whois().page(question, Call(url=f"whois://{server}/{domain}", step=step), body, 200)


def test_iana_names_the_registrys_server_which_is_asked_in_its_own_form() -> None:
    first = Whois().call(QUESTION)
    assert first is not None
    assert first.url == "whois://whois.iana.org/com"
    after = read(IANA, "iana", "evil.de").next
    assert after is not None
    assert after.url == "whois://whois.denic.de/-T%20dn%20evil.de"


def test_a_registration_of_the_common_form_is_read_and_its_registrar_is_asked_too() -> None:
    page = read(GENERIC, "registry")
    assert page.findings == (
        Registration(
            domain="evil.com",
            registrant=Contact(name="Sam Sample", email="sam@example.test", country="is"),
            registrar="Made Registrar, Inc.",
            created="2022-01-02T03:04:05Z",
            updated="2022-02-02T03:04:05Z",
            expires="2027-01-02T03:04:05Z",
            name_servers=("ns1.evil.com",),
            status=("clientTransferProhibited",),
        ),
    )
    assert page.next is not None
    assert (page.next.url, page.next.extra) == ("whois://whois.registrar.example/evil.com", True)
    assert read(GENERIC, "registrar").next is None


def test_a_registry_with_a_form_of_its_own_is_read_too() -> None:
    (found,) = read(BRITISH, "registry", "evil.co.uk").findings
    assert isinstance(found, Registration)
    assert (found.registrar.startswith("Made Registrar"), found.created) == (True, "2022-01-03T00:00:00Z")


def test_an_answer_that_begins_with_a_bracket_is_read_as_japans_registry_writes_it() -> None:
    (found,) = read(JAPANESE, "registry", "evil.jp").findings
    assert isinstance(found, Registration)
    assert found.registrant.name == "Example Co., Ltd."
    assert (found.created, found.expires) == ("2022-01-03T00:00:00Z", "2027-01-31T00:00:00Z")


@pytest.mark.parametrize(
    "named",
    [
        "127.0.0.1",
        "localhost",
        "10.0.0.1",
        "a b",
        "../etc",
        "x.com:22",
        "-x.com",
        "x",
        "[::1]",
        "x" * 300,
    ],
)
def test_a_text_that_names_a_server_that_is_no_name_leads_nowhere(named: str) -> None:
    page = read(GENERIC.replace("whois.registrar.example", named), "registry")
    assert page.next is None
    with pytest.raises(ProviderError):
        read(IANA.replace("whois.denic.de", named), "iana", "evil.de")


@pytest.mark.parametrize(
    ("text", "failure"),
    [
        ("Your query limit was exceeded", Failure.RATE),
        ("Welcome to this server.", Failure.UNREADABLE),
        (GENERIC[: len(GENERIC) // 2], Failure.UNREADABLE),
        ("\x00" * 1000, Failure.UNREADABLE),
        ("a" * 200_000, Failure.UNREADABLE),
    ],
    ids=["limit", "welcome", "cut", "zeros", "long"],
)
def test_what_is_no_registration_is_a_failure(text: str, failure: Failure) -> None:
    with pytest.raises(ProviderError) as caught:
        read(text, "registry")
    assert caught.value.failure is failure


@pytest.mark.parametrize("text", ['No match for domain "EVIL.COM".', "Domain not found.", "Status: free"])
def test_no_such_domain_is_an_answer(text: str) -> None:
    page = read(text, "registry")
    assert (page.findings, page.total) == ((), 0)


def test_a_registry_without_a_server_cannot_be_asked() -> None:
    with pytest.raises(ProviderError, match=r"registry of \.zz has no WHOIS server"):
        read("domain:       ZZ\nstatus:       ACTIVE\n", "iana", "evil.zz")
