"""What a run would cost is said before anybody is asked."""

from typing import Any

import pytest

from mantis_crawler.items import Ask, Question
from mantis_crawler.spiders.prices import each, prices, told
from tests.spiders.lab_providers import CASE, Lab


def bought(**options: Any) -> dict[str, float]:
    lab = Lab()
    found = each(lab.asker(), options, on_lab=False)
    assert lab.calls == []
    return found


def test_enrichment_costs_nothing_unless_it_is_told_to() -> None:
    assert bought() == {}


def test_paid_enrichment_and_second_opinions_have_their_prices_by_provider() -> None:
    assert bought(MANTIS_PAID_ENRICHMENT="True") == {
        "whoisxml_geolocation": 1,
        "whoisxml_threat_intelligence": 1,
        "whoisxml_whois": 1,
    }
    assert bought(MANTIS_SECOND_OPINIONS="reputation,screenshot") == {
        "whoisxml_reputation": 1,
        "whoisxml_screenshot": 1,
    }


@pytest.mark.parametrize(("key", "cost"), [("lab-good:x", 52), ("", 0)])
def test_the_first_questions_are_added_up_and_nobody_is_asked(key: str, cost: float) -> None:
    lab = Lab(key)
    subjects = (
        (Ask.NAMES_AT, CASE.addresses[0]),
        (Ask.REGISTRATIONS, CASE.domains[0]),
        (Ask.NAMES_AT, "8.8.8.8"),
    )
    questions = [Question(ask=ask, subject=subject) for ask, subject in subjects]
    plain = prices(questions, lab.asker("whoisxml_reverse_ip", "whoisxml_history"), {}, on_lab=True)
    assert (sum(plain["credits"].values()), lab.calls) == (cost, [])
    assert plain["questions"] == {"names_at": 2, "registrations": 1}
    assert any("It would be 3 questions" in line for line in told(plain))
