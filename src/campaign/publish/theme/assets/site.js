"use strict";
// What only a script can do: switch between light and dark, and open the list of headings where there is room for it.
// Every page is whole without it.
const looks = { auto: "theo máy", light: "nền sáng", dark: "nền tối" };
const button = document.querySelector(".c-theme");
const root = document.documentElement;

function tell() {
  const look = looks[root.dataset.theme ?? "auto"];
  button.title = `Giao diện: ${look}. Bấm để đổi.`;
  button.querySelector("span").textContent = button.title;
}

button.addEventListener("click", () => {
  const order = Object.keys(looks);
  const next = order[(order.indexOf(root.dataset.theme ?? "auto") + 1) % order.length];
  if (next === "auto") delete root.dataset.theme;
  else root.dataset.theme = next;
  try {
    localStorage.setItem("giao-dien", next);
  } catch {
    // The choice then holds for this page only.
  }
  tell();
});
tell();
button.hidden = false;

const toc = document.querySelector(".c-toc details");
if (toc && matchMedia("(min-width: 64rem)").matches) toc.open = true;
