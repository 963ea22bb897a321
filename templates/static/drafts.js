// Practice: what was typed and not sent is kept in this window, so that loading the page again loses nothing.
import { answerOf, fields, restore } from "./answers.js";

function keep(field) {
  const key = `chainrule:${field.dataset.item}:${field.dataset.part}`;
  const first = answerOf(field);
  const before = stored(() => sessionStorage.getItem(key));
  if (before && before !== first) restore(field, before);
  field.addEventListener("input", () => stored(() => sessionStorage.setItem(key, answerOf(field))));
  field.closest("form")?.addEventListener("submit", () => stored(() => sessionStorage.removeItem(key)));
}

/** What the storage gives; nothing where a browser has none for us. */
function stored(doing) {
  try {
    return doing();
  } catch {
    return null;
  }
}

for (const field of fields()) if (field.dataset.item && !field.dataset.saveTo) keep(field);
