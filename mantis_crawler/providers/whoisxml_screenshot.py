"""Website Screenshot of WhoisXML API: how a page looks to a browser that is not ours."""

from urllib.parse import urlencode

from mantis_crawler.items import Ask, Picture, Question
from mantis_crawler.providers.base import About, Call, Page, unreadable
from mantis_crawler.providers.whoisxml import GET_ONE, WhoisXml, read

_BEGINS, _ENDS = "\x89PNG\r\n\x1a\n", "IEND\xaeB`\x82"
_PHONE = {"mobile": 1, "touchScreen": 1, "width": 412, "height": 915}


class Screenshot(WhoisXml):
    """Bytes, or an error in JSON; the picture is only looked at for its beginning and its end."""

    name = "whoisxml_screenshot"
    about = About(
        title="WhoisXML API Website Screenshot",
        gives="a picture of the page, as a phone of theirs saw it",
        costs="1 credit a picture",
        sends="the whole URL; the service opens it from its own addresses, which the site's owner can see",
        get=GET_ONE,
    )
    asks = frozenset((Ask.PICTURE,))
    hosts = ("website-screenshot.whoisxmlapi.com",)
    rate = 1.0

    def call(self, question: Question) -> Call:
        """Ask for the viewport of a phone."""
        wishes = {"type": "png", "imageOutputFormat": "image", "errorsOutputFormat": "JSON", **_PHONE}
        query = urlencode({"url": question.subject, **wishes})
        return Call(url=f"https://{self.hosts[0]}/api/v1?{query}", cost=1, binary=True)

    def page(self, question: Question, call: Call, body: str, status: int) -> Page:  # noqa: ARG002 - the body tells
        """Take the picture, if it is a whole one."""
        if not body.startswith(_BEGINS):
            read(body)
            raise unreadable("it sent no picture")
        if not body.endswith(_ENDS):
            raise unreadable("its picture is cut off")
        return Page(findings=(Picture(png=body.encode("latin-1")),), total=1)
