let read = 0;
Error.prepareStackTrace = () => { read++; return ""; };
console.debug(new Error());
await new Promise((done) => setTimeout(done, 300));
return phone && read === 0;
