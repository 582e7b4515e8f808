// A call from page to page would leave beside the gateway: it is allowed no way but a relay, and no relay
// is named to it. The object stays as it is; it finds nobody.
const relayed = (options) => ({ ...Object(options), iceServers: [], iceTransportPolicy: 'relay' });

for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection']) {
  const native = global[name];
  if (typeof native !== 'function') continue;
  const masked = new Proxy(native, {
    construct: (made, [options, ...others], target) =>
      Reflect.construct(made, [relayed(options), ...others], target === masked ? made : target),
  });
  remember(masked, native);
  defineProperty(native.prototype, 'constructor', { value: masked, writable: true, configurable: true });
  defineProperty(global, name, { value: masked, writable: true, configurable: true, enumerable: false });
  onMethod(native.prototype, 'setConfiguration', (told, self, [options]) =>
    apply(told, self, [relayed(options)]));
}
