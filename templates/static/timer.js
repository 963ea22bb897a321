// The clock of an exam. It counts by the server's time; a clock of this machine that goes wrong changes nothing.
import { say } from "./elements.js";

const WARN = [10, 5, 1]; // minutes
const SOON = 10 * 60;
const LAST = 60;

function run(clock) {
  const ends = Date.parse(clock.dataset.ends);
  const now = Date.parse(clock.dataset.now) || Date.now();
  const [wall, steady] = [Date.now(), performance.now()];
  // Whichever went on further: one stands still while a machine sleeps, the other may be set back.
  const passed = () => Math.max(Date.now() - wall, performance.now() - steady);
  const left = () => Math.max(0, Math.ceil((ends - now - passed()) / 1000));
  const open = WARN.filter((minutes) => left() > minutes * 60);

  function tick() {
    const seconds = left();
    clock.textContent = `${shown(seconds)} left`;
    clock.classList.toggle("timer-soon", seconds <= SOON && seconds > LAST);
    clock.classList.toggle("timer-last", seconds <= LAST);
    if (open.length && seconds <= open[0] * 60) {
      const minutes = open.shift();
      say(`${minutes} ${minutes === 1 ? "minute" : "minutes"} left`);
    }
    if (seconds > 0) return;
    clearInterval(ticking);
    end();
  }

  const ticking = setInterval(tick, 500);
  tick();
}

function shown(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** Keeps what is not kept yet, and hands in; without a form for that the server does, and the page shows it. */
async function end() {
  say("Time is up.");
  const saving = [];
  document.dispatchEvent(new CustomEvent("chainrule:end", { detail: saving }));
  await Promise.race([Promise.allSettled(saving), new Promise((done) => setTimeout(done, 4000))]);
  const form = document.querySelector("form[data-hand-in]");
  if (form) form.requestSubmit();
  else location.reload();
}

document.querySelectorAll("[data-ends]").forEach(run);
