"use strict";
// What only a script can do in Material's frame, in place of its bundle: switch between light and dark, mark the heading
// that is being read, close the drawer with Escape, copy code, show that a press is on its way. Every page is whole
// without it.
{
  const root = document.documentElement;

  const button = document.querySelector("[data-switch]");
  const dark = () => (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  function tell() {
    button.title = dark() ? "Đổi sang nền sáng" : "Đổi sang nền tối";
    button.querySelector("span").textContent = button.title;
  }
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try {
      localStorage.setItem("giao-dien", root.dataset.theme);
    } catch {
      // The choice then holds for this page only.
    }
    tell();
  });
  tell();
  button.hidden = false;

  // The label of Material's check box becomes a button, which the keyboard reaches.
  const [drawer, label] = [document.querySelector("#__drawer"), document.querySelector(".md-header [for=__drawer]")];
  if (drawer && label) {
    const opener = Object.assign(document.createElement("button"), { type: "button", className: label.className });
    opener.dataset.drawer = "";
    opener.append(...label.childNodes);
    label.replaceWith(opener);
    const tellDrawer = () => opener.setAttribute("aria-expanded", String(drawer.checked));
    const turn = (isOpen) => {
      drawer.checked = isOpen;
      tellDrawer();
      (isOpen ? document.querySelector(".md-sidebar--primary a") : opener)?.focus();
    };
    drawer.addEventListener("change", tellDrawer);
    opener.addEventListener("click", () => turn(!drawer.checked));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && drawer.checked) turn(false);
    });
    tellDrawer();
  }

  const links = new Map();
  for (const link of document.querySelectorAll(".md-sidebar--secondary a[href^='#']")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  function follow() {
    const passed = [...links.keys()].filter((heading) => heading.getBoundingClientRect().top < 90);
    for (const [heading, link] of links) link.classList.toggle("md-nav__link--active", heading === passed.at(-1));
  }
  if (links.size) {
    addEventListener("scroll", () => requestAnimationFrame(follow), { passive: true });
    follow();
  }

  // navigator.clipboard is there on HTTPS only.
  async function copy(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  for (const code of document.querySelectorAll(".md-typeset pre > code, [data-copy]")) {
    const press = Object.assign(document.createElement("button"), { type: "button", className: "copy", textContent: "Chép" });
    press.addEventListener("click", async () => {
      await copy(code.textContent.trim());
      press.textContent = "Đã chép";
      press.focus();
    });
    press.setAttribute("aria-live", "polite");
    code.parentElement.append(press);
  }

  // The number of a document is one word: 485/TB-VPCP.
  const NUMBER = /\d+\/[\p{Lu}\d]+(?:-[\p{Lu}\d]+)+/u;
  for (const part of document.querySelectorAll("h1, h2, h3, .md-content a, dd, td, th, .soft, .source")) {
    for (const text of [...part.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE)) {
      for (let rest = text, found; (found = NUMBER.exec(rest.data)); ) {
        const number = rest.splitText(found.index);
        rest = number.splitText(found[0].length);
        const whole = Object.assign(document.createElement("span"), { className: "number-of" });
        number.replaceWith(whole);
        whole.append(number);
      }
    }
  }

  for (const form of document.querySelectorAll("form[method=post]")) {
    form.addEventListener("submit", (event) => event.submitter?.setAttribute("aria-busy", "true"));
  }
  // A page that comes back out of the browser's memory is not busy.
  addEventListener("pageshow", () => document.querySelectorAll("[aria-busy]").forEach((press) => press.removeAttribute("aria-busy")));
}
