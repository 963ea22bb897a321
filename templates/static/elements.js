// Elements made in one call: texts stay texts, so that nothing that was typed becomes markup.

/** An element. attributes: by name; null leaves one out. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** The elements of the server's own HTML: only mathematics that it drew is ever given here, and scripts in it, which
    there are none of, would not run: a parsed document runs nothing, and the policy allows nothing inline. */
export function drawn(html) {
  return [...new DOMParser().parseFromString(html, "text/html").body.childNodes].map((node) => document.adoptNode(node));
}

/** Says something to screen readers, as soon as they have a moment. */
export function say(text) {
  let place = document.getElementById("said");
  if (!place) {
    place = element("p", { id: "said", role: "status", class: "visually-hidden" });
    document.body.append(place);
  }
  place.textContent = text;
}
