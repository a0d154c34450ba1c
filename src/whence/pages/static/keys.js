// Single keys that can be turned off, remembered on this machine.
const box = document.getElementById("keys");

export function listen(does) {
  if (!box) return;
  box.checked = localStorage.getItem("whence-keys") !== "off";
  box.addEventListener("change", () => localStorage.setItem("whence-keys", box.checked ? "on" : "off"));
  document.querySelector(".keys").hidden = false;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea")) return;
    if (event.key !== "Escape" && !box.checked) return;
    const act = does[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
