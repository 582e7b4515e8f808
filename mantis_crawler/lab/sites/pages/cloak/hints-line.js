return navigator.userAgentData ? navigator.userAgentData.mobile : /iPhone/.test(navigator.platform);
