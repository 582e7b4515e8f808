document.createEvent("TouchEvent");
const touch = new Touch({ identifier: 1, target: document.body });
return new TouchEvent("touchstart", { touches: [touch] }).touches.length === 1 && navigator.maxTouchPoints === 5;
