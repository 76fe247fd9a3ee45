// Saves what is typed into the questionnaire, at most three seconds after the last input.
// The page works without it: every button saves, too. Only the server's word makes it „gespeichert“.

const QUIET = 1000; // this long nothing was typed
const SOON = 200; // after a choice, which may show or hide questions
const PATIENCE = 5000; // who types without a pause is not left unsaved for longer
const ANSWER_WITHIN = 15000;
const AGAIN = [2000, 4000, 8000, 15000, 30000];
const KEEPALIVE_LIMIT = 15000; // characters; browsers refuse 64 KiB and more while a page closes
const NOT_TYPED = ["csrfmiddlewaretoken", "revision", "page", "step", "back"];
const WORDS = {
  offline: "Noch nicht gespeichert: Der Server ist nicht zu erreichen. Wir versuchen es weiter; bitte lassen Sie diese Seite offen.",
  refused: "Noch nicht gespeichert. Bitte drücken Sie auf „Speichern“.",
  gone: "Nicht gespeichert: Diesen Eintrag gibt es nicht mehr. Vielleicht wurde er in einem anderen Fenster entfernt. Ihren Text können Sie hier noch kopieren.",
  tooLong: "Nicht gespeichert: Der Text ist zu lang. Bitte kürzen Sie ihn.",
  files: "Ausgewählte Dateien werden erst mit „Speichern“ hochgeladen.",
};

class Autosave {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-autosave-status]");
    this.panel = document.querySelector("[data-autosave-conflict]");
    this.saved = "unsaved" in form.dataset ? "" : this.typed;
    this.failures = 0;
    this.dirtySince = 0;
    this.isLeaving = this.isStopped = this.isRunning = false;
    this.hide(form.dataset.hidden.split(" "));
    this.listen();
    if (this.isDirty) this.plan(QUIET);
  }

  listen() {
    this.form.addEventListener("input", () => this.plan(QUIET));
    this.form.addEventListener("change", (event) => {
      if (event.target.type === "file") this.say(this.message ?? "");
      else this.plan(event.target.matches("[type=radio], [type=checkbox], select") ? SOON : QUIET);
    });
    this.form.addEventListener("submit", (event) => this.submit(event));
    window.addEventListener("online", () => this.isDirty && this.plan(0));
    document.addEventListener("visibilitychange", () => document.hidden && this.isDirty && this.save());
    window.addEventListener("pagehide", () => this.isDirty && this.save());
    window.addEventListener("pageshow", () => (this.isLeaving = false));
    window.addEventListener("beforeunload", (event) => this.isAtRisk && event.preventDefault());
  }

  // Everything typed, as text that can be compared; files are not part of it.
  get typed() {
    const fields = [...new FormData(this.form)];
    return JSON.stringify(fields.filter(([name, value]) => typeof value === "string" && !NOT_TYPED.includes(name)));
  }

  get isDirty() {
    return this.typed !== this.saved;
  }

  get hasFiles() {
    return [...this.form.querySelectorAll("[type=file]")].some((input) => input.files.length);
  }

  // Whether leaving now would lose something; a short unsaved text goes off while the page closes.
  get isAtRisk() {
    if (this.isLeaving) return false;
    const goesOff = navigator.onLine && !this.failures && !this.isStopped && this.typed.length < KEEPALIVE_LIMIT;
    return this.hasFiles || (this.isDirty && !goesOff);
  }

  plan(wait) {
    if (this.isStopped || this.isLeaving) return;
    this.dirtySince ||= Date.now();
    const patience = Math.max(0, this.dirtySince + PATIENCE - Date.now());
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), this.failures ? wait : Math.min(wait, patience));
  }

  async save() {
    clearTimeout(this.timer);
    if (this.isRunning || this.isStopped || this.isLeaving) return;
    const typed = this.typed;
    this.isRunning = true;
    this.dirtySince = 0;
    try {
      const answer = await this.send(typed);
      this.isRunning = false;
      await this.take(answer, typed);
    } catch {
      this.isRunning = false;
      if (!this.isLeaving) this.retry(WORDS.offline);
    }
  }

  send(typed) {
    const body = new FormData(this.form);
    body.set("step", this.count());
    for (const input of this.form.querySelectorAll("[type=file]")) body.delete(input.name);
    this.abort = new AbortController();
    const timeout = setTimeout(() => this.abort.abort(), ANSWER_WITHIN);
    const headers = { Accept: "application/json" };
    const options = { method: "POST", body, headers, redirect: "error", keepalive: typed.length < KEEPALIVE_LIMIT, signal: this.abort.signal };
    return fetch(this.form.dataset.autosave, options).finally(() => clearTimeout(timeout));
  }

  // The step tells the server that what this page sends next is no conflict with what it sent before.
  count() {
    const step = this.form.elements.namedItem("step");
    step.value = Number(step.value) + 1;
    return step.value;
  }

  async take(answer, typed) {
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    const word = isJson ? await answer.json() : {};
    if (this.isLeaving) return;
    if (answer.ok && isJson) this.confirm(word, typed);
    else if (answer.status === 409 && isJson) this.choose(word);
    else if (answer.status >= 500 || answer.status === 429) this.retry(WORDS.offline);
    else if (answer.status === 413) this.refuse(word.message ?? WORDS.tooLong);
    else this.stop(word.message ?? (answer.status === 404 ? WORDS.gone : WORDS.refused));
  }

  confirm(word, typed) {
    this.saved = typed;
    this.failures = 0;
    this.form.elements.namedItem("revision").value = word.revision;
    this.say(word.message);
    this.hide(word.hidden);
    if (this.isDirty) this.plan(QUIET);
  }

  retry(message) {
    const wait = AGAIN[Math.min(this.failures, AGAIN.length - 1)];
    this.failures += 1;
    this.say(message, true);
    this.plan(wait);
  }

  // Too much at once: what is typed stays, and is sent again as soon as something in it changes.
  refuse(message) {
    this.failures = 0;
    this.say(message, true);
  }

  // Saving again would not help: it takes somebody to decide.
  stop(message) {
    this.isStopped = true;
    this.say(message, true);
  }

  choose(word) {
    this.stop(word.message);
    this.status.append(" ", this.wayToChoice());
    this.panel.innerHTML = word.conflict; // made and escaped by our own server
    this.panel.querySelector("[data-keep-mine]").addEventListener("click", () => this.keepMine(word.revision));
    this.panel.querySelector("[data-take-stored]").addEventListener("click", () => (this.isLeaving = true));
  }

  wayToChoice() {
    const link = document.createElement("a");
    link.href = "#zwei-fassungen";
    link.className = "ogl-link";
    link.textContent = "Zur Auswahl";
    return link;
  }

  keepMine(revision) {
    this.form.elements.namedItem("revision").value = revision;
    this.panel.replaceChildren();
    this.isStopped = false;
    this.status.focus();
    this.save();
  }

  // A button saves by itself. Without a connection the page stays, and the text on it.
  submit(event) {
    if (!navigator.onLine) {
      event.preventDefault();
      event.stopPropagation();
      this.say(WORDS.offline, true);
      return;
    }
    this.count();
    this.isLeaving = true;
    clearTimeout(this.timer);
    if (this.isRunning) this.abort.abort();
  }

  hide(keys) {
    for (const block of this.form.querySelectorAll("[data-question]")) block.hidden = keys.includes(block.dataset.question);
  }

  say(message, isTrouble = false) {
    this.message = message;
    const text = this.hasFiles ? `${message} ${WORDS.files}`.trim() : message;
    if (this.status.textContent !== text) this.status.textContent = text;
    this.status.classList.toggle("ogl-autosave--trouble", isTrouble);
  }
}

document.querySelectorAll("form[data-autosave]").forEach((form) => new Autosave(form));
