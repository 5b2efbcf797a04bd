// Of the preview only: reloads the page when there is a new build, shows what is wrong, and takes corrections of names.
"use strict";
const me = document.currentScript;
const token = me.dataset.token;
const kinds = ["organization", "person", "place", "event", "agreement"];
let panel = null;
let opener = null;

function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function close() {
  if (!panel) return;
  panel.remove();
  panel = null;
  if (opener && opener.isConnected) opener.focus();
  opener = null;
  if (stale) location.reload();
}

function open(title, ...children) {
  panel?.remove();
  const button = make("button", { type: "button", className: "seedbed-close", textContent: "Close", onclick: close });
  panel = make("section", { className: "seedbed-panel", tabIndex: -1 }, button, make("h2", { textContent: title }), ...children);
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", title);
  document.body.append(panel);
  panel.focus();
}

addEventListener("keydown", event => { if (event.key === "Escape") close(); });

// News of builds.

async function trouble() {
  const found = await (await fetch("/__seedbed/trouble")).json();
  if (!found.length) return false;
  const title = found.length === 1 ? "Something is wrong" : found.length + " things are wrong";
  open(title, ...found.slice(0, 20).map(it => make("pre", { textContent: it.report })));
  panel.classList.add("seedbed-trouble");
  return true;
}

// What is being typed in a panel is not thrown away: the page is brought up to date when the panel is closed.
let stale = false;
let answered = false;
new EventSource("/__seedbed/news").onmessage = event => {
  if (event.data === me.dataset.version) return;
  stale = true;
  if (!panel || answered || panel.classList.contains("seedbed-trouble")) location.reload();
};
trouble();

// Corrections of names.

async function ask(path, body) {
  const answer = await fetch("/__seedbed/" + path, {
    method: body === undefined ? "GET" : "POST",
    headers: { "X-Seedbed-Token": token, "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

const note = make("p", { className: "seedbed-note" });
note.setAttribute("role", "status");

async function say(said) {
  try {
    const made = await ask("said", said);
    answered = made.written;
    note.textContent = made.written ? "Written to vocabulary/entities.yaml." : "The vocabulary says so already.";
    if (made.undo) sessionStorage.setItem("seedbed-undo", made.undo);
  } catch (error) {
    note.textContent = error.message;
  }
}

async function undo() {
  try {
    const made = await ask("undo", {});
    answered = true;
    note.textContent = "Taken back.";
    if (made.undo) sessionStorage.setItem("seedbed-undo", made.undo); else sessionStorage.removeItem("seedbed-undo");
  } catch (error) {
    note.textContent = error.message;
  }
}

const button = (text, act) => make("button", { type: "button", textContent: text, onclick: act });

function choice(label, field, act) {
  const form = make("form", { onsubmit: event => { event.preventDefault(); act(field.value); } });
  field.setAttribute("aria-label", label);
  form.append(make("button", { textContent: label }), field);
  return form;
}

function kindField(kind) {
  const field = make("select", {}, ...kinds.map(it => make("option", { value: it, textContent: it })));
  field.value = kind;
  return field;
}

function nameField(choices) {
  const list = make("datalist", { id: "seedbed-names" }, ...choices.map(it => make("option", { value: it.name, label: it.kind })));
  const field = make("input", { required: true });
  field.setAttribute("list", "seedbed-names");
  return [field, list];
}

function occurrence(entity, it) {
  const place = make("a", { href: it.href, textContent: it.document });
  const wrong = button("not here", () => say({ answer: "not", entity, phrase: it.phrase }));
  wrong.title = "Not in “" + it.phrase + "”";
  return make("li", {}, it.left, make("mark", { textContent: it.surface }), it.right + " ", place, " ", wrong);
}

async function review(mark) {
  const entity = mark.dataset.e;
  const surface = mark.textContent;
  const [it, choices] = await Promise.all([ask("name?id=" + encodeURIComponent(entity)), ask("names")]);
  const [same, list] = nameField(choices.filter(choice => choice.id !== entity));
  const places = make("ol", {}, ...it.occurrences.map(place => occurrence(entity, place)));
  const page = mark.closest("a");
  note.textContent = it.evidence.join("; ");
  open(surface + ": " + it.name + " (" + it.kind + ", " + it.origin + ")",
    button("Right", () => say({ answer: "right", entity })),
    button("Hide everywhere", () => say({ answer: "hide", entity })),
    choice("Not in this phrase", make("input", { value: surface, required: true }), phrase => say({ answer: "not", entity, phrase })),
    choice("Is the same as", same, name => {
      const target = choices.find(choice => choice.name === name);
      if (target) say({ answer: "same-as", surface, target: target.id });
      else note.textContent = "Choose one of the names of this site.";
    }), list,
    choice("Is of the kind", kindField(it.kind), kind => say({ answer: "kind", entity, kind })),
    choice("Rename", make("input", { value: it.name, required: true }), name => say({ answer: "rename", entity, name })),
    ...(page ? [make("a", { href: page.href, textContent: "Open its page" })] : []),
    note,
    make("h2", { textContent: "Named " + it.total + " times" }), places);
  undoable();
}

function undoable() {
  if (sessionStorage.getItem("seedbed-undo")) panel.insertBefore(button("Take back the last correction", undo), note);
}

function selected() {
  const surface = String(getSelection()).trim().replace(/\s+/g, " ");
  const node = getSelection().anchorNode;
  if (!surface || surface.length > 120 || !node || !document.querySelector("main")?.contains(node)) return;
  note.textContent = "";
  open("“" + surface + "” is a name", choice("Add it as", kindField("organization"), kind => say({ answer: "new", surface, kind })), note);
  undoable();
}

if (token) {
  addEventListener("click", event => {
    const mark = event.target.closest("[data-e]");
    if (mark && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      opener = mark;
      review(mark).catch(error => open("It cannot be reviewed", make("p", { textContent: error.message })));
    } else if (!panel || !panel.contains(event.target)) {
      if (!event.target.closest("a, button, input, select, summary, label")) selected();
    }
  });
}
