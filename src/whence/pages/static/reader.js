// The reader's keys, and words that open their note. Every page works without this.
import { listen } from "/static/keys.js";

const notes = [...document.querySelectorAll("details[data-card]")];
const shown = (note) => note.checkVisibility();
const wordsOf = (id) => document.querySelectorAll(`.document [data-of="${CSS.escape(id)}"]`);
let current = null;

function leave() {
  if (!current) return;
  for (const each of wordsOf(current.dataset.card)) each.classList.remove("at");
}

function go(note, { scroll = true, focus = true } = {}) {
  leave();
  if (current && current !== note) current.open = false;
  current = note;
  note.open = true;
  const words = wordsOf(note.dataset.card);
  for (const each of words) each.classList.add("at");
  if (focus) note.querySelector("summary").focus({ preventScroll: true });
  const first = document.getElementById(`words-${note.dataset.card}`) ?? note;
  if (scroll) first.scrollIntoView({ block: "center" });
  history.replaceState(null, "", `#${note.dataset.card}`);
}

function step(by) {
  const seen = notes.filter(shown);
  if (!seen.length) return;
  const now = seen.indexOf(current);
  go(seen[now < 0 ? (by > 0 ? 0 : seen.length - 1) : Math.min(Math.max(now + by, 0), seen.length - 1)]);
}

function close() {
  if (!current) return;
  leave();
  current.open = false;
  current.querySelector("summary").focus({ preventScroll: true });
  current = null;
}

function press(verdict) {
  const buttons = current?.querySelectorAll(`button[value="${verdict}"]`) ?? [];
  buttons[buttons.length - 1]?.click();
}

// The browser counts UTF-16 units, a dossier code points: this is the one place where they meet.
function codePoints(text) {
  return [...text].length;
}

function position(node, offset) {
  const words = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".words");
  if (!words) return null;
  const before = document.createRange();
  before.selectNodeContents(document.querySelector(".document"));
  before.setEnd(node, offset);
  const part = before.cloneContents();
  let text = "";
  for (const each of part.querySelectorAll(".words")) text += each.textContent;
  return codePoints(text);
}

function add() {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return;
  const range = chosen.getRangeAt(0);
  const start = position(range.startContainer, range.startOffset);
  const end = position(range.endContainer, range.endOffset);
  if (start === null || end === null || start >= end) return;
  location.assign(`${location.pathname}/add?start=${start}&end=${end}`);
}

listen({
  n: () => step(1), j: () => step(1), p: () => step(-1), k: () => step(-1),
  a: () => press("accept"), x: () => press("reject"), u: () => press("undo"), s: add, Escape: close,
});

document.querySelector(".document").addEventListener("click", (event) => {
  const label = event.target.closest("a.label");
  const words = label ? label.parentElement : event.target.closest("[data-of]");
  if (!words || (!label && !getSelection().isCollapsed)) return;
  const note = notes.find((each) => each.dataset.card === words.dataset.of);
  if (!note) return;
  event.preventDefault();
  go(note, { scroll: false, focus: Boolean(label) });
});

for (const note of notes) {
  note.addEventListener("toggle", () => { if (note.open && note !== current) go(note, { scroll: false, focus: false }); });
}

function follow() {
  const id = decodeURIComponent(location.hash.slice(1));
  const note = notes.find((each) => each.dataset.card === id);
  if (!note) return;
  if (!shown(note)) document.getElementById("show-own").checked = true;
  go(note);
}

addEventListener("hashchange", follow);
follow();
