// What only pages have.
if (worn.vendor !== navigator.vendor) onGetter(navigatorOwner, 'vendor', () => worn.vendor);

// Queries that no override answers.
if (worn.hdr) {
  const asked = new WeakMap();
  const high = /\(\s*(video-)?dynamic-range\s*:\s*high\s*\)/gi;
  onMethod(global, 'matchMedia', (native, self, args) => {
    if (!args.length) return apply(native, self, args);
    const text = `${args[0]}`;
    if (!text.match(high)) return apply(native, self, [text]);
    const list = apply(native, self, [text.replace(high, '(min-width: 0px)')]);
    asked.set(list, text.trim().replace(/\s*:\s*/g, ': '));
    return list;
  });
  onGetter(MediaQueryList.prototype, 'media', (real, self) => asked.get(self) || real);
}

if (worn.rate && global.AudioContext)
  onGetter(BaseAudioContext.prototype, 'sampleRate', (real, self) => (self instanceof AudioContext ? worn.rate : real));

// What no DevTools event tells is said on the console as it was before any script of the page.
const { debug } = console;
const { stringify } = JSON;
const Address = global.URL;
let left = 60;
const whisper = (what, more) => {
  if (left-- > 0) apply(debug, console, [worn.sign + stringify({ what, more })]);
};

// What the phone plays protected video with: here ClearKey, which every Chromium has, answers in its name.
// A page is told that there is one, and gets keys of it; a licence it gets none for.
if (worn.keys && navigator.requestMediaKeySystemAccess) {
  const granted = new WeakMap();
  const then = Promise.prototype.then;
  const eased = (part) => (part && [...part].map((one) => ({ contentType: one.contentType, encryptionScheme: one.encryptionScheme })));
  const cleared = (wanted) => ({
    initDataTypes: ['cenc'],
    audioCapabilities: eased(wanted.audioCapabilities),
    videoCapabilities: eased(wanted.videoCapabilities),
    distinctiveIdentifier: 'optional',
    persistentState: 'optional',
    sessionTypes: ['temporary'],
  });
  onMethod(Navigator.prototype, 'requestMediaKeySystemAccess', (native, self, args) => {
    return apply(then, apply(native, self, args), [undefined, async (error) => {
      if (args[0] !== worn.keys || error.name !== 'NotSupportedError') throw tidied(error);
      for (const wanted of args[1]) {
        const found = await apply(native, self, ['org.w3.clearkey', [cleared(wanted)]]).catch(() => null);
        if (!found) continue;
        if (!known) told();
        known = true;
        granted.set(found, wanted);
        return found;
      }
      throw error;
    }]);
  });
  let known = false;
  const told = () => {
    onGetter(MediaKeySystemAccess.prototype, 'keySystem', (real, self) => (granted.has(self) ? worn.keys : real));
    onMethod(MediaKeySystemAccess.prototype, 'getConfiguration', (native, self, args) => {
      const answer = apply(native, self, args);
      const wanted = granted.get(self);
      if (!wanted) return answer;
      const hard = (part, name) => answer[name].map((one, at) => ({ ...one, robustness: [...part][at].robustness || '' }));
      if (wanted.audioCapabilities) answer.audioCapabilities = hard(wanted.audioCapabilities, 'audioCapabilities');
      if (wanted.videoCapabilities) answer.videoCapabilities = hard(wanted.videoCapabilities, 'videoCapabilities');
      const needed = (value) => (value === 'required' ? value : 'not-allowed');
      return {
        ...answer,
        distinctiveIdentifier: needed(wanted.distinctiveIdentifier),
        initDataTypes: [...(wanted.initDataTypes || [])],
        persistentState: needed(wanted.persistentState),
        sessionTypes: [...(wanted.sessionTypes || ['temporary'])],
      };
    });
  };
}

// A phone blocks a window that nobody's tap asked for; the headless shell has no blocker.
onMethod(global, 'open', (native, self, args) => {
  const [, target] = args;
  const here = /^_(self|top|parent)$/i.test(String(target)) || (target && global.frames[target]);
  if (here || navigator.userActivation.isActive) return apply(native, self, args);
  const [text = 'about:blank'] = args.map((asked) => `${asked}`);
  try {
    whisper('opens', new Address(text, document.baseURI).href);
  } catch {
    whisper('opens', text);
  }
  return null;
});

// Who asks for what. None of it is granted; a browser tells nobody that it was asked.
const asking = {
  notifications: ['Notification.requestPermission', 'PushManager.prototype.subscribe'],
  location: ['Geolocation.prototype.getCurrentPosition', 'Geolocation.prototype.watchPosition'],
  'camera or microphone': ['MediaDevices.prototype.getUserMedia', 'Navigator.prototype.getUserMedia', 'Navigator.prototype.webkitGetUserMedia'],
  screen: ['MediaDevices.prototype.getDisplayMedia'],
  clipboard: ['Clipboard.prototype.read', 'Clipboard.prototype.readText'],
  contacts: ['ContactsManager.prototype.select'],
  motion: ['DeviceMotionEvent.requestPermission', 'DeviceOrientationEvent.requestPermission'],
  midi: ['Navigator.prototype.requestMIDIAccess'],
  nfc: ['NDEFReader.prototype.scan'],
  devices: ['Bluetooth.prototype.requestDevice', 'USB.prototype.requestDevice', 'HID.prototype.requestDevice', 'Serial.prototype.requestPort'],
  payment: ['PaymentRequest.prototype.show'],
};
for (const [what, paths] of Object.entries(asking)) {
  for (const path of paths) {
    const at = path.lastIndexOf('.');
    onMethod(ownerOf(path.slice(0, at)), path.slice(at + 1), (native, self, args) => {
      const answer = apply(native, self, args);
      whisper('asks', what);
      return answer;
    });
  }
}

// These end the headless shell's renderer, which has nobody to hand them to.
const refused = (name, text) => Promise.reject(new DOMException(text, name));
onMethod(Navigator.prototype, 'share', (native, self) => {
  apply(getOwnPropertyDescriptor(Navigator.prototype, 'cookieEnabled').get, self, []);
  return navigator.userActivation.isActive
    ? new Promise(() => {})
    : refused('NotAllowedError', "Failed to execute 'share' on 'Navigator': Must be handling a user gesture to perform a share request.");
});
onMethod(global, 'getDigitalGoodsService', () => refused('OperationError', 'unsupported context'));

// The headless shell refuses notifications before anybody was asked; a phone has not decided yet.
if (global.Notification && isSecureContext && (worn.shell || Notification.permission === 'denied'))
  onGetter(Notification, 'permission', (real) => (real === 'denied' ? 'default' : real));

// Where a page is not secure, Chrome refuses these unasked; the headless shell says that it would ask.
const insecure = ['notifications', 'geolocation', 'camera', 'microphone', 'video_capture', 'audio_capture', 'push', 'midi'];
if (worn.vendor === 'Google Inc.' && !isSecureContext && global.PermissionStatus)
  onGetter(PermissionStatus.prototype, 'state', (real, self) => (insecure.includes(self.name) ? 'denied' : real));

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

// The five names under which browsers with a viewer for PDF list it, or none. The headless shell has none;
// of others it is asked, which another process answers.
if (global.PluginArray && worn.pdf !== (!worn.shell && navigator.pdfViewerEnabled)) {
  const facts = new WeakMap();
  const answer = (owner, names) => {
    for (const name of names)
      onOwn(owner, name, (native, self, args) => (facts.has(self) ? facts.get(self)[name] : apply(native, self, args)));
  };
  const onOwn = (owner, name, act) => {
    const found = getOwnPropertyDescriptor(owner, name);
    if (found.get) found.get = mask(found.get, act);
    else found.value = mask(found.value, (native, self, args) => {
      const ours = act(() => undefined, self, args);
      return ours ? ours(...args) : apply(native, self, args);
    });
    defineProperty(owner, name, found);
  };
  const listed = (prototype, items, key) => {
    const made = Object.create(prototype);
    items.forEach((item, at) => defineProperty(made, at, { value: item, enumerable: true, configurable: true }));
    items.forEach((item) => defineProperty(made, facts.get(item)[key], { value: item, configurable: true }));
    facts.set(made, {
      length: items.length,
      item: (at) => items[at >>> 0] || null,
      namedItem: (name) => items.find((item) => facts.get(item)[key] === String(name)) || null,
      refresh: () => undefined,
    });
    return made;
  };
  const types = (worn.pdf ? ['application/pdf', 'text/pdf'] : []).map((type) => {
    const made = Object.create(MimeType.prototype);
    facts.set(made, { type, suffixes: 'pdf', description: 'Portable Document Format' });
    return made;
  });
  const names = !worn.pdf ? [] : ['PDF Viewer', 'Chrome PDF Viewer', 'Chromium PDF Viewer', 'Microsoft Edge PDF Viewer', 'WebKit built-in PDF'];
  const plugins = names.map((name) => {
    const made = listed(Plugin.prototype, types, 'type');
    Object.assign(facts.get(made), { name, filename: 'internal-pdf-viewer', description: 'Portable Document Format' });
    return made;
  });
  for (const type of types) facts.get(type).enabledPlugin = plugins[0];
  answer(MimeType.prototype, ['type', 'suffixes', 'description', 'enabledPlugin']);
  answer(Plugin.prototype, ['name', 'filename', 'description', 'length', 'item', 'namedItem']);
  answer(PluginArray.prototype, ['length', 'item', 'namedItem', 'refresh']);
  answer(MimeTypeArray.prototype, ['length', 'item', 'namedItem']);
  const all = listed(PluginArray.prototype, plugins, 'name');
  const mimes = listed(MimeTypeArray.prototype, types, 'type');
  onGetter(Navigator.prototype, 'plugins', () => all);
  onGetter(Navigator.prototype, 'mimeTypes', () => mimes);
  onGetter(Navigator.prototype, 'pdfViewerEnabled', () => worn.pdf);
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
