// Marking words in the text of a report fills the form below with them, and with which of several it is.
const text = document.getElementById("as-read");
const form = document.getElementById("add-statement");

const before = (node, offset) => {
  const range = document.createRange();
  range.selectNodeContents(text);
  range.setEnd(node, offset);
  const part = range.cloneContents();
  part.querySelectorAll(".notes, .region").forEach((one) => one.remove());
  return part.textContent;
};

document.addEventListener("selectionchange", () => {
  const chosen = getSelection();
  if (!form || chosen.isCollapsed || !chosen.rangeCount) return;
  const range = chosen.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
  if (range.startContainer.parentElement.closest(".notes, .region")) return;
  const words = chosen.toString().trim();
  if (!words) return;
  form.elements.words.value = words;
  const earlier = before(range.startContainer, range.startOffset);
  form.elements.nth.value = earlier.split(words).length;
});
