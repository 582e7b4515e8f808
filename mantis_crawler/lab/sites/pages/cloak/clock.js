const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
return phone && zone === "Europe/Paris" && new Date(2026, 0, 1).getTimezoneOffset() === -60
  && new Date(2026, 6, 1).getTimezoneOffset() === -120;
