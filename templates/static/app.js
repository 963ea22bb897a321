// What pages gain with JavaScript; each works without. One module for each thing, loaded where its element is.
const MODULES = {
  "[data-echo]": "./echo.js",
  "[data-field] [data-insert]": "./palette.js",
  "[data-ordering]": "./ordering.js",
  "[data-code]": "./code.js",
  "[data-none]": "./none.js",
  "[data-file]": "./files.js",
  "[data-field][data-item]:not([data-save-to])": "./drafts.js",
  "[data-save-to]": "./autosave.js",
  "[data-ends]": "./timer.js",
  "[data-waiting]": "./waiting.js",
  "[data-copy]": "./copy.js",
  "[data-look]": "./class_live.js",
  "input[type=password]": "./passwords.js",
  body: "./keys.js",
};

for (const [selector, address] of Object.entries(MODULES)) if (document.querySelector(selector)) import(address);
