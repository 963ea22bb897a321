// "None of them is true" and the statements take each other's marks away.
for (const none of document.querySelectorAll("[data-none]")) {
  const boxes = none.closest("[data-field]").querySelectorAll("[data-input]");
  for (const box of boxes)
    // before the field hears of it, so that what is kept is what stands there
    box.addEventListener("input", () => {
      for (const other of boxes) if (box.checked && (box === none) !== (other === none)) other.checked = false;
    });
}
