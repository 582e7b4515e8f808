const desktop = ["EyeDropper", "documentPictureInPicture", "queryLocalFonts"];
return phone && !desktop.some((name) => name in window) && matchMedia("(any-hover: none)").matches
  && Boolean(window.chrome) !== iphone && navigator.plugins.length === (iphone ? 5 : 0);
