return phone && /^(Linux arm|iPhone)/.test(navigator.platform)
  && navigator.appVersion === navigator.userAgent.slice("Mozilla/".length)
  && navigator.vendor === (iphone ? "Apple Computer, Inc." : "Google Inc.");
