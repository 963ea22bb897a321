// Practice: what was typed and not sent is kept in this window, so that loading the page again loses nothing.
import { answerOf, fields, givenIn, restore } from "./answers.js";
import { stored } from "./stored.js";

function keep(field) {
  const key = `chainrule:${field.dataset.item}:${field.dataset.part}`;
  const before = stored(() => sessionStorage.getItem(key));
  if (before && answerOf(field) === givenIn(field)) restore(field, before);
  field.addEventListener("input", () => stored(() => sessionStorage.setItem(key, answerOf(field))));
  field.closest("form")?.addEventListener("submit", () => stored(() => sessionStorage.removeItem(key)));
}

for (const field of fields()) if (field.dataset.item && !field.dataset.saveTo) keep(field);
