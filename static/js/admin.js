// Mends what Django's admin leaves without a name for people who use a screen reader or no mouse.
const mend = () => {
  document.querySelectorAll("thead th").forEach((header) => {
    if (header.textContent.trim() || header.querySelector("*")) return;
    const name = document.createElement("span");
    name.className = "visually-hidden";
    name.textContent = header.classList.contains("original") ? "Eintrag" : "Löschen";
    header.append(name);
  });
  document.querySelectorAll("input.select2-search__field:not([aria-label])").forEach((input) => {
    const row = input.closest(".form-row, td");
    const label = row?.querySelector("label, legend")?.textContent.trim() || "Auswahl";
    input.setAttribute("aria-label", `${label} suchen`);
  });
  document.querySelectorAll(".tabular td[class^=field-] :is(input:not([type=hidden]), select, textarea):not([aria-label])").forEach((field) => {
    const column = field.closest("td").classList[0].replace("field-", "column-");
    const header = field.closest("table").querySelector(`th.${column}`);
    if (header && !field.labels.length) field.setAttribute("aria-label", header.textContent.trim());
  });
  document.querySelectorAll(".select2-selection[role=combobox]:not([id])").forEach((box, index) => {
    const select = box.closest(".select2")?.previousElementSibling;
    box.id = `auswahl-${Date.now()}-${index}`;
    box.setAttribute("aria-label", select?.labels?.[0]?.textContent.trim() || select?.ariaLabel || "Auswahl");
    // Its own label first, then the value that is shown.
    box.setAttribute("aria-labelledby", `${box.id} ${box.getAttribute("aria-labelledby") ?? ""}`.trim());
  });
  document.querySelectorAll(".select2-selection__rendered[role=textbox]").forEach((value) => {
    value.removeAttribute("role"); // it is the text of the box around it, not a field of its own
    value.removeAttribute("aria-readonly");
  });
  document.querySelectorAll(".help-tooltip[aria-label]:not([role])").forEach((tip) => tip.setAttribute("role", "img"));
  document.querySelectorAll(".inline-group:not([tabindex]), .results:not([tabindex])").forEach((group) => {
    if (group.scrollWidth > group.clientWidth) group.tabIndex = 0;
  });
};

window.addEventListener("load", () => {
  mend();
  new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
});
