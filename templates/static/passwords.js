// Passwords that can be looked at while they are typed, and how long a new one is.
import { element } from "./elements.js";

const SHORTEST = 12;
const LONG = 20;

function toggle(fields) {
  const box = element("input", { type: "checkbox" });
  box.addEventListener("change", () => {
    for (const field of fields) field.type = box.checked ? "text" : "password";
  });
  return element("label", { class: "form-check" }, box, fields.length > 1 ? "Show the passwords" : "Show the password");
}

function meter(field) {
  const bar = element("meter", { min: 0, max: LONG, low: SHORTEST, high: LONG - 4, optimum: LONG, value: 0, "aria-hidden": "true" });
  const words = element("span", { class: "meta", role: "status" });
  field.addEventListener("input", () => {
    const size = [...field.value].length;
    bar.value = Math.min(size, LONG);
    words.textContent = size < SHORTEST ? `${size} of at least ${SHORTEST} letters` : size < LONG ? "long enough; longer is better" : "long";
  });
  field.closest(".form-row").append(element("span", { class: "row" }, bar, words));
}

for (const form of document.querySelectorAll("form:has(input[type=password])")) {
  const fields = [...form.querySelectorAll("input[type=password]")];
  const made = fields.find((field) => field.autocomplete === "new-password");
  if (made) meter(made);
  form.querySelector(".actions").before(toggle(fields));
  // A browser remembers what is typed into fields of text: none of it may be a password.
  form.addEventListener("submit", () => fields.forEach((field) => (field.type = "password")));
}
