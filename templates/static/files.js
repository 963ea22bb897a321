// Files of code: one that is too large is said before it is sent. `web/uploads.py` says it where there are no scripts,
// but the server ends a connection that sends far too much, and browsers show no reason for that.
const MOST = 1_000_000; // bytes

for (const input of document.querySelectorAll("[data-file]")) {
  const check = () => {
    const size = input.files[0]?.size ?? 0;
    const says = `That file has ${size} bytes; at most ${MOST} are taken: clear a notebook's outputs, or take another.`;
    input.setCustomValidity(size > MOST ? says : "");
  };
  input.addEventListener("change", check);
  check();
}
