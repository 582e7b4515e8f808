// Chromium in Safari's clothes: what no feature switches, and what Safari has besides.
const inPage = Boolean(global.Window);
const layout = (source) => source.replace(/\{ \[native code\] \}$/, '{\n    [native code]\n}');
const printed = (name) => `function ${name}() {\n    [native code]\n}`;

onMethod(Function.prototype, 'toString', (native, self, args) => layout(apply(native, self, args)));
remember(Function.prototype.toString, printed('toString'));

// JavaScriptCore's words for digits that are out of range: short scripts tell engines apart by their length.
for (const [name, least] of [['toFixed', 0], ['toExponential', 0], ['toPrecision', 1]])
  onMethod(Number.prototype, name, (native, self, args) => {
    try { return apply(native, self, args); } catch (error) {
      throw error instanceof RangeError ? new RangeError(`${name}() argument must be between ${least} and 100`) : error;
    }
  });

const tagged = (prototype, name) =>
  defineProperty(prototype, Symbol.toStringTag, { value: name, configurable: true });

const expose = (name, made) =>
  defineProperty(global, name, { value: made, writable: true, enumerable: false, configurable: true });

// An interface that scripts may ask for and cannot construct.
const stub = (name, parent) => {
  const made = named(printed(name), function () {
    throw new TypeError('Illegal constructor');
  });
  defineProperty(made, 'name', { value: name, configurable: true });
  defineProperty(made, 'prototype', { writable: false });
  if (parent) {
    Object.setPrototypeOf(made, parent);
    Object.setPrototypeOf(made.prototype, parent.prototype);
  }
  defineProperty(made.prototype, 'constructor', { value: made, writable: true, enumerable: false, configurable: true });
  tagged(made.prototype, name);
  expose(name, made);
  return made;
};

const addMethod = (owner, name, run) => {
  if (!owner || name in owner) return;
  const made = named(printed(name), { [name](...args) { return apply(run, this, args); } }[name]);
  defineProperty(made, 'length', { value: 0, configurable: true });
  defineProperty(owner, name, { value: made, writable: true, enumerable: true, configurable: true });
};

const addGetter = (owner, name, read, checked) => {
  if (!owner || name in owner) return;
  const made = { get [name]() { if (checked) apply(checked, this, []); return read(this); } };
  const { get } = getOwnPropertyDescriptor(made, name);
  defineProperty(owner, name, { get: named(printed(`get ${name}`), get), set: undefined, enumerable: true, configurable: true });
};

const brand = (owner, name) => (getOwnPropertyDescriptor(owner, name) || {}).get;

if (inPage) {
  const isNavigator = brand(Navigator.prototype, 'cookieEnabled');
  addGetter(Navigator.prototype, 'standalone', () => false, isNavigator);
  addGetter(Navigator.prototype, 'audioSession', () => null, isNavigator);

  const Gesture = stub('GestureEvent', UIEvent);
  for (const name of ['scale', 'rotation']) addGetter(Gesture.prototype, name, () => 0, brand(UIEvent.prototype, 'detail'));
  for (const owner of [global, Document.prototype, HTMLElement.prototype]) {
    for (const name of ['ongesturestart', 'ongesturechange', 'ongestureend']) {
      if (name in owner) continue;
      const kept = new WeakMap();
      const made = {
        get [name]() { return kept.get(this || global) || null; },
        set [name](value) { kept.set(this || global, value); },
      };
      const { get, set } = getOwnPropertyDescriptor(made, name);
      named(printed(`get ${name}`), get);
      named(printed(`set ${name}`), set);
      defineProperty(owner, name, { get, set, enumerable: true, configurable: true });
    }
  }

  const Pay = stub('ApplePaySession', EventTarget);
  addMethod(Pay, 'canMakePayments', () => true);
  addMethod(Pay, 'canMakePaymentsWithActiveCard', () => Promise.resolve(false));
  addMethod(Pay, 'openPaymentSetup', () => Promise.resolve(false));
  addMethod(Pay, 'supportsVersion', (version) => version >= 1 && version <= 14);
  ['STATUS_SUCCESS', 'STATUS_FAILURE', 'STATUS_INVALID_BILLING_POSTAL_ADDRESS', 'STATUS_INVALID_SHIPPING_POSTAL_ADDRESS',
    'STATUS_INVALID_SHIPPING_CONTACT', 'STATUS_PIN_REQUIRED', 'STATUS_PIN_INCORRECT', 'STATUS_PIN_LOCKOUT'].forEach(
    (name, value) => defineProperty(Pay, name, { value, enumerable: true }));

  if (global.DeviceMotionEvent) {
    for (const owner of [global.DeviceMotionEvent, global.DeviceOrientationEvent])
      addMethod(owner, 'requestPermission', () => Promise.reject(new DOMException('', 'NotAllowedError')));
  }
  if (global.MediaSource) {
    const Source = global.MediaSource;
    delete global.MediaSource;
    defineProperty(Source, 'name', { value: 'ManagedMediaSource', configurable: true });
    remember(Source, printed('ManagedMediaSource'));
    tagged(Source.prototype, 'ManagedMediaSource');
    addGetter(Source.prototype, 'streaming', () => false, brand(Source.prototype, 'readyState'));
    expose('ManagedMediaSource', Source);
    drop(global, 'MediaSourceHandle');
  }
  if (global.SourceBuffer) stub('ManagedSourceBuffer', SourceBuffer);

  for (const name of ['AudioSession', 'AudioTrackList', 'MediaController', 'VideoTrackList', 'CSSFontFaceDescriptors',
    'HTMLModelElement', 'VTTRegion', 'VideoTrackGenerator'])
    if (!(name in global)) stub(name, name.endsWith('List') || name.endsWith('Session') ? EventTarget : undefined);
  for (const name of ['AudioTrack', 'VideoTrack', 'BufferedChangeEvent', 'CSSPageDescriptors', 'CSSStyleProperties',
    'CSSValue', 'CSSPrimitiveValue', 'CSSValueList', 'Counter', 'DataCue', 'MediaRecorderErrorEvent',
    'MerchantValidationEvent', 'RGBColor', 'Rect', 'WebKitPoint', 'WebTransportDatagramsWritable',
    'WebTransportReceiveStream', 'WebTransportSendGroup', 'WebTransportSendStream'])
    if (!(name in global)) stub(name);

  addMethod(global, 'webkitConvertPointFromNodeToPage', () => null);
  addMethod(global, 'webkitConvertPointFromPageToNode', () => null);
  addMethod(Document.prototype, 'createTouch', () => null);
  addMethod(Document.prototype, 'createTouchList', () => null);
  addMethod(CSSStyleDeclaration.prototype, 'getPropertyCSSValue', () => null);
  addMethod(HTMLMediaElement.prototype, 'fastSeek', function fastSeek(time) { this.currentTime = time; });
  addMethod(HTMLMediaElement.prototype, 'getStartDate', () => new Date(NaN));
  addMethod(Range.prototype, 'compareNode', () => 0);
  const isElement = brand(Element.prototype, 'id');
  const isMedia = brand(HTMLMediaElement.prototype, 'paused');
  addGetter(HTMLMediaElement.prototype, 'webkitCurrentPlaybackTargetIsWireless', () => false, isMedia);
  addMethod(HTMLMediaElement.prototype, 'webkitShowPlaybackTargetPicker', () => undefined);
  addGetter(HTMLMediaElement.prototype, 'controller', () => null, isMedia);
  addGetter(HTMLMediaElement.prototype, 'mediaGroup', () => '', isMedia);
  addGetter(HTMLMediaElement.prototype, 'audioTracks', () => null, isMedia);
  addGetter(HTMLMediaElement.prototype, 'videoTracks', () => null, isMedia);
  addGetter(HTMLElement.prototype, 'accessKeyLabel', () => '', isElement);
  for (const [name, value] of [['alpha', false], ['colorSpace', 'limited-srgb'], ['capture', '']])
    addGetter(HTMLInputElement.prototype, name, () => value, isElement);
  if (global.Touch) {
    const isTouch = brand(Touch.prototype, 'clientX');
    for (const [name, value] of [['altitudeAngle', 0], ['azimuthAngle', 0], ['touchType', 'direct']])
      addGetter(Touch.prototype, name, () => value, isTouch);
  }
  if (global.TouchEvent) {
    const isTouchEvent = brand(TouchEvent.prototype, 'touches');
    addGetter(TouchEvent.prototype, 'scale', () => 1, isTouchEvent);
    addGetter(TouchEvent.prototype, 'rotation', () => 0, isTouchEvent);
  }

  const yes = /^(-webkit-touch-callout|hanging-punctuation)$|^font:\s*-apple-system-|^-apple-/;
  const no = /^(interpolate-size|app-region|-webkit-app-region|field-sizing|timeline-scope|anchor-scope|reading-flow|-webkit-column-|-webkit-margin-collapse)/;
  onMethod(CSS, 'supports', (native, self, args) => {
    const text = args.length > 1 ? [String(args[0]).trim(), `${args[0]}: ${args[1]}`] : [...`${args[0]}`.matchAll(/\(\s*([-a-z]+)\s*:/g)].map((found) => found[1]).concat(`${args[0]}`.replace(/^\(|\)$/g, ''));
    if (text.some((part) => no.test(part))) return false;
    return text.some((part) => yes.test(part)) || apply(native, self, args);
  });

  onMethod(HTMLMediaElement.prototype, 'canPlayType', (native, self, args) => {
    const real = apply(native, self, args);
    const type = String(args[0]).toLowerCase();
    if (/ogg|theora|opus/.test(type)) return '';
    if (/hvc1|hev1/.test(type)) return 'probably';
    if (/vnd\.apple\.mpegurl|x-mpegurl/.test(type)) return 'maybe';
    return real === 'probably' && /^audio\//.test(type) ? 'maybe' : real;
  });

  for (const name of ['width', 'height'])
    onGetter(HTMLImageElement.prototype, name, (real, self) =>
      (real === 16 && self.complete && !self.naturalWidth && !self.hasAttribute(name) ? 20 : real));
} else {
  drop(global, 'Notification');
}
