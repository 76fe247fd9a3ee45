// On every page, each of which works without it.

// After a failed submit the summary of errors has the focus, so that screen readers read it first.
document.querySelector("[data-focus]")?.focus();

// A second click on a submit button sends nothing twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 8000); // long enough for a double click, short enough for a lost network
});

// Coming back with the browser's back button, the form can be sent again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});
