const traces = Object.keys(window).filter((name) => /^(cdc_|__pw|__playwright|_phantom)/.test(name));
return phone && navigator.webdriver === false && !traces.length && !/Headless/.test(navigator.userAgent);
