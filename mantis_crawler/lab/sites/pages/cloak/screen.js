return screen.width <= 500 && screen.height > screen.width && screen.availWidth === screen.width
  && devicePixelRatio >= 2 && innerWidth <= screen.width && outerWidth <= screen.width;
