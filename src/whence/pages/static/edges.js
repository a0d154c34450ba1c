// The edges of a statement, moved with the mouse or by key; nothing is typed, and the words stay.
const PARTS = { source: "who speaks", cue: "the word that shows it", content: "what was said" };
const LIT = Object.keys(PARTS);

export class Edges {
  constructor(words, note, leave) {
    this.words = words;
    this.note = note;
    this.leave = leave;
    this.parts = JSON.parse(note.dataset.spans);
    this.units = [...this.words.text];  // one entry a code point
    this.bar = document.getElementById("edges");
    this.handles = [];
    this.bar.hidden = false;
    this.bar.querySelector(".keep").onclick = () => this.keep();
    this.bar.querySelector(".leave").onclick = () => this.close();
    for (const button of this.bar.querySelectorAll("[data-part]")) {
      button.onmousedown = (event) => event.preventDefault();  // the selection must stay
      button.onclick = () => this.take(button.dataset.part);
    }
    this.again = () => this.place();
    addEventListener("resize", this.again);
    this.make();
    this.handles.find((each) => each.part === "content")?.button.focus({ preventScroll: true });
  }

  make() {
    for (const each of this.handles) each.button.remove();
    this.handles = [];
    for (const part of LIT) {
      this.parts[part].forEach((_, piece) => {
        for (const side of [0, 1]) this.handle(part, piece, side);
      });
    }
    this.place();
  }

  handle(part, piece, side) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `edge ${part} ${side ? "last" : "first"}`;
    button.setAttribute("aria-label", `${side ? "End" : "Beginning"} of ${PARTS[part]}`);
    const handle = { part, piece, side, button };
    button.addEventListener("keydown", (event) => this.key(event, handle));
    button.addEventListener("pointerdown", (event) => this.drag(event, handle));
    this.words.root.append(button);
    this.handles.push(handle);
  }

  place() {
    const frame = this.words.root.getBoundingClientRect();
    for (const { part, piece, side, button } of this.handles) {
      const [start, end] = this.parts[part][piece];
      const letter = side ? this.words.range(end - 1, end) : this.words.range(start, start + 1);
      const boxes = letter.getClientRects();
      const box = boxes[side ? boxes.length - 1 : 0];
      if (!box) continue;
      const holder = letter.startContainer.parentElement.closest(".words");
      const back = this.backward(start, end, holder);
      button.style.left = `${(Boolean(side) === back ? box.left : box.right) - frame.left}px`;
      button.style.top = `${box.top - frame.top}px`;
      button.style.height = `${box.height}px`;
    }
    this.light();
    this.tell();
  }

  // Whether these words run from right to left.
  backward(start, end, holder) {
    const strong = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]|\p{L}/u
      .exec(this.units.slice(start, end).join(""));
    if (!strong) return getComputedStyle(holder).direction === "rtl";
    return /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u.test(strong[0]);
  }

  light() {
    if (!globalThis.CSS?.highlights) return;
    for (const part of LIT) {
      const ranges = this.parts[part].map(([start, end]) => this.words.range(start, end));
      CSS.highlights.set(`edge-${part}`, new Highlight(...ranges));
    }
  }

  tell() {
    const said = (part) => this.parts[part]
      .map(([start, end]) => this.units.slice(start, end).join("")).join(" … ");
    for (const part of LIT) this.bar.querySelector(`.now-${part}`).textContent = said(part) || "—";
  }

  // An edge may go as far as its own other edge and the pieces beside it.
  move(handle, to) {
    const pieces = this.parts[handle.part];
    const [start, end] = pieces[handle.piece];
    const least = handle.side ? start + 1 : (pieces[handle.piece - 1]?.[1] ?? 0);
    const most = handle.side ? (pieces[handle.piece + 1]?.[0] ?? this.units.length) : end - 1;
    pieces[handle.piece][handle.side] = Math.min(Math.max(to, least), most);
    this.place();
  }

  key(event, handle) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.parts[handle.part][handle.piece][handle.side];
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (way) {
      const holder = this.words.at(at, true).node.parentElement;
      const back = this.backward(...this.parts[handle.part][handle.piece], holder);
      const by = back ? -way : way;
      this.move(handle, event.shiftKey ? this.letter(at, by) : this.word(at, by, handle.side));
      handle.button.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") this.keep();
    else if (event.key === "Escape") this.close();
    else if (event.key === "Delete") this.drop(handle);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // The next letter as a person counts them: an accent or a joined emoji is not taken apart.
  letter(at, by) {
    const near = by > 0 ? this.units.slice(at, at + 40) : this.units.slice(Math.max(0, at - 40), at);
    const text = near.join("");
    const cut = globalThis.Intl?.Segmenter
      ? [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)].map((s) => s.segment)
      : near;
    const one = cut[by > 0 ? 0 : cut.length - 1] ?? "";
    return at + by * [...one].length;
  }

  // The next beginning of a word (for a first edge) or end of one (for a last).
  word(at, by, side) {
    const inWord = (i) => /[\p{L}\p{M}\p{N}_]/u.test(this.units[i] ?? " ");
    const edge = (i) => side ? inWord(i - 1) && !inWord(i) : inWord(i) && !inWord(i - 1);
    let to = at + by;
    while (to > 0 && to < this.units.length && !edge(to)) to += by;
    return to;
  }

  drag(event, handle) {
    event.preventDefault();
    handle.button.focus({ preventScroll: true });
    handle.button.setPointerCapture(event.pointerId);
    document.body.classList.add("dragging");
    const move = (moved) => {
      const spot = caret(moved.clientX, moved.clientY);
      const to = spot && this.words.of(spot.node, spot.offset);
      if (to !== null && to !== undefined && to !== false) this.move(handle, to);
    };
    const done = () => {
      document.body.classList.remove("dragging");
      handle.button.removeEventListener("pointermove", move);
    };
    handle.button.addEventListener("pointermove", move);
    handle.button.addEventListener("pointerup", done, { once: true });
    handle.button.addEventListener("pointercancel", done, { once: true });
  }

  take(part) {
    const chosen = this.words.selected();
    if (!chosen) return;
    this.parts[part] = [chosen];
    getSelection().removeAllRanges();
    this.make();
    this.handles.find((each) => each.part === part).button.focus({ preventScroll: true });
  }

  drop(handle) {
    if (handle.part === "content" && this.parts.content.length === 1) return;
    this.parts[handle.part].splice(handle.piece, 1);
    this.make();
    this.handles.find((each) => each.part === "content").button.focus({ preventScroll: true });
  }

  keep() {
    const given = this.note.querySelector("form.decide");
    const form = document.createElement("form");
    form.method = "post";
    form.action = given.action;
    const fields = {
      about: this.note.dataset.card, seen: given.elements.seen.value, verdict: "span-is",
      spans: JSON.stringify(this.parts),
    };
    for (const [name, value] of Object.entries(fields)) {
      const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
      form.append(field);
    }
    document.body.append(form);
    form.submit();
  }

  close() {
    removeEventListener("resize", this.again);
    for (const each of this.handles) each.button.remove();
    for (const part of LIT) globalThis.CSS?.highlights?.delete(`edge-${part}`);
    this.bar.hidden = true;
    this.leave();
  }
}

function caret(x, y) {
  if (document.caretPositionFromPoint) {
    const spot = document.caretPositionFromPoint(x, y);
    return spot && { node: spot.offsetNode, offset: spot.offset };
  }
  const spot = document.caretRangeFromPoint?.(x, y);
  return spot && { node: spot.startContainer, offset: spot.startOffset };
}
