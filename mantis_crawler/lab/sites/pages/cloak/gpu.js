const drawn = document.createElement("canvas").getContext("webgl");
const names = drawn.getExtension("WEBGL_debug_renderer_info");
return /Mali|Adreno|PowerVR|Xclipse|Apple GPU/.test(drawn.getParameter(names.UNMASKED_RENDERER_WEBGL));
