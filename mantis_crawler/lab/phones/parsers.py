"""What parsers on servers make of a user agent, where their packages are installed; none is needed."""

from collections.abc import Callable
from importlib import import_module
from typing import Any


def parse(agent: str) -> dict[str, Any]:
    """Return what each installed parser says, JSON; a parser that is not installed is not in it."""
    told: dict[str, Any] = {}
    for name, (module, read) in PARSERS.items():
        try:
            found = import_module(module)
        except ImportError:
            continue
        told[name] = read(found, agent)
    return told


def _ua_parser(package: Any, agent: str) -> list[Any]:
    found = package.parse(agent)
    return [found.os and found.os.family, found.user_agent and found.user_agent.family]


def _device_detector(package: Any, agent: str) -> list[Any]:
    found = package.DeviceDetector(agent).parse()
    return [str(found.os_name()), str(found.device_type()), bool(found.is_bot())]


def _user_agents(package: Any, agent: str) -> list[Any]:
    found = package.parse(agent)
    return [found.is_mobile, found.is_touch_capable, found.is_pc, found.is_bot]


def _crawlerdetect(package: Any, agent: str) -> bool:
    return bool(package.CrawlerDetect(user_agent=agent).isCrawler())


def _httpagentparser(package: Any, agent: str) -> Any:
    return package.detect(agent).get("platform", {}).get("name")


Reader = Callable[[Any, str], Any]
PARSERS: dict[str, tuple[str, Reader]] = {
    "ua_parser": ("ua_parser", _ua_parser),
    "device_detector": ("device_detector", _device_detector),
    "user_agents": ("user_agents", _user_agents),
    "crawlerdetect": ("crawlerdetect", _crawlerdetect),
    "httpagentparser": ("httpagentparser", _httpagentparser),
}
