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

const button = (text, act) => make("button", { type: "button", textContent: text, onclick: act });
const times = (count, one, many) => count + " " + (count === 1 ? one : many);

function close() {
  if (!panel) return;
  if (panel.classList.contains("seedbed-trouble")) sessionStorage.setItem("seedbed-seen", panel.textContent);
  panel.remove();
  panel = null;
  if (opener && opener.isConnected) opener.focus();
  opener = null;
  if (stale) location.reload();
}

function open(title, ...children) {
  panel?.remove();
  chip.remove();
  toast?.remove();
  const heading = make("h2", { textContent: title });
  const head = make("div", { className: "seedbed-head" }, heading, button("Close", close));
  panel = make("section", { className: "seedbed-panel", tabIndex: -1 }, head, ...children);
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", title);
  document.body.append(panel);
  panel.focus({ preventScroll: true });
}

addEventListener("keydown", event => { if (event.key === "Escape") { close(); chip.remove(); } });

// News of builds.

async function trouble() {
  const found = await (await fetch("/__seedbed/trouble")).json();
  if (!found.length) return;
  const title = found.length === 1 ? "Something is wrong" : found.length + " things are wrong";
  const show = () => {
    const kept = found.some(it => it.kept) ? [make("p", { textContent: "Until it is mended, the preview shows the site as it was before." })] : [];
    open(title, ...kept, ...found.map(it => make("pre", { textContent: it.report })));
    panel.classList.add("seedbed-trouble");
  };
  show();
  // Once read it does not stand in the way of every page; a badge leads back to it.
  if (sessionStorage.getItem("seedbed-seen") === panel.textContent) {
    panel.remove();
    panel = null;
    document.body.append(make("button", { type: "button", className: "seedbed-badge", textContent: title, onclick: show }));
  }
}

// What is being typed in a panel is not thrown away: the page is brought up to date when the panel is closed.
let stale = false;
let answered = false;
new EventSource("/__seedbed/news").onmessage = event => {
  if (event.data === me.dataset.version) return;
  stale = true;
  if (!panel || answered || panel.classList.contains("seedbed-trouble")) location.reload();
};

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
let toast = null;

// The page is about to be brought up to date: what was written is told on the new one too.
function told(made, text) {
  answered = made.written;
  note.textContent = text;
  if (made.written) sessionStorage.setItem("seedbed-told", JSON.stringify({ text, lines: made.lines, at: Date.now() }));
}

async function say(said) {
  try {
    const made = await ask("said", said);
    told(made, made.written ? "Written to vocabulary/entities.yaml." : "The vocabulary says so already.");
  } catch (error) {
    note.textContent = error.message;
  }
}

async function undo() {
  try {
    told(await ask("undo", {}), "Taken back.");
  } catch (error) {
    note.textContent = error.message;
    toast?.append(note);
  }
}

async function retell() {
  // One change may come in two builds, and so in two reloads.
  const last = JSON.parse(sessionStorage.getItem("seedbed-told"));
  if (!last || Date.now() - last.at > 15000) return;
  const { undo: left } = await ask("undo");
  if (panel) return;
  toast = make("section", { className: "seedbed-panel seedbed-toast" }, make("p", { textContent: last.text }), make("pre", { textContent: last.lines }));
  toast.setAttribute("role", "status");
  if (left) toast.append(button("Take back the last correction", undo));
  toast.append(button("Close", () => { toast.remove(); sessionStorage.removeItem("seedbed-told"); }));
  document.body.append(toast);
}

async function undoable() {
  const { undo: left, lines } = await ask("undo");
  if (!left || !panel) return;
  const back = button("Take back the last correction", undo);
  back.title = lines;
  panel.insertBefore(back, note);
}

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

// Places with a box each, and one for all of them. A phrase that is only the name itself would speak of every place.
function places(found, ticked, label) {
  const rows = found.map(it => {
    const box = make("input", { type: "checkbox", checked: ticked, value: it.phrase });
    const name = make("label", {}, box, make("span", {}, it.left, make("mark", { textContent: it.surface }), it.right));
    if (it.phrase === it.surface) {
      box.disabled = true;
      name.title = "Nothing stands beside it in the sentence that would tell this place from others.";
    }
    return make("li", {}, name, " ", make("a", { href: it.href, textContent: it.document }));
  });
  const list = make("ol", {}, ...rows);
  const boxes = () => [...list.querySelectorAll("input:not(:disabled)")];
  const all = make("input", { type: "checkbox", checked: ticked, onchange: () => boxes().forEach(it => { it.checked = all.checked; }) });
  const phrases = wanted => [...new Set(boxes().filter(it => it.checked === wanted).map(it => it.value))];
  return { list: [make("label", { className: "seedbed-all" }, all, label), list], phrases };
}

async function review(mark) {
  const entity = mark.dataset.e;
  const surface = mark.textContent.replace(/\s+/g, " ");
  const [it, choices] = await Promise.all([ask("name?id=" + encodeURIComponent(entity)), ask("names")]);
  const others = choices.filter(choice => choice.id !== entity);
  const [same, list] = nameField(others);
  const { list: shown, phrases } = places(it.occurrences, false, "All of them");
  const page = mark.closest("a");
  note.textContent = it.evidence.join("; ");
  open(surface === it.name ? it.name : surface + ": " + it.name,
    make("p", { textContent: it.kind + ", " + { vocabulary: "from vocabulary/entities.yaml", gazetteer: "from the built-in lists", discovered: "found by rule" }[it.origin] }),
    button("Right", () => say({ answer: "right", entity })),
    button("Hide everywhere", () => say({ answer: "hide", entity })),
    ...(page ? [make("a", { href: page.href, textContent: "Open its page" })] : []),
    make("div", { className: "seedbed-choices" },
      choice("Is the same as", same, name => {
        const target = others.find(choice => choice.name === name);
        if (target) say({ answer: "same-as", entity, surface, target: target.id });
        else note.textContent = "Choose one of the names of this site.";
      }), list,
      choice("Is of the kind", kindField(it.kind), kind => say({ answer: "kind", entity, kind })),
      choice("Rename", make("input", { value: it.name, required: true }), name => say({ answer: "rename", entity, name })),
      choice("Not in this phrase", make("input", { value: surface, required: true }), phrase => say({ answer: "not", entity, phrases: [phrase] }))),
    note,
    make("h3", { textContent: "Named " + times(it.total, "time", "times") }),
    ...shown,
    button("It is not meant where ticked", () => {
      const wrong = phrases(true);
      if (wrong.length) say({ answer: "not", entity, phrases: wrong });
      else note.textContent = "Tick the places where it is not meant.";
    }));
  undoable();
}

// Unmarked text to a name: a button beside the selection, so that nothing stands in the way of copying.
const chip = button("Make this a name", () => begin(chip.dataset.words).catch(failed));
chip.className = "seedbed-chip";

const selected = () => {
  const selection = getSelection(), words = String(selection).trim().replace(/\s+/g, " "), node = selection.anchorNode;
  const usable = words && words.length <= 120 && document.querySelector("main")?.contains(node) && !panel?.contains(node);
  return usable ? words : "";
};

function offer() {
  const words = selected();
  if (!words) return chip.remove();
  const range = getSelection().getRangeAt(0).getBoundingClientRect();
  chip.dataset.words = words;
  document.body.append(chip);
  const left = Math.min(range.left, document.documentElement.clientWidth - chip.offsetWidth - 8);
  chip.style.left = Math.max(8, left) + scrollX + "px";
  chip.style.top = range.bottom + scrollY + 6 + "px";
}

async function begin(surface) {
  const found = await ask("unmarked?words=" + encodeURIComponent(surface));
  const { list, phrases } = places(found.occurrences, true, "All of them");
  note.textContent = /[\p{Lu}\p{N}]/u.test(surface) ? "" : "Names are found only where they have a capital.";
  open("“" + surface + "” is a name",
    choice("Add it as", kindField("organization"), kind => say({ answer: "new", surface, kind, not: phrases(false) })),
    note,
    make("h3", { textContent: "It stands in " + times(found.total, "place", "places") + "; untick those where it is none" }),
    ...list);
  undoable();
}

const failed = error => open("This cannot be reviewed", make("p", { textContent: error.message }));

if (token) {
  addEventListener("click", event => {
    const mark = event.target.closest?.("[data-e]");
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    if (mark && plain && !selected()) {
      event.preventDefault();
      opener = mark;
      review(mark).catch(failed);
    }
  });
  let waiting = 0;
  document.addEventListener("selectionchange", () => { clearTimeout(waiting); waiting = setTimeout(offer, 200); });
  trouble().then(retell);
} else {
  trouble();
}
