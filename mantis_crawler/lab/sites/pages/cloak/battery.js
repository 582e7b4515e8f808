if (iphone) return !("getBattery" in navigator) && !("connection" in navigator);
const battery = await navigator.getBattery();
return phone && navigator.connection.type === "cellular" && battery.level > 0;
