const frame = document.body.appendChild(document.createElement("iframe"));
const inner = frame.contentWindow.navigator;
return /^(Linux arm|iPhone)/.test(inner.platform) && inner.maxTouchPoints > 1 && !inner.webdriver
  && inner.userAgent === navigator.userAgent && inner.language === navigator.language;
