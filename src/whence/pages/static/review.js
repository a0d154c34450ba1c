// The queue by key: forward, back, accept, reject. Every button works without this.
import { listen } from "/static/keys.js";

const items = [...document.querySelectorAll(".doubt")];

function current() {
  return items.indexOf(document.activeElement?.closest(".doubt"));
}

function step(by) {
  const to = items[Math.min(Math.max(current() + by, 0), items.length - 1)];
  to?.focus();
  to?.scrollIntoView({ block: "nearest" });
}

function press(verdict) {
  (items[current()] ?? items[0])?.querySelector(`button[value="${verdict}"]`)?.click();
}

listen({ j: () => step(1), n: () => step(1), k: () => step(-1), p: () => step(-1), u: () => document.querySelector(".just button.undo")?.click(), a: () => press("accept"), x: () => press("reject") });
