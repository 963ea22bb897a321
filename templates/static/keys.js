// Keys of the page, listed by `?`. Letters do nothing while one types, and can be turned off.
import { element } from "./elements.js";

const OFF = "chainrule:keys-off";
const GO = { h: ["/", "first page"], e: ["/exams", "exams"], s: ["/sheets", "sheets"], p: ["/progress", "progress"], y: ["/history", "history"] };
const SINGLE = {
  n: ["next", 'a[rel="next"], [data-key="n"], form[action="/practice"] button'],
  p: ["previous", 'a[rel="prev"], [data-key="p"]'],
  "/": ["search", 'input[type="search"], [data-key="/"]'],
};
let going = 0; // until when a letter after `g` counts

function find(selector) {
  return document.querySelector(selector);
}

function off() {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
}

function typing(target) {
  return target instanceof Element && target.closest("input:not([type=radio], [type=checkbox], [type=submit]), textarea, select, [contenteditable]") !== null;
}

function press(event) {
  if (event.defaultPrevented || event.isComposing) return;
  if (event.key === "Enter" && (event.ctrlKey || event.altKey) && !event.shiftKey && !event.metaKey) return sendForm(event);
  if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target) || find("dialog[open]") || off()) return;
  if (event.key === "?") return act(event, open);
  if (event.timeStamp < going && GO[event.key]) return act(event, () => location.assign(GO[event.key][0]));
  going = event.key === "g" ? event.timeStamp + 1500 : 0;
  const found = SINGLE[event.key] && find(SINGLE[event.key][1]);
  if (found) act(event, () => (event.key === "/" ? found.focus() : found.click()));
}

function act(event, doing) {
  event.preventDefault();
  doing();
}

function sendForm(event) {
  const form = event.target.closest?.("form") ?? find("form:has([data-field])");
  if (!form) return;
  event.preventDefault();
  const button = form.querySelector("button.button-main");
  const saved = event.target.closest?.("[data-field]")?.querySelector("[data-saved]");
  if (saved && button?.hasAttribute("formaction")) button.formAction = `${button.formAction.split("#")[0]}#${saved.id}`;
  form.requestSubmit(button ?? undefined);
}

function lines() {
  const found = [["?", "these keys"]];
  if (find("form")) found.push(["Ctrl Enter", "send the form, while typing too"]);
  for (const [key, [says, selector]] of Object.entries(SINGLE)) if (find(selector)) found.push([key, says]);
  for (const [key, [address, says]] of Object.entries(GO)) if (find(`.topbar a[href="${address}"]`)) found.push([`g ${key}`, says]);
  if (find("[data-code]")) found.push(["Tab", "indent; Shift Tab takes it back"], ["Esc Tab", "leave the code"]);
  if (find("[data-ordering]")) found.push(["↑ ↓", "move the line whose button is focused"]);
  return found;
}

function open() {
  const list = element("dl");
  for (const [keys, says] of lines()) {
    const shown = keys.split(" ").flatMap((key) => [element("kbd", {}, key), " "]);
    list.append(element("dt", {}, ...shown), element("dd", {}, says));
  }
  const box = element("input", { type: "checkbox", id: "keys-on" });
  box.checked = !off();
  box.addEventListener("change", () => {
    try {
      box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1");
    } catch {
      // a browser that stores nothing: it holds for this page
    }
  });
  const close = element("button", { type: "button", class: "button button-main" }, "Close");
  const dialog = element(
    "dialog",
    { class: "keys", "aria-labelledby": "keys-title" },
    element("h2", { id: "keys-title" }, "Keys of this page"),
    list,
    element("p", { class: "form-check" }, box, element("label", { for: "keys-on" }, "Keys without Ctrl or Alt are on")),
    element("p", { class: "actions" }, close),
  );
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("keydown", press);
const button = element("button", { type: "button", class: "button button-quiet button-small no-print" }, "Keys ", element("kbd", {}, "?"));
button.addEventListener("click", open);
find(".page-foot")?.append(element("p", { class: "keys-open" }, button));
