return phone && document.referrer === "" && history.length <= 2;
