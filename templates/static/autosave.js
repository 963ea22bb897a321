// Exams: what is typed is kept on the server two seconds after the last key, and every ten while one goes on typing.
import { answerOf, fields, givenIn, restore } from "./answers.js";
import { element } from "./elements.js";
import { renewed, send } from "./requests.js";
import { stored } from "./stored.js";

const PAUSE = 2000;
const LONGEST = 10000;
const RETRY = [2000, 4000, 8000, 15000, 30000];
const BEACON = 60000; // letters that a browser still sends while a page is left
const NO_ANSWER = "the server does not answer.";
const LOGGED_OUT = "you are logged out; log in in another window.";

class Saver {
  constructor(field) {
    this.field = field;
    this.kept = givenIn(field);
    this.since = performance.now();
    this.dirtySince = 0;
    this.failures = 0;
    this.timer = 0;
    this.running = null;
    this.closed = false;
    this.hopeless = null; // what the server refused
    this.told = field.querySelector("[data-saved]");
    this.seen = document.querySelector(`[data-seen="${CSS.escape(field.dataset.part)}"]`);
    field.addEventListener("input", () => this.changed());
    field.addEventListener("change", () => this.changed());
    this.carriedOver();
    this.changed(); // one may have typed before this was there
  }

  /** What was typed just before the page was loaded again: the browser asks for the page first, and saves then. */
  carriedOver() {
    const key = this.key;
    const carried = stored(() => JSON.parse(sessionStorage.getItem(key)));
    stored(() => sessionStorage.removeItem(key));
    if (carried && !this.dirty && carried.seen === this.seen?.value) restore(this.field, carried.answer);
  }

  carry() {
    const carried = JSON.stringify({ answer: answerOf(this.field), seen: this.seen?.value });
    stored(() => sessionStorage.setItem(this.key, carried));
  }

  get key() {
    return `chainrule:unsaved:${this.field.dataset.saveTo}`;
  }

  get dirty() {
    return !this.closed && answerOf(this.field) !== this.kept;
  }

  /** Whether there is something to send. */
  get due() {
    return this.dirty && answerOf(this.field) !== this.hopeless;
  }

  changed() {
    if (!this.due || this.running) return; // what changes while it is sent is looked at after that
    if (this.failures) return; // it is tried again already
    const now = performance.now();
    this.dirtySince ||= now;
    this.say("Not saved yet", false);
    this.later(Math.max(0, Math.min(PAUSE, this.dirtySince + LONGEST - now)));
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  /** Sends what stands there now; one at a time, so that they arrive in their order. */
  save(leaving = false) {
    clearTimeout(this.timer);
    if (!this.due && !this.running) return Promise.resolve();
    if (this.running && !leaving) return this.running.then(() => this.save());
    const sent = this.send(answerOf(this.field), leaving).finally(() => {
      if (this.running === sent) this.running = null;
      if (!this.failures) this.changed();
    });
    this.running = sent;
    return sent;
  }

  async send(answer, leaving) {
    const seconds = Math.round((performance.now() - this.since) / 100) / 10;
    const body = { answer, seconds, seen: this.seen?.value ?? "" };
    try {
      let response = await this.post(body, leaving && answer.length < BEACON);
      if (response.status === 400 && !leaving && (await renewed())) response = await this.post(body, false);
      const found = await response.json().catch(() => null);
      if (response.ok && found && !response.redirected) this.done(answer, found);
      else if (response.redirected || response.status === 400 || response.status === 401) this.failed(LOGGED_OUT);
      else if (response.status < 500 && response.status !== 429) this.refused(answer, found ?? {}, response.status);
      else this.failed(NO_ANSWER);
    } catch {
      this.failed(NO_ANSWER);
    }
  }

  post(body, keepalive) {
    return send(this.field.dataset.saveTo, body, { keepalive });
  }

  done(answer, found) {
    this.kept = answer;
    this.failures = this.dirtySince = 0;
    this.since = performance.now();
    if (this.seen && found.draft) this.seen.value = found.draft;
    this.say(found.saved ?? `Saved at ${new Date().toLocaleTimeString()}`, false);
    if (found.elsewhere) this.conflict(found.elsewhere);
  }

  /** The server will not take this answer: sending the same again would not help. */
  refused(answer, found, status) {
    this.failures = this.dirtySince = 0;
    this.hopeless = answer;
    this.closed = Boolean(found.late);
    this.say(`Not saved: ${found.error ?? `the server says ${status}`}`, true);
  }

  failed(why) {
    const pause = RETRY[Math.min(this.failures, RETRY.length - 1)];
    this.failures += 1;
    this.say(`Not saved: ${why} It is tried again by itself; keep this page open.`, true);
    this.later(pause);
  }

  conflict(other) {
    const text = "This answer was changed in another window meanwhile. Yours, which came later, counts now. The other was:";
    const note = element("div", { class: "notice notice-warn", role: "alert" }, element("p", {}, text));
    note.append(element("pre", {}, other));
    this.field.querySelector("[data-conflict]")?.remove();
    note.dataset.conflict = "";
    this.field.append(note);
  }

  say(text, bad) {
    if (!this.told || this.told.textContent === text) return;
    this.told.textContent = text;
    this.told.classList.toggle("saved-not", bad);
  }
}

const savers = fields().filter((field) => field.dataset.saveTo).map((field) => new Saver(field));
const unsaved = () => savers.filter((saver) => saver.dirty);
let leaving = false; // a form of the page is being sent, and with it all that stands there

document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented && event.target.querySelector("[data-save-to]")) leaving = true;
});
document.addEventListener("chainrule:end", (event) => {
  leaving = true;
  event.detail.push(...unsaved().map((saver) => saver.save()));
});
addEventListener("online", () => unsaved().forEach((saver) => saver.save()));
addEventListener("pageshow", () => (leaving = false));
addEventListener("pagehide", () => {
  if (leaving) return;
  for (const saver of unsaved()) {
    saver.carry();
    saver.save(true);
  }
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && !leaving) unsaved().forEach((saver) => saver.save(true));
});
addEventListener("beforeunload", (event) => {
  if (!leaving && unsaved().length) event.preventDefault();
});
