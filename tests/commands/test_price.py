"""What `scrapy price` prints."""

from mantis_crawler.commands.price import Price, told


def test_each_site_has_its_line_and_the_average_is_of_the_sums() -> None:
    found = [Price(design="news", visit=0.3, plain=0.2), Price(design="parked", visit=0.1, plain=0.2)]
    lines = [line.split() for line in told(found)]
    assert lines[0] == ["news", "0.30", "0.20", "1.50"]
    assert lines[2] == ["average", "of", "2", "0.20", "0.20", "1.00"]
