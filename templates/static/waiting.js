// The page of an answer that waits: asks for its place, and goes to the verdict as soon as there is one.
const box = document.querySelector("[data-waiting]");
const says = box.querySelector("p");
const PAUSE = 1500; // milliseconds

async function look() {
  try {
    const reply = await fetch(box.dataset.waiting, { headers: { Accept: "application/json" } });
    const found = await reply.json();
    if (found.state === "done") {
      location.replace(found.url);
      return;
    }
    const text =
      found.ahead === 0
        ? "Your answer is being judged."
        : found.ahead === 1
          ? "One answer is judged before yours."
          : `${found.ahead} answers are judged before yours.`;
    if (says.textContent !== text) says.textContent = text;
  } catch {
    // the server may be restarting: what was sent is kept, so ask again
  }
  setTimeout(look, PAUSE);
}

setTimeout(look, PAUSE);
