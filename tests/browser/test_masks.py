"""What the dress changes of a page looks like the engine's own, however a page looks at it."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_targets import TEXTS, looked_at

pytestmark = pytest.mark.browser

TRIED = """
const tried = {};
const attempt = (name, act) => {
  try { tried[name] = String(act()); }
  catch (error) { tried[name] = error.stack || `${error.name}: ${error.message}`; }
};
const getter = (owner, name) => Object.getOwnPropertyDescriptor(owner.prototype, name).get;
const languages = getter(Navigator, 'languages'), text = Function.prototype.toString;
attempt('brand', () => languages.call({}));
attempt('graphics', () => WebGLRenderingContext.prototype.getParameter.call({}, 1));
attempt('builtin', () => text.call({}));
attempt('symbol', () => open(Symbol()));
attempt('cycle', () => {
  const above = Object.getPrototypeOf(text);
  try { return Object.setPrototypeOf(text, Object.create(text)); }
  finally { Object.setPrototypeOf(text, above); }
});
attempt('quiet cycle', () => Reflect.setPrototypeOf(text, Object.create(text)));
attempt('callback', () => matchMedia({toString() { throw new Error('mine'); }}));
attempt('digits', () => (-1).toFixed(-1));
Error.prepareStackTrace = (_error, sites) => sites.map((site) => site.getFileName()).join();
attempt('hooked', () => languages.call({}));
delete Error.prepareStackTrace;
"""
KEYS = """
const keys = [];
for (const name of ['com.widevine.alpha', 'com.apple.fps']) {
  const wanted = [{initDataTypes: ['cenc'], videoCapabilities: [
    {contentType: 'video/mp4; codecs="avc1.42E01E"', robustness: 'SW_SECURE_CRYPTO'}]}];
  const found = await navigator.requestMediaKeySystemAccess(name, wanted).catch((error) => error);
  keys.push(found.keySystem
    ? [found.keySystem, found.getConfiguration().videoCapabilities[0].robustness,
      String(await found.createMediaKeys())]
    : found.name);
}
const refused = navigator.requestMediaKeySystemAccess('com.widevine.alpha', []);
const bad = await refused.catch((error) => error.stack);
const adapter = await navigator.gpu.requestAdapter();
const graphics = [adapter.info.vendor, adapter.info.isFallbackAdapter, adapter.features.size,
  [...adapter.features].length, adapter.features.has('texture-compression-bc'),
  [...adapter.features].filter((name) => /^chromium-|-bc/.test(name)).length,
  String(adapter.features.keys())];
"""
TAKEN = """
const opened = await new Promise((done) => {
  const request = indexedDB.open('kept', 1);
  request.onupgradeneeded = () => request.result.createObjectStore('s');
  request.onsuccess = () => done(request.result);
});
const took = async (durability) => {
  const begun = performance.now();
  for (let at = 0; at < 6; at++) await new Promise((done) => {
    const change = opened.transaction('s', 'readwrite', {durability});
    change.objectStore('s').put(new Uint8Array(16384), at);
    change.oncomplete = done;
  });
  return performance.now() - begun;
};
await took('relaxed');
const ratios = [];
for (let at = 0; at < 7; at++) {
  const quick = await took('relaxed');
  ratios.push(await took('strict') / quick);
}
const ratio = ratios.sort((one, other) => one - other)[3];
"""
PAGE = f"""<!doctype html><p>hello<script type=module>
{TRIED}{KEYS}{TAKEN}
fetch('/told', {{method: 'POST', body: JSON.stringify({{tried, keys, bad, graphics, ratio}})}});
</script>"""


@pytest.fixture(scope="module", params=["android", "iphone"])
def told(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, dict[str, Any]]:
    folder: Path = tmp_path_factory.mktemp("masks")
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(TEXTS, "/", (PAGE, "text/html"))
        site, _ = asyncio.run(looked_at(folder, request.param, "us", "us"))
    return request.param, site.told


def test_no_error_shows_lines_that_are_not_the_pages(told: tuple[str, dict[str, Any]]) -> None:
    tried: dict[str, str] = told[1]["tried"]
    for name in ("brand", "graphics", "builtin", "symbol", "cycle", "callback", "digits"):
        first, *lines = tried[name].splitlines()
        assert "Error: " in first, name
        own = [line for line in lines if "http://phone.localhost/" not in line]
        builtin = {"builtin": ["Object.toString"], "cycle": ["Object.setPrototypeOf"]}.get(name, [])
        if name == "digits" and told[0] == "android":
            builtin = ["Number.toFixed"]
        assert own == [f"    at {place} (<anonymous>)" for place in builtin], name
    assert "Object.toString (http" in tried["callback"]
    assert set(tried["hooked"].split(",")) == {"http://phone.localhost/"}
    assert "<anonymous>" not in told[1]["bad"]


def test_functions_inherit_from_themselves_no_more_than_the_engines_own(
    told: tuple[str, dict[str, Any]],
) -> None:
    assert told[1]["tried"]["cycle"].startswith("TypeError: Cyclic __proto__ value")
    assert told[1]["tried"]["quiet cycle"] == "false"


def test_digits_out_of_range_are_refused_in_the_engines_words(told: tuple[str, dict[str, Any]]) -> None:
    word = "" if told[0] == "iphone" else "digits "
    assert told[1]["tried"]["digits"].startswith(
        f"RangeError: toFixed() {word}argument must be between 0 and 100"
    )


def test_the_phones_key_system_answers_and_no_other(told: tuple[str, dict[str, Any]]) -> None:
    system = {"android": "com.widevine.alpha", "iphone": "com.apple.fps"}[told[0]]
    found = [system, "SW_SECURE_CRYPTO", "[object MediaKeys]"]
    refused = "NotSupportedError"
    assert told[1]["keys"] == ([found, refused] if told[0] == "android" else [refused, found])


def test_the_adapter_of_webgpu_is_the_phones(told: tuple[str, dict[str, Any]]) -> None:
    vendor, fallback, size, listed, desktops, foreign, steps = told[1]["graphics"]
    assert (vendor, fallback, desktops, foreign) == (
        {"android": "arm", "iphone": "apple"}[told[0]],
        False,
        False,
        0,
    )
    assert size == listed > 5
    assert steps == "[object GPUSupportedFeatures Iterator]"


def test_safe_writes_take_longer_as_they_do_outside_of_private_windows(
    told: tuple[str, dict[str, Any]],
) -> None:
    assert told[1]["ratio"] > 1.3
