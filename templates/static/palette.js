// Signs and names become buttons that type them where one is; `|` stands for where one goes on typing.
import { inputOf, type } from "./answers.js";
import { element } from "./elements.js";

function press(field, text) {
  const input = inputOf(field);
  const [before, ...rest] = text.split("|");
  const chosen = input.value.slice(input.selectionStart, input.selectionEnd);
  const after = rest.join("|");
  type(input, before + (rest.length ? chosen : "") + after);
  const back = rest.length && !chosen ? after.length : 0;
  const caret = input.selectionEnd - back;
  input.setSelectionRange(caret, caret);
}

for (const place of document.querySelectorAll("[data-field] [data-insert]")) {
  const field = place.closest("[data-field]");
  if (!inputOf(field)) continue;
  const sign = place.closest(".palette-signs") !== null;
  const button = element("button", { type: "button", class: sign ? null : "insert", title: sign ? null : "Type it" });
  button.append(...place.childNodes);
  button.addEventListener("click", () => press(field, place.dataset.insert));
  if (place.tagName === "CODE") place.replaceWith(button);
  else place.append(button);
}
