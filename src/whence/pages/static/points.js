// The browser counts UTF-16 units, a dossier code points: this is the one place where they meet.
export function codePoints(text) {
  let count = 0;
  for (const each of text) count += 1;
  return count;
}

// How many code points come before a unit; a unit inside a pair counts as the pair's beginning.
export function toPoints(text, unit) {
  const inside = unit > 0 && unit < text.length
    && /[\ud800-\udbff]/.test(text[unit - 1]) && /[\udc00-\udfff]/.test(text[unit]);
  return codePoints(text.slice(0, inside ? unit - 1 : unit));
}

// The unit at which the code point of this number begins.
export function toUnits(text, point) {
  let unit = 0;
  for (let left = point; left > 0 && unit < text.length; left -= 1) {
    unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
  }
  return unit;
}

// The words of the document on the page, and where each code point of them stands in it.
export class Words {
  constructor(root) {
    this.root = root;
    this.pieces = [];
    let points = 0, units = 0, text = "";
    for (const part of root.querySelectorAll(".words")) {
      const walk = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        this.pieces.push({ node, points, units });
        points += codePoints(node.data);
        units += node.data.length;
        text += node.data;
      }
    }
    this.text = text;
    this.length = points;
  }

  piece(value, of) {
    let low = 0, high = this.pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.pieces[middle][of] <= value) low = middle; else high = middle - 1;
    }
    return this.pieces[low];
  }

  // Where a code point stands in the page. An end belongs to the letter before it.
  at(point, end = false) {
    const { node, points } = this.piece(end && point > 0 ? point - 1 : point, "points");
    return { node, offset: toUnits(node.data, point - points) };
  }

  // The code point at a place of the page; null outside the words.
  of(node, offset) {
    if (node.nodeType !== Node.TEXT_NODE) {
      const spot = document.createRange();
      spot.setStart(node, offset);
      const next = this.pieces.find((each) => spot.comparePoint(each.node, 0) >= 0);
      if (!this.root.contains(node)) return null;
      return next ? next.points : this.length;
    }
    const piece = this.pieces.find((each) => each.node === node);
    return piece ? piece.points + toPoints(node.data, offset) : null;
  }

  range(start, end) {
    const made = document.createRange();
    const first = this.at(start), last = this.at(end, true);
    made.setStart(first.node, first.offset);
    made.setEnd(last.node, last.offset);
    return made;
  }

  // The selected words, as code points; null when none are selected.
  selected() {
    const chosen = getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed) return null;
    const range = chosen.getRangeAt(0);
    const start = this.of(range.startContainer, range.startOffset);
    const end = this.of(range.endContainer, range.endOffset);
    return start === null || end === null || start >= end ? null : [start, end];
  }
}
