// Requests to our own server, with the token by which it knows its own pages.

function token() {
  return document.querySelector('meta[name="csrf-token"]')?.content
    ?? document.querySelector('input[name="csrf_token"]')?.value
    ?? "";
}

/** The response to JSON. options: of fetch, such as a signal. */
export function send(address, body, options = {}) {
  return fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() },
    body: JSON.stringify(body),
    credentials: "same-origin",
    ...options,
  });
}

/** The response to a question for JSON. */
export function ask(address, options = {}) {
  return fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin", ...options });
}
