// An answer that is being judged: asks now and then, and shows the page again when it is.
import { ask } from "./requests.js";

const FIRST = 500;
const LONGEST = 5000;

async function wait(place) {
  let pause = FIRST;
  for (;;) {
    await new Promise((done) => setTimeout(done, pause));
    pause = Math.min(LONGEST, pause * 1.4);
    const found = await ask(place.dataset.waiting || location.pathname)
      .then((response) => (response.ok ? response.json() : null))
      .catch(() => null);
    if (found && found.state !== "waiting") return location.reload();
    const ahead = place.querySelector("[data-ahead]");
    if (found && ahead) ahead.textContent = String(found.ahead);
  }
}

document.querySelectorAll("[data-waiting]").forEach(wait);
