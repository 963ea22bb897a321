// "None of them is true" and the statements take each other's marks away.
for (const none of document.querySelectorAll("[data-none]")) {
  const boxes = none.closest("[data-field]").querySelectorAll("[data-input]");
  for (const box of boxes)
    box.addEventListener("change", () => {
      for (const other of boxes) if (box.checked && (box === none) !== (other === none)) other.checked = false;
    });
}
