const heard = await new Promise((done) => {
  const port = new SharedWorker("/w.js").port;
  port.onmessage = (event) => done(event.data);
  port.start();
});
return phone && heard === eval(told);
