"use strict";
// Adds the reader's own state where a page asks for a confirmation. Without it, or without the recorder, the page says
// all the same: it is only asked on the page's own origin, and any trouble leaves the page as it is.
{
  const finished = document.querySelector("[data-finished]");

  function show(place, { state, text, sequence }) {
    const line = place.querySelector(".status");
    line.textContent = text;
    line.dataset.state = state;
    line.hidden = false;
    if (state !== "confirmed") return;
    place.dataset.state = state;
    for (const part of place.querySelectorAll("[data-todo]")) part.hidden = true;
    if (sequence) line.append(" ", Object.assign(document.createElement("a"), { href: `/bien-nhan/${sequence}`, textContent: "Xem biên nhận" }));
    if (finished) {
      finished.append(place);
      finished.hidden = false;
    }
  }

  async function ask(place) {
    const address = new URL(place.dataset.statusUrl, location.href);
    if (address.origin !== location.origin) return undefined;
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    const status = answer.ok ? await answer.json() : {};
    if (typeof status.text === "string" && status.text) show(place, status);
    return status;
  }

  // What is owed, beside the reader's own pages in the menu; what is done moves away.
  Promise.all([...document.querySelectorAll("[data-status-url]")].map((place) => ask(place).catch(() => undefined))).then((all) => {
    const owed = all.find((status) => status?.owed !== undefined)?.owed;
    for (const link of owed ? document.querySelectorAll("a[href='/cua-toi']:is(.md-tabs__link, .md-nav__link)") : []) {
      link.append(" ", Object.assign(document.createElement("span"), { className: "count-badge", textContent: owed }));
    }
    const waiting = document.querySelector("[data-waiting]");
    if (waiting && !waiting.querySelector("[data-status-url]")) waiting.querySelector("[data-none]").hidden = false;
  });
}
