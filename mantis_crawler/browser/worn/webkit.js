// A call from page to page would leave beside the gateway: it is allowed no way but a relay, and no relay
// is named to it. The object stays as it is; it finds nobody.
const relayed = (options) => ({ ...Object(options), iceServers: [], iceTransportPolicy: 'relay' });

const call = global.RTCPeerConnection;
if (typeof call === 'function') {
  const masked = new Proxy(call, {
    construct: (made, [options, ...others], target) =>
      Reflect.construct(made, [relayed(options), ...others], target === masked ? made : target),
  });
  remember(masked, call);
  defineProperty(call.prototype, 'constructor', { ...getOwnPropertyDescriptor(call.prototype, 'constructor'), value: masked });
  for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection']) {
    const found = getOwnPropertyDescriptor(global, name);
    if (found && found.value === call) defineProperty(global, name, { ...found, value: masked });
  }
  onMethod(call.prototype, 'setConfiguration', (told, self, [options]) => apply(told, self, [relayed(options)]));
}
