if (iphone) return !("Notification" in window);
const asked = await navigator.permissions.query({ name: "notifications" });
return phone && Notification.permission === "default" && asked.state === "prompt";
