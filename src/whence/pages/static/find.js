// Find in the document: accents, capitals and line ends make no difference.
export function finding(words) {
  const form = document.getElementById("infind");
  const field = form.querySelector("input"), said = form.querySelector("[role=status]");
  let plain = null, hits = [], now = -1;
  form.hidden = false;

  function folded(text) {
    let out = "";
    const from = [];
    [...text].forEach((sign, point) => {
      const bare = sign.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s/g, " ");
      for (let unit = 0; unit < bare.length; unit += 1) from.push(point);
      out += bare;
    });
    return { out, from };
  }

  function look() {
    plain ??= folded(words.text);
    const wanted = folded(field.value.trim()).out;
    hits = [];
    now = -1;
    for (let at = wanted ? plain.out.indexOf(wanted) : -1; at >= 0; at = plain.out.indexOf(wanted, at + 1)) {
      hits.push([plain.from[at], plain.from[at + wanted.length - 1] + 1]);
    }
    globalThis.CSS?.highlights?.set("found", new Highlight(...hits.map(([a, b]) => words.range(a, b))));
    said.textContent = wanted ? `${hits.length} found` : "";
  }

  function step(by) {
    if (!hits.length) return;
    now = (now + by + hits.length) % hits.length;
    const here = words.range(...hits[now]);
    globalThis.CSS?.highlights?.set("found-now", new Highlight(here));
    here.startContainer.parentElement.scrollIntoView({ block: "nearest" });
    const box = here.getBoundingClientRect();
    scrollTo({ top: scrollY + box.top - innerHeight / 2 });
    said.textContent = `${now + 1} of ${hits.length}`;
  }

  field.addEventListener("input", look);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); if (!hits.length) look(); step(event.shiftKey ? -1 : 1); }
    if (event.key === "Escape") { field.value = ""; look(); field.blur(); globalThis.CSS?.highlights?.delete("found-now"); }
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  return () => { field.focus(); field.select(); };
}
