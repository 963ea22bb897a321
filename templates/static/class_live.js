// Looks again every so often, and shows what changed; a button stops it, since lists that move cannot be read by all.
const EVERY = 15000;

const table = document.querySelector("[data-look]");
const whom = document.querySelector("#whom"); // of those who sit; a choice that was made is left alone
const pause = document.querySelector("[data-look-pause]");
let timer = 0;

async function look() {
  if (document.hidden) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-look]");
  if (fresh) show(fresh);
  const choice = page.querySelector("#whom");
  if (whom && choice && !whom.value && whom !== document.activeElement) whom.replaceChildren(...choice.childNodes);
}

function show(fresh) {
  const box = table.querySelector(".table-box");
  const other = fresh.querySelector(".table-box");
  if (!box || !other) {
    table.replaceChildren(...fresh.childNodes);
    return;
  }
  box.replaceChildren(...other.childNodes); // the box itself stays: it may have the focus, and be scrolled
  table.querySelector(".facts").replaceChildren(...fresh.querySelector(".facts").childNodes);
}

function toggle() {
  if (timer) clearInterval(timer);
  timer = timer ? 0 : setInterval(look, EVERY);
  pause.textContent = timer ? "Stop looking again every 15 seconds" : "Look again every 15 seconds";
}

pause.hidden = false;
pause.addEventListener("click", toggle);
toggle();
