// The editor of a draft: saves by itself, shows what the checks say and the preview, and offers marks as buttons.
// Without it the page is a plain form that does the same at the press of a button.
"use strict";

const form = document.getElementById("soan");
const text = document.getElementById("o-text");
const view = document.querySelector("[data-view]");
const frame = document.createElement("iframe");
const QUIET_MS = 300;
const STILL_HERE_MS = 15000;
let waiting = 0;
let isSaving = false;
let isStopped = false;
let saved = "";

const TOOLS = [
  ["header-2", "Mục", "Mục lớn"],
  ["header-3", "Mục con", "Mục con"],
  ["bold", "Đậm", "Chữ đậm"],
  ["italic", "Nghiêng", "Chữ nghiêng"],
  ["unordered-list", "• Điểm", "Danh sách có dấu đầu dòng"],
  ["ordered-list", "1. Số", "Danh sách đánh số"],
  ["quote", "Trích", "Đoạn trích"],
  ["link", "Liên kết", "Liên kết"],
];
const PIECES = [
  ["Bảng", "Bảng hai cột", "\n\n| Cột 1 | Cột 2 |\n|---|---|\n| ô 1 | ô 2 |\n\n"],
  ["Hộp ghi chú", "Hộp ghi chú", '\n\n!!! note "Lưu ý"\n    Viết lời lưu ý ở đây.\n\n'],
  ["Chú thích", "Chú thích cuối bài", "[^1]"],
];

function makeButton(label, title) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.title = title;
  return button;
}

function insert(piece) {
  text.focus();
  // So the browser's own undo takes it back.
  if (!document.execCommand("insertText", false, piece)) {
    text.setRangeText(piece, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function insertNote(piece) {
  const numbers = [...text.value.matchAll(/\[\^(\d+)\]/g)].map((found) => Number(found[1]));
  const number = Math.max(0, ...numbers) + 1;
  insert(piece.replace("1", number));
  const at = text.selectionStart;
  text.setSelectionRange(text.value.length, text.value.length);
  insert(`\n\n[^${number}]: Viết chú thích ở đây.\n`);
  text.setSelectionRange(at, at);
}

async function offerTools() {
  await import(form.dataset.toolbar);
  const bar = document.createElement("markdown-toolbar");
  bar.setAttribute("for", "o-text");
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Định dạng nội dung");
  for (const [mark, label, title] of TOOLS) {
    const button = makeButton(label, title);
    button.dataset.mdButton = mark;
    bar.append(button);
  }
  for (const [label, title, piece] of PIECES) {
    const button = makeButton(label, title);
    button.dataset.mdButton = "none";
    button.addEventListener("click", () => (label === "Chú thích" ? insertNote(piece) : insert(piece)));
    bar.append(button);
  }
  const tools = document.querySelector("[data-tools]");
  tools.append(bar);
  tools.hidden = false;
  bar.addEventListener("click", changed);
}

// What is pasted from Word or Excel keeps its headings, bold words, lists, links and tables.
async function readPastes() {
  const { default: Turndown } = await import(form.dataset.turndown);
  const service = new Turndown({ headingStyle: "atx", bulletListMarker: "-", emDelimiter: "*" });
  service.escape = (words) => words.replace(/[\\*`]/g, "\\$&");
  service.addRule("table", { filter: "table", replacement: (_, table) => writeTable(table) });
  text.addEventListener("paste", (event) => {
    const html = event.clipboardData.getData("text/html");
    if (/<(b|strong|i|em|a|h[1-6]|li|table)\b|mso-list/i.test(html)) {
      event.preventDefault();
      insert(service.turndown(readWord(html)).replace(/\u00a0/g, " "));
    }
  });
}

function writeTable(table) {
  const rows = [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim().replace(/\s+/g, " ")));
  const width = Math.max(0, ...rows.map((row) => row.length));
  const lines = rows.map((row) => `| ${Array.from({ length: width }, (_, at) => (row[at] || "").replace(/\|/g, "\\|")).join(" | ")} |`);
  lines.splice(1, 0, `|${"---|".repeat(width)}`);
  return `\n\n${lines.join("\n")}\n\n`;
}

function readWord(html) {
  // Styles tell what is a list; under our policy the browser would complain of each.
  const bare = html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/\sstyle=/gi, " data-style=");
  const body = new DOMParser().parseFromString(bare, "text/html").body; // Nothing in it runs or loads.
  for (const element of body.querySelectorAll("script, meta, link, title, img, xml")) {
    element.remove();
  }
  for (const item of body.querySelectorAll('[data-style*="mso-list"]')) {
    const mark = item.querySelector('[data-style*="mso-list:Ignore"], [data-style*="mso-list: Ignore"]');
    if (mark) {
      const sign = mark.textContent.trim();
      mark.replaceWith(/^[\p{L}\d(]+[.)]/u.test(sign) ? `${sign} ` : "- ");
    }
  }
  for (const element of body.querySelectorAll("b, strong, i, em")) {
    if (/:\s*normal/.test(element.dataset.style || "") || !element.textContent.trim()) {
      element.replaceWith(...element.childNodes);
    }
  }
  // The title of the post is the heading above all others.
  for (const heading of body.querySelectorAll("h1")) {
    const lower = document.createElement("h2");
    lower.append(...heading.childNodes);
    heading.replaceWith(lower);
  }
  return body;
}

function changed() {
  clearTimeout(waiting);
  waiting = setTimeout(save, QUIET_MS);
}

function stateOf() {
  const fields = new FormData(form);
  for (const name of ["file", "act", "note", "seen", "dropped"]) {
    fields.delete(name);
  }
  return JSON.stringify([...fields]);
}

async function save() {
  if (isStopped) {
    return;
  }
  if (isSaving) {
    changed();
    return;
  }
  const state = stateOf();
  isSaving = true;
  const fields = new FormData(form);
  fields.delete("file");
  fields.set("act", "auto");
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields });
    const isJson = (answer.headers.get("content-type") || "").includes("json");
    if (!isJson) {
      stop("Phiên đăng nhập đã hết. Mở trang đăng nhập ở thẻ khác, đăng nhập rồi bấm Lưu ở đây.");
    } else if (answer.ok) {
      show(await answer.json(), state);
    } else {
      const fault = await answer.json();
      stop(`${fault.problem} ${fault.remedy} Bấm “Lưu” để xem cả hai bản.`);
    }
  } catch {
    tell("Chưa lưu được vì mất kết nối; máy sẽ thử lại. Chữ vẫn còn trên trang.");
    setTimeout(changed, 5000);
  }
  isSaving = false;
}

function show(facts, state) {
  tell("");
  form.elements.seen.value = facts.seen;
  document.querySelector("[data-saved]").textContent = `Đã tự lưu lúc ${facts.saved}`;
  const others = document.querySelector("[data-others]");
  others.hidden = facts.others.length === 0;
  others.querySelector("strong").textContent = facts.others.join(", ");
  let faults = 0;
  for (const box of document.querySelectorAll("[data-findings]")) {
    const found = facts.findings[box.dataset.findings] || [];
    box.replaceChildren(...found.map(makeFinding));
    faults += found.filter((finding) => finding.is_fault).length;
  }
  document.querySelector("[data-count]").textContent = faults
    ? `Còn ${faults} chỗ phải sửa trước khi trình duyệt.`
    : "Không còn chỗ nào phải sửa.";
  if (facts.people !== null) {
    document.querySelector("[data-people] strong").textContent = `${facts.people.toLocaleString("vi")} người`;
  }
  document.querySelector("[data-deadline]").textContent = facts.deadline
    ? `Người đọc sẽ thấy: hạn cuối ${facts.deadline}.`
    : "";
  if (state !== saved) {
    saved = state;
    look();
  }
}

function makeFinding(finding) {
  const line = document.createElement("p");
  const head = document.createElement("strong");
  const advice = document.createElement("span");
  line.className = finding.is_fault ? "desk-finding desk-finding--fault" : "desk-finding";
  head.textContent = finding.is_fault ? "Phải sửa:" : "Xem lại:";
  advice.className = "soft";
  advice.textContent = finding.advice;
  line.append(head, ` ${finding.where}${finding.problem} `, advice);
  if (finding.line) {
    const button = makeButton("Đến dòng ấy", "");
    button.className = "plain";
    button.addEventListener("click", () => goTo(finding.line));
    line.append(" ", button);
  }
  return line;
}

function goTo(number) {
  const lines = text.value.split("\n");
  const at = lines.slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
  text.focus();
  text.setSelectionRange(at, at + (lines[number - 1] || "").length);
}

function tell(words) {
  const box = document.querySelector("[data-problem]");
  box.textContent = words;
  box.hidden = words === "";
}

function stop(words) {
  isStopped = true;
  tell(words);
}

function look() {
  frame.contentWindow.location.reload();
}

frame.title = "Bài như người đọc sẽ thấy";
frame.src = view.dataset.view;
view.append(frame);
view.hidden = false;
saved = stateOf();
form.addEventListener("input", changed);
form.addEventListener("change", changed);
form.addEventListener("submit", (event) => {
  clearTimeout(waiting);
  if (!isSaving) {
    isStopped = true;
    return;
  }
  // What is just being saved would look like somebody else's text.
  event.preventDefault();
  const sendAgain = () => (isSaving ? setTimeout(sendAgain, 50) : form.requestSubmit(event.submitter));
  sendAgain();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) {
    location.reload();
  }
});
setInterval(() => {
  if (!document.hidden) {
    save();
  }
}, STILL_HERE_MS);
offerTools();
readPastes();
