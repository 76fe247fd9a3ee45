// Words that are marked with the mouse (or by keyboard, with caret browsing) go into the field beside the ticks.
const words = document.querySelector("textarea[name=words]");
const holder = (node) => (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest("[data-passage]");

const take = () => {
  const selection = document.getSelection();
  const text = selection.toString().trim();
  if (!text || selection.isCollapsed) return;
  const [start, end] = [holder(selection.anchorNode), holder(selection.focusNode)];
  if (!start || start !== end) return;
  words.value = text;
  start.closest("form").querySelectorAll("input[name=sentences]").forEach((box) => { box.checked = false; });
};

if (words) {
  document.addEventListener("mouseup", () => setTimeout(take)); // after the click that a label makes of it
  document.addEventListener("keyup", (event) => { if (event.shiftKey || event.key === "Shift") take(); });
}
