// What stands in an answer field, as the one text that is judged; `answer_from` on the server does the same with forms.

/** The fields of the page. */
export function fields() {
  return [...document.querySelectorAll("[data-field]")];
}

/** What is typed in: input or textarea; null where one chooses. */
export function inputOf(field) {
  return field.querySelector("input[type=text][data-input], textarea[data-input]");
}

/** The answer; "" for none. */
export function answerOf(field) {
  return read(field, "value", "checked");
}

/** The answer as the page came with it: one may type before the scripts of the page are there. */
export function givenIn(field) {
  return read(field, "defaultValue", "defaultChecked");
}

function read(field, value, checked) {
  const typed = inputOf(field);
  const boxes = [...field.querySelectorAll("[data-input]")];
  if (!typed) return boxes.filter((box) => box[checked]).map((box) => box.value).join(", ");
  const starter = typed.dataset.starter;
  return starter !== undefined && typed[value].trim() === starter.trim() ? "" : typed[value];
}

/** Puts an answer back that `answerOf` gave. */
export function restore(field, answer) {
  const typed = inputOf(field);
  if (typed) {
    typed.value = answer || typed.dataset.starter || "";
  } else {
    const chosen = answer.split(", ");
    for (const box of field.querySelectorAll("[data-input]")) box.checked = chosen.includes(box.value);
  }
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Types a text in the place of what is selected, as a person would, so that it can be undone. */
export function type(input, text) {
  input.focus();
  // Deprecated, and the only way that keeps a browser's own undo; where it does nothing the text is set all the same.
  if (!document.execCommand("insertText", false, text)) {
    input.setRangeText(text, input.selectionStart, input.selectionEnd, "end");
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
