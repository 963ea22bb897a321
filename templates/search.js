// The index's search: shows the lines that hold every word that was typed, or whose headings do. Without a script the
// list stands whole.
"use strict";
{
  const box = document.getElementById("search");
  const said = document.getElementById("found");
  const contents = document.querySelector(".sheet-list");
  const lines = [...document.querySelectorAll("[data-line]")].map((line) => [line, plain(told(line))]);

  function told(line) {
    const head = line.closest("[data-group]").querySelector("h3");
    return [line.textContent, head.textContent, line.closest("[data-sheet]").dataset.sheet].join(" ");
  }

  function plain(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  }

  function search() {
    const asked = plain(box.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const [line, text] of lines) {
      line.hidden = !asked.every((word) => text.includes(word));
      if (!line.hidden) count += 1;
    }
    for (const group of document.querySelectorAll("[data-group], [data-sheet]"))
      group.hidden = asked.length > 0 && !group.querySelector("[data-line]:not([hidden])");
    contents.hidden = asked.length > 0;
    said.textContent = asked.length ? said.dataset.text.replace("{count}", count) : "";
  }

  document.getElementById("search-form").hidden = false;
  document.getElementById("search-form").addEventListener("submit", (event) => event.preventDefault());
  box.addEventListener("input", search);
  search();  // a browser that comes back keeps what was typed
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== box) {
      event.preventDefault();
      box.focus();
    }
  });
}
