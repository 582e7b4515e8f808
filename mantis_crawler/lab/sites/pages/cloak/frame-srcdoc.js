const frame = document.createElement("iframe");
frame.srcdoc = `<script>parent.postMessage(${told}, "*")<\/script>`;
const heard = await new Promise((done) => {
  addEventListener("message", (event) => done(event.data));
  document.body.append(frame);
});
return phone && heard === eval(told);
