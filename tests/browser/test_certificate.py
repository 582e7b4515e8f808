from typing import Any

import pytest

from mantis_crawler.browser.certificate import certificate_of

LONG_AGO, FAR = 946_684_800, 4_102_444_800


def response(host: str = "www.a.example", state: str = "secure", **details: Any) -> dict[str, Any]:
    facts = {"subjectName": "a.example", "issuer": "Lab CA", "validFrom": LONG_AGO, "validTo": FAR}
    facts["sanList"] = ["*.a.example"]
    return {"url": f"https://{host}/", "securityState": state, "securityDetails": {**facts, **details}}


@pytest.mark.parametrize(
    ("answer", "faults"),
    [
        (response(), ()),
        (response(validTo=LONG_AGO), ("expired",)),
        (response(validFrom=FAR), ("not_yet_valid",)),
        (response(issuer="a.example"), ("self_signed",)),
        (response(sanList=["b.example"]), ("wrong_name",)),
        (response("deep.www.a.example"), ("wrong_name",)),
        (response(state="insecure"), ("untrusted",)),
    ],
)
def test_the_faults_of_a_certificate(answer: dict[str, Any], faults: tuple[str, ...]) -> None:
    certificate = certificate_of(answer)
    assert certificate is not None
    assert certificate.faults == faults


def test_plain_http_has_no_certificate() -> None:
    assert certificate_of({"url": "http://a.example/"}) is None
