/** What the storage of the browser gives; null where it has none for us, or nonsense. */
export function stored(doing) {
  try {
    return doing();
  } catch {
    return null;
  }
}
