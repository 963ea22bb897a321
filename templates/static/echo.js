// Shows how an answer is read, a quarter of a second after the last key; never whether it is right.
import { fields, inputOf } from "./answers.js";
import { drawn, element } from "./elements.js";
import { send } from "./requests.js";

const PAUSE = 250;

function watch(field) {
  const input = inputOf(field);
  const output = field.querySelector("output");
  let timer = 0;
  let running = null;

  async function read() {
    running?.abort();
    running = new AbortController();
    const answer = input.value;
    const asked = { item: field.dataset.item, part: field.dataset.part, answer };
    try {
      const response = await send("/read", asked, { signal: running.signal });
      if (response.ok) show(output, answer, await response.json());
      else output.replaceChildren();
    } catch {
      // typed on meanwhile, or no connection: the answer can be sent all the same
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(read, PAUSE);
  });
  if (input.value.trim()) read();
}

function show(output, answer, found) {
  const many = Array.isArray(found.lines);
  const lines = many ? found.lines : [found];
  output.classList.toggle("echo-wrong", lines.some((line) => line.error));
  output.replaceChildren(...lines.map((line, number) => lineOf(answer, line, many ? number + 1 : 0)).filter(Boolean));
}

function lineOf(answer, line, number) {
  if (!line.error && !line.html && !line.text && !line.notes.length) return null;
  const children = number ? [element("span", { class: "echo-number" }, String(number))] : [];
  if (line.error) {
    children.push(element("span", { class: "echo-error" }, ...withCode(line.error)));
    if (line.start >= 0) children.push(element("span", { class: "echo-note" }, place(answer, line.start, line.end)));
  } else {
    if (line.html) children.push(...drawn(line.html));
    else if (line.text) children.push(element("span", {}, line.text));
    if (line.html && line.text.includes(" = ") && !number) children.push(element("span", { class: "echo-shape" }, line.text));
    if (line.shape) children.push(element("span", { class: "echo-shape" }, line.shape));
    children.push(...line.notes.map((note) => element("span", { class: "echo-note" }, ...withCode(note))));
  }
  return element("span", { class: "echo-line" }, ...children);
}

/** The sentence with what stands between backticks as code. */
function withCode(sentence) {
  return sentence.split("`").map((piece, i) => (i % 2 ? element("code", {}, piece) : piece));
}

/** The line of the answer with the place marked. Places count letters, strings halves of some: so they are spread. */
function place(answer, start, end) {
  const letters = [...answer];
  const first = letters.lastIndexOf("\n", start - 1) + 1;
  const next = letters.indexOf("\n", Math.max(start, end - 1));
  const line = (from, to) => letters.slice(from, to).join("");
  return element(
    "span",
    { class: "echo-place" },
    line(first, start),
    element("mark", {}, line(start, end) || "␣"),
    line(Math.max(start, end), next < 0 ? letters.length : next),
  );
}

for (const field of fields()) if ("echo" in field.dataset && inputOf(field)) watch(field);
