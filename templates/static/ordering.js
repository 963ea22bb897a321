// Lines are put in order with buttons, with arrow keys, or by dragging; the letters in the field below say the same.
import { inputOf } from "./answers.js";
import { element, say } from "./elements.js";

const EDGE = 60; // pixels from the edge of the window where dragging scrolls

function live(list) {
  const field = list.closest("[data-field]");
  const input = inputOf(field);
  const lines = () => [...list.children];

  function prepare(line) {
    const name = line.dataset.label;
    const place = element("span", { class: "ordering-place", "aria-hidden": "true" });
    const up = element("button", { type: "button", "aria-label": `${name} up` }, "↑");
    const down = element("button", { type: "button", "aria-label": `${name} down` }, "↓");
    const grip = element("span", { class: "ordering-grip", "aria-hidden": "true" }, "⠿");
    line.prepend(grip, place);
    line.append(element("span", { class: "ordering-moves" }, up, down));
    up.addEventListener("click", () => move(line, -1));
    down.addEventListener("click", () => move(line, 1));
    line.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      move(line, by);
    });
    line.addEventListener("pointerdown", (event) => {
      const held = event.pointerType === "touch" ? grip.contains(event.target) : !event.target.closest("button");
      if (held && event.button === 0) drag(line, event);
    });
  }

  function move(line, by) {
    const other = by < 0 ? line.previousElementSibling : line.nextElementSibling;
    if (other) swap(line, other, by);
    changed();
    say(`${line.dataset.label} is now ${lines().indexOf(line) + 1} of ${lines().length}`);
    const focused = line.querySelector("button:focus");
    if (focused?.getAttribute("aria-disabled") === "true") line.querySelector("button:not([aria-disabled])")?.focus();
  }

  /** Moves the other line, so that the one that is held keeps focus and pointer. */
  function swap(line, other, by) {
    if (by < 0) line.after(other);
    else line.before(other);
  }

  function drag(line, down) {
    line.setPointerCapture(down.pointerId);
    line.classList.add("dragged");
    down.preventDefault();
    const moved = (event) => {
      const [above, below] = [line.previousElementSibling, line.nextElementSibling];
      if (above && event.clientY < middle(above)) swap(line, above, -1);
      else if (below && event.clientY > middle(below)) swap(line, below, 1);
      if (event.clientY < EDGE) scrollBy(0, -12);
      else if (event.clientY > innerHeight - EDGE) scrollBy(0, 12);
      numbers();
    };
    const end = () => {
      line.classList.remove("dragged");
      line.removeEventListener("pointermove", moved);
      for (const name of ["pointerup", "pointercancel"]) line.removeEventListener(name, end);
      changed();
    };
    line.addEventListener("pointermove", moved);
    for (const name of ["pointerup", "pointercancel"]) line.addEventListener(name, end);
  }

  function middle(line) {
    const box = line.getBoundingClientRect();
    return box.top + box.height / 2;
  }

  function numbers() {
    for (const [i, line] of lines().entries()) {
      line.querySelector(".ordering-place").textContent = `${i + 1}.`;
      const [up, down] = line.querySelectorAll("button");
      // not `disabled`: a button that loses focus loses the place of whoever uses the keyboard
      for (const [button, off] of [[up, i === 0], [down, i === lines().length - 1]])
        off ? button.setAttribute("aria-disabled", "true") : button.removeAttribute("aria-disabled");
    }
  }

  function write() {
    input.value = lines().map((line) => line.dataset.label).join(", ");
    numbers();
  }

  function changed() {
    write();
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Puts the lines into the order of the letters that were typed; the others stay behind them. */
  function follow() {
    const typed = input.value.toLowerCase();
    const at = (line) => {
      const found = typed.indexOf(line.dataset.label.toLowerCase());
      return found < 0 ? typed.length : found;
    };
    const sorted = lines().sort((one, other) => at(one) - at(other));
    if (sorted.some((line, i) => line !== list.children[i])) list.append(...sorted);
    numbers();
  }

  list.classList.add("live");
  lines().forEach(prepare);
  follow();
  input.addEventListener("input", follow);
  // In practice the order that is shown is what one sends; in an exam one that was not touched is no answer.
  if (!field.dataset.saveTo) input.form?.addEventListener("submit", () => input.value.trim() || write());
}

document.querySelectorAll("[data-ordering]").forEach(live);
