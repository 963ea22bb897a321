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

/** Takes the token anew from this page, after a log-in in another window; false where one is still logged out. */
export async function renewed() {
  const response = await fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
  if (!response.ok || response.redirected) return false;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector('meta[name="csrf-token"]')?.content;
  if (fresh) document.querySelector('meta[name="csrf-token"]').content = fresh;
  return Boolean(fresh);
}
