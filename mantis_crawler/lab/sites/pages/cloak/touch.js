return navigator.maxTouchPoints > 1 && "ontouchstart" in window
  && matchMedia("(pointer: coarse)").matches && matchMedia("(hover: none)").matches;
