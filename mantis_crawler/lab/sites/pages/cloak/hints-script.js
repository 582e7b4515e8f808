if (iphone) return !("userAgentData" in navigator);
const high = await navigator.userAgentData.getHighEntropyValues(["model", "platformVersion", "bitness", "fullVersionList"]);
return high.mobile && high.platform === "Android" && high.model !== "" && parseInt(high.platformVersion) >= 9
  && high.bitness === "" && high.fullVersionList.some((one) => one.brand === "Google Chrome");
