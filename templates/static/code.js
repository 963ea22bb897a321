// Code fields: Tab indents, Escape then Tab leaves, Enter keeps the indentation; lines have numbers.
import { type } from "./answers.js";
import { element } from "./elements.js";

const STEP = "    ";

function live(box) {
  const area = box.querySelector("textarea");
  const numbers = element("div", { class: "code-numbers", "aria-hidden": "true" });
  let leaving = false;
  let count = 0;
  box.prepend(numbers);

  function number() {
    const lines = area.value.split("\n").length;
    if (lines !== count) numbers.textContent = Array.from({ length: lines }, (_, i) => i + 1).join("\n");
    count = lines;
    numbers.scrollTop = area.scrollTop;
  }

  /** The lines that are touched by the selection, as [start, end, text]. */
  function touched() {
    const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    const next = area.value.indexOf("\n", Math.max(area.selectionStart, area.selectionEnd - 1));
    const end = next < 0 ? area.value.length : next;
    return [start, end, area.value.slice(start, end)];
  }

  function shift(back) {
    const [start, end, text] = touched();
    if (!back && !text.includes("\n") && area.selectionStart === area.selectionEnd) {
      type(area, STEP.slice((area.selectionStart - start) % STEP.length));
      return;
    }
    const [from, to] = [area.selectionStart - start, area.value.length - area.selectionEnd];
    const lines = text.split("\n");
    const shifted = lines.map((line) => (back ? line.replace(/^( {1,4}|\t)/, "") : line && STEP + line)).join("\n");
    if (shifted === text) return;
    area.setSelectionRange(start, end);
    type(area, shifted);
    const first = shifted.split("\n")[0].length - lines[0].length;
    area.setSelectionRange(start + Math.max(0, from + first), area.value.length - to);
  }

  area.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.key === "Escape") {
      leaving = true;
    } else if (event.key === "Tab" && !leaving) {
      event.preventDefault();
      shift(event.shiftKey);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      const [start] = touched();
      const before = area.value.slice(start, area.selectionStart);
      type(area, `\n${/^\s*/.exec(before)[0]}${/:\s*(#.*)?$/.test(before) ? STEP : ""}`);
    } else if (event.key !== "Tab" && event.key !== "Shift") {
      leaving = false;
    }
  });
  area.addEventListener("blur", () => (leaving = false));
  area.addEventListener("input", number);
  area.addEventListener("scroll", number);
  number();
}

document.querySelectorAll("[data-code]").forEach(live);
