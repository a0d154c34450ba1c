// The reader's keys, and words that open their note. Every page works without this.
import { listen } from "/static/keys.js";
import { Edges } from "/static/edges.js";
import { finding } from "/static/find.js";
import { Words } from "/static/points.js";

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
  if (edges) return;
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

const words = new Words(document.querySelector(".document"));
let edges = null;

function chosen(page) {
  const found = words.selected();
  if (found) location.assign(`${location.pathname}/${page}?start=${found[0]}&end=${found[1]}`);
}

function redraw() {
  if (!current || edges) return;
  const note = current;
  note.open = false;
  edges = new Edges(words, note, () => { edges = null; go(note); });
}

listen({
  n: () => step(1), j: () => step(1), p: () => step(-1), k: () => step(-1),
  a: () => press("accept"), x: () => press("reject"), u: () => press("undo"), s: () => chosen("add"), g: () => chosen("place"),
  e: redraw, "/": finding(words), Escape: close,
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
  const button = note.querySelector(".redraw");
  button.hidden = false;
  button.addEventListener("click", () => { if (current !== note) go(note); redraw(); });
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
