"use strict";
// Answers a question from the index that search_index.py writes. A word is compared folded (no marks, đ as d), so that
// "phong chay" finds "phòng cháy"; a word typed with marks wants that very spelling, when any page has it.

const place = document.querySelector(".c-found");
const list = document.querySelector(".c-results");
const more = document.querySelector(".c-more");
const box = document.querySelector("#c-ask");
const WORD = /[\p{L}\p{N}]+/gu;
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/gu;
const PAGE_OF_RESULTS = 10;
const EXCERPT = 220;

const loaded = new Map();
function load(name) {
  const address = new URL(`${place.dataset.index}${name}.json`, location.href);
  if (!loaded.has(name)) loaded.set(name, fetch(address).then((answer) => answer.json()));
  return loaded.get(name);
}

function fold(word) {
  return word.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d");
}

function spell(word) {
  const parts = word.toLowerCase().normalize("NFD");
  return parts.replace(TONES, "").normalize("NFC") + (parts.match(TONES) ?? []).join("");
}

function readWords(text) {
  const whole = text.normalize("NFC").replace(/[ÐƉ]/gu, "Đ").replace(/[ðɖ]/gu, "đ");
  return (whole.match(WORD) ?? []).map((word) => ({ folded: fold(word), spelling: spell(word) }));
}

// The weight of one asked word on each page that has it; a word that only begins so counts half.
async function weigh(word, { shards, weights }) {
  const first = /^[a-z0-9]/.test(word.folded) ? word.folded : "_";
  const needed = shards.filter((name) => name.startsWith(first) || first.startsWith(name));
  const spelled = new Map();
  const any = new Map();
  for (const shard of await Promise.all(needed.map((name) => load(`w-${name}`)))) {
    for (const [folded, spellings] of Object.entries(shard)) {
      if (!folded.startsWith(word.folded)) continue;
      for (const [spelling, pages] of Object.entries(spellings)) {
        for (const code of pages) {
          const page = Math.floor(code / weights);
          const weight = (code % weights) / (folded === word.folded ? 1 : 2);
          any.set(page, Math.max(any.get(page) ?? 0, weight));
          if (spelling.startsWith(word.spelling)) spelled.set(page, Math.max(spelled.get(page) ?? 0, weight));
        }
      }
    }
  }
  return word.spelling !== word.folded && spelled.size > 0 ? spelled : any;
}

// The pages with all words, the best first; when there is none, those with some of them.
async function find(words) {
  const index = await load("pages");
  const scores = new Map();
  for (const weights of await Promise.all(words.map((word) => weigh(word, index)))) {
    for (const [page, weight] of weights) {
      const score = scores.get(page) ?? { page, hits: 0, weight: 0 };
      score.hits += 1;
      score.weight += weight;
      scores.set(page, score);
    }
  }
  const found = [...scores.values()];
  const most = Math.max(0, ...found.map((score) => score.hits));
  return found
    .filter((score) => score.hits === most)
    .sort((first, second) => second.weight - first.weight || first.page - second.page)
    .map((score) => ({ url: index.pages[score.page][0], title: index.pages[score.page][1], isWhole: most === words.length }));
}

// Where the words of *text* that were asked for are, and whether they follow one after the other.
function match(text, words) {
  const places = [];
  const row = [];
  for (const found of text.matchAll(WORD)) {
    const [folded, spelling] = [fold(found[0]), spell(found[0])];
    const at = words.findIndex((word) =>
      word.spelling === word.folded ? folded.startsWith(word.folded) : spelling.startsWith(word.spelling),
    );
    row.push(at);
    if (at >= 0) places.push({ start: found.index, end: found.index + found[0].length });
  }
  const isPhrase = row.some((at, place) => at === 0 && words.every((_, step) => row[place + step] === step));
  return { text, places, hits: new Set(row.filter((at) => at >= 0)).size, isPhrase };
}

// The part of a page that answers best, with the heading above it.
async function readPage(result, words) {
  const address = new URL(place.dataset.root + (place.dataset.root.endsWith("/") ? "" : "/") + result.url, location.href);
  let best = { text: "", places: [], hits: 0, isPhrase: false };
  try {
    const html = await (await fetch(address)).text();
    const main = new DOMParser().parseFromString(html, "text/html").querySelector("main");
    for (const link of main.querySelectorAll(".headerlink, .footnote-ref")) link.remove();
    let heading = "";
    for (const part of main.querySelectorAll("h2, h3, p, li, dd, td, pre")) {
      if (part.id && part.tagName.startsWith("H")) heading = part.id;
      if (part.querySelector("p, li, td")) continue;
      const matched = match(part.textContent.normalize("NFC").replace(/\s+/gu, " ").trim(), words);
      if (matched.isPhrase > best.isPhrase || (matched.isPhrase === best.isPhrase && matched.hits > best.hits)) {
        best = { ...matched, heading };
      }
    }
  } catch {
    // The title is an answer, too.
  }
  if (best.heading) address.hash = best.heading;
  const title = match(result.title, words);
  return { address, title, best, isPhrase: title.isPhrase || best.isPhrase };
}

function mark(parent, { text, places }, from = 0, to = text.length) {
  let at = from;
  for (const { start, end } of places.filter((place) => place.start >= from && place.end <= to)) {
    parent.append(text.slice(at, start), Object.assign(document.createElement("mark"), { textContent: text.slice(start, end) }));
    at = end;
  }
  parent.append(text.slice(at, to));
}

function show({ address, title, best }) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = address.href;
  mark(link, title);
  item.append(link);
  if (best.hits) {
    const excerpt = document.createElement("p");
    const middle = best.places[0].start;
    const from = best.text.length > EXCERPT ? best.text.lastIndexOf(" ", Math.max(0, middle - 60)) + 1 : 0;
    const to = best.text.length - from > EXCERPT ? best.text.lastIndexOf(" ", from + EXCERPT) : best.text.length;
    if (from > 0) excerpt.append("… ");
    mark(excerpt, best, from, to);
    if (to < best.text.length) excerpt.append(" …");
    item.append(excerpt);
  }
  list.append(item);
}

let asked = 0;
async function answer() {
  const turn = ++asked;
  const words = readWords(box.value);
  let results = [];
  try {
    results = words.length ? await find(words) : [];
  } catch {
    if (turn === asked) place.textContent = "Chưa tải được danh mục tìm kiếm. Xin kiểm tra mạng rồi tìm lại.";
    return;
  }
  const showMore = async () => {
    const some = results.splice(0, PAGE_OF_RESULTS);
    const read = await Promise.all(some.map((result) => readPage(result, words)));
    if (turn !== asked) return false;
    for (const result of [...read.filter((each) => each.isPhrase), ...read.filter((each) => !each.isPhrase)]) show(result);
    more.hidden = results.length === 0;
    return true;
  };
  const [count, isWhole] = [results.length, results[0]?.isWhole];
  if (turn !== asked) return;
  list.replaceChildren();
  if (!words.length) place.textContent = "";
  else if (!count) place.textContent = `Không có trang nào có “${box.value.trim()}”. Thử bớt từ hoặc viết cách khác.`;
  else {
    const said = isWhole ? `${count} trang có “${box.value.trim()}”.` : `Không trang nào có đủ các từ; ${count} trang có một phần.`;
    more.onclick = showMore;
    if (await showMore()) place.textContent = said;
    return;
  }
  more.hidden = true;
}

let waiting = 0;
box.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    history.replaceState(null, "", box.value ? `?q=${encodeURIComponent(box.value)}` : location.pathname);
    answer();
  }, 200);
});
box.form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  history.replaceState(null, "", `?q=${encodeURIComponent(box.value)}`);
  answer();
});
box.value = new URLSearchParams(location.search).get("q") ?? "";
answer();
