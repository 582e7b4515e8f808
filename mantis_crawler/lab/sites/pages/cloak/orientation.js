return window.orientation === 0 && /^portrait/.test(screen.orientation.type)
  && "ondevicemotion" in window && "ondeviceorientation" in window;
