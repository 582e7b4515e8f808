const { get } = Object.getOwnPropertyDescriptor(Navigator.prototype, "platform");
return phone && /\[native code\]/.test(Function.prototype.toString.call(get))
  && Object.getOwnPropertyNames(navigator).length === 0;
