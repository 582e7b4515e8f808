// What only pages have.
if (worn.vendor !== navigator.vendor) onGetter(navigatorOwner, 'vendor', () => worn.vendor);

if (worn.rate && global.AudioContext)
  onGetter(BaseAudioContext.prototype, 'sampleRate', (real, self) => (self instanceof AudioContext ? worn.rate : real));

// The headless shell refuses notifications before anybody was asked; a phone has not decided yet.
if (global.Notification && isSecureContext && Notification.permission === 'denied')
  onGetter(Notification, 'permission', (real) => (real === 'denied' ? 'default' : real));

// The headless shell has no `chrome`; the browser inside an app has none either.
if (worn.vendor === 'Google Inc.' && !worn.inApp && !global.chrome) {
  const opened = performance.timeOrigin / 1000;
  const chrome = {
    loadTimes: named('function () { [native code] }', {
      loadTimes() {
        const [at] = performance.getEntriesByType('navigation');
        const seconds = (name) => (at && at[name] ? opened + at[name] / 1000 : 0);
        const protocol = (at && at.nextHopProtocol) || 'http/1.1';
        return {
          requestTime: opened,
          startLoadTime: opened,
          commitLoadTime: seconds('responseStart'),
          finishDocumentLoadTime: seconds('domContentLoadedEventEnd'),
          finishLoadTime: seconds('loadEventEnd'),
          firstPaintTime: seconds('domInteractive'),
          firstPaintAfterLoadTime: 0,
          navigationType: 'Other',
          wasFetchedViaSpdy: protocol === 'h2',
          wasNpnNegotiated: protocol === 'h2',
          npnNegotiatedProtocol: protocol === 'h2' ? 'h2' : 'unknown',
          wasAlternateProtocolAvailable: false,
          connectionInfo: protocol,
        };
      },
    }.loadTimes),
    csi: named('function () { [native code] }', {
      csi() {
        const now = performance.now();
        return {
          startE: Math.round(performance.timeOrigin),
          onloadT: Math.round(performance.timeOrigin + now),
          pageT: now,
          tran: 15,
        };
      },
    }.csi),
  };
  for (const key of ['loadTimes', 'csi']) defineProperty(chrome[key], 'name', { value: '', configurable: true });
  if (!worn.mobile) {
    chrome.app = {
      isInstalled: false,
      InstallState: { DISABLED: 'disabled', INSTALLED: 'installed', NOT_INSTALLED: 'not_installed' },
      RunningState: { CANNOT_RUN: 'cannot_run', READY_TO_RUN: 'ready_to_run', RUNNING: 'running' },
    };
  }
  defineProperty(global, 'chrome', { value: chrome, writable: true, enumerable: true, configurable: false });
}

if (worn.voices.length && global.SpeechSynthesis && !worn.inApp) {
  const facts = new WeakMap();
  const voice = ([name, lang], place) => {
    const made = Object.create(SpeechSynthesisVoice.prototype);
    facts.set(made, { name, lang, voiceURI: name, localService: true, default: place === 0 });
    return made;
  };
  for (const key of ['name', 'lang', 'voiceURI', 'localService', 'default']) {
    const found = getOwnPropertyDescriptor(SpeechSynthesisVoice.prototype, key);
    found.get = mask(found.get, (native, self, args) => {
      const ours = facts.get(self);
      return ours ? ours[key] : apply(native, self, args);
    });
    defineProperty(SpeechSynthesisVoice.prototype, key, found);
  }
  const made = worn.voices.map(voice);
  onMethod(SpeechSynthesis.prototype, 'getVoices', (native, self, args) => {
    const real = apply(native, self, args);
    return real.length ? real : [...made];
  });
}
