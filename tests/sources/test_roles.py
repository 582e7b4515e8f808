import pytest

from mantis_crawler.items import IndicatorType, Role
from mantis_crawler.sources.roles import role_for, role_of


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("Android payload server", Role.PAYLOAD),
        ("payload_delivery", Role.PAYLOAD),
        ("Distribution server.", Role.PAYLOAD),
        ("malware_download", Role.PAYLOAD),
        ("Apple phishing server", Role.PHISHING),
        ("PHISHING", Role.PHISHING),
        ("credential theft", Role.PHISHING),
        ("MoqHao C2 server", Role.C2),
        ("C&C server.", Role.C2),
        ("c2_server", Role.C2),
        ("Command and Control", Role.C2),
        ("command-and-control", Role.C2),
        ("botnet_cc", Role.C2),
        ("Imgur profile used as Dead Drop resolvers", Role.DEAD_DROP),
        ("dead-drop", Role.DEAD_DROP),
        ("C2 dead drop", Role.DEAD_DROP),
        ("MoqHao sample analyzed", Role.SAMPLE),
        ("Domain contained in SMS", Role.LANDING),
        ("landing page", Role.LANDING),
        ("phishing page that leads to the C2", Role.C2),
        ("", None),
        ("cc_skimming", None),
        ("ec2 instance", None),
        ("Cloudflare, Inc.", None),
        ("graphic2d", None),
    ],
)
def test_words_tell_a_role(words: str, role: Role | None) -> None:
    assert role_of(words) is role


def test_the_first_words_that_tell_a_role_count() -> None:
    assert role_for(IndicatorType.HOST, "", "brand: au", "phishing", "payload") is Role.PHISHING


def test_what_nobody_names_may_be_opened_by_a_victim() -> None:
    assert role_for(IndicatorType.IP, "", "seen in May") is Role.LANDING


def test_a_hash_is_of_a_sample_whatever_is_said() -> None:
    assert role_for(IndicatorType.HASH, "C2") is Role.SAMPLE
