"use strict";
// Verifies a receipt where it lies, as campaign.core.ledger.receipt does: over the exact strings in the file, so nothing is
// written anew. The page's policy lets this script ask nobody for anything.

const bytesOf = (text) => new TextEncoder().encode(text);
const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const sameBytes = (one, other) => toHex(one) === toHex(other);
const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => Array.from(part)));
const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));

const require = (holds) => {
  if (!holds) throw new SyntaxError("not as this program writes it");
};

const fromHex = (text) => {
  require(/^([0-9a-f]{2})*$/.test(text));
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
};

const fromBase64 = (text) => {
  let decoded = "";
  try {
    decoded = atob(text);
  } catch {
    require(false);
  }
  require(btoa(decoded) === text); // Spare bits would allow two spellings of one value.
  return Uint8Array.from(decoded, (letter) => letter.charCodeAt(0));
};

const readReceipt = (bytes) => {
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  const { format, entry, personal, proof, checkpoint, rotations } = JSON.parse(text);
  const { salt, payload } = personal;
  const exact = { format, entry, personal: { salt, payload }, proof, checkpoint, rotations };
  require(format === "campaign-receipt-1" && `${JSON.stringify(exact, null, 1)}\n` === text);
  const said = { ...JSON.parse(entry), member: JSON.parse(payload) };
  require(said.kind === "confirmation" && Number.isSafeInteger(said.sequence) && said.sequence > 0);
  require(fromHex(salt).length === 32 && !Number.isNaN(Date.parse(said.at)));
  return { said, entry, payload, checkpoint, rotations: rotations ?? [], salt: fromHex(salt), proof: proof.map(fromHex) };
};

const OWN = 1;
const COSIGNER = 4;

const readKey = async (typed, kind = OWN) => {
  const [origin, keyId, ...rest] = typed.trim().split("+");
  const data = fromBase64(rest.join("+"));
  const hash = await sha256(bytesOf(`${origin}\n`), data);
  require(data.length === 33 && data[0] === kind && toHex(hash.slice(0, 4)) === keyId);
  return { origin, keyId, bytes: data.slice(1) };
};

const readCheckpoint = (note) => {
  const end = note.lastIndexOf("\n\n");
  require(end > 0);
  const [origin, size, root] = note.slice(0, end).split("\n");
  require(/^(0|[1-9][0-9]*)$/.test(size) && Number.isSafeInteger(Number(size)));
  const signatures = note.slice(end + 2).split("\n");
  return { origin, size: Number(size), root: fromBase64(root), signed: note.slice(0, end + 1), signatures };
};

const orFalse = async (step) => {
  try {
    return await step();
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
};

const isSignature = async (key, signature, text) => {
  const publicKey = await crypto.subtle.importKey("raw", key.bytes, { name: "Ed25519" }, false, ["verify"]);
  return crypto.subtle.verify("Ed25519", publicKey, signature, bytesOf(text));
};

const signaturesBy = (checkpoint, key) => {
  const head = `— ${key.origin} `;
  const lines = checkpoint.signatures.filter((line) => line.startsWith(head));
  const values = lines.map((line) => fromBase64(line.slice(head.length)));
  return values.filter((value) => toHex(value.slice(0, 4)) === key.keyId).map((value) => value.slice(4));
};

const isSignedBy = async (checkpoint, key) => {
  for (const signature of signaturesBy(checkpoint, key)) {
    if (await isSignature(key, signature, checkpoint.signed)) return true;
  }
  return false;
};

// C2SP tlog-cosignature: eight bytes of time, which is signed together with the checkpoint.
const isCosignedBy = async (checkpoint, key) => {
  for (const value of signaturesBy(checkpoint, key)) {
    const seconds = BigInt(`0x${toHex(value.slice(0, 8))}`);
    const text = `cosignature/v1\ntime ${seconds}\n${checkpoint.signed}`;
    if (await isSignature(key, value.slice(8), text)) return true;
  }
  return false;
};

// A policy as campaign.core.ledger.policy writes it, or a key alone.
const readPolicy = (typed) => {
  const lines = typed.trim().split("\n").map((line) => line.trim().split(/[ \t]+/));
  const told = (word) => lines.filter(([first]) => first === word).map(([, ...rest]) => rest);
  const rotations = told("#rotation").map(([sequence, old, next, endorsement, acceptance]) => {
    return { sequence: Number(sequence), old, new: next, endorsement, acceptance };
  });
  const revocations = told("#revocation").map(([, key, from]) => ({ key, from: Number(from) }));
  const [named] = told("log");
  const [[quorum] = ["none"]] = told("quorum");
  const parties = { witnesses: told("witness"), groups: told("group"), quorum };
  return { isFile: Boolean(named), trusted: named ? named[0] : typed.trim(), rotations, revocations, ...parties };
};

// The sizes for which each key counts, seen from the one that is trusted, as campaign.core.ledger.keyring follows them.
const termsOf = async ({ trusted, rotations, revocations }) => {
  const terms = [{ key: trusted, first: 0, last: Infinity }];
  const isSigned = async (rotation, key, signature) => {
    const text = `campaign key rotation\n${rotation.old}\n${rotation.new}\n`;
    return orFalse(async () => isSignature(await readKey(key), fromBase64(signature ?? ""), text));
  };
  const known = [...rotations].sort((one, other) => one.sequence - other.sequence);
  for (const rotation of known) {
    const latest = terms.at(-1);
    if (rotation.old === latest.key && (await isSigned(rotation, rotation.old, rotation.endorsement))) {
      latest.last = rotation.sequence - 1;
      terms.push({ key: rotation.new, first: rotation.sequence, last: Infinity });
    }
  }
  for (const rotation of known.reverse()) {
    const [earliest] = terms;
    const isBoth =
      rotation.new === earliest.key &&
      (await isSigned(rotation, rotation.old, rotation.endorsement)) &&
      (await isSigned(rotation, rotation.new, rotation.acceptance));
    if (isBoth) {
      earliest.first = rotation.sequence;
      terms.unshift({ key: rotation.old, first: 0, last: rotation.sequence - 1 });
    }
  }
  const ends = new Map(revocations.map(({ key, from }) => [key, from - 1]));
  return terms.map((term) => ({ ...term, last: Math.min(term.last, ends.get(term.key) ?? Infinity) }));
};

const isSealed = async (receipt, policy) => {
  const checkpoint = readCheckpoint(receipt.checkpoint);
  const rotations = [...policy.rotations, ...receipt.rotations];
  for (const { key, first, last } of await termsOf({ ...policy, rotations })) {
    const isInTime = first <= checkpoint.size && checkpoint.size <= last;
    if (isInTime && (await isSignedBy(checkpoint, await readKey(key)))) return true;
  }
  return false;
};

const isWitnessed = async ({ checkpoint }, { witnesses, groups, quorum }) => {
  const found = new Map([["none", true]]);
  for (const [name, key] of witnesses) {
    const isCosigned = async () => isCosignedBy(readCheckpoint(checkpoint), await readKey(key, COSIGNER));
    found.set(name, await orFalse(isCosigned));
  }
  for (const [name, threshold, ...members] of groups) {
    const least = { any: 1, all: members.length }[threshold] ?? Number(threshold);
    found.set(name, members.filter((member) => found.get(member)).length >= least);
  }
  return found.get(quorum) === true;
};

// RFC 9162, section 2.1.3.2; by division, because the bit operators of JavaScript end at 32 bits.
const isIncluded = async (receipt, checkpoint) => {
  let position = receipt.said.sequence - 1;
  let last = checkpoint.size - 1;
  let hash = await sha256([0], bytesOf(receipt.entry));
  if (position > last) return false;
  const ascend = () => {
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  };
  for (const sibling of receipt.proof) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      hash = await sha256([1], sibling, hash);
      while (position % 2 === 0 && position > 0) ascend();
    } else {
      hash = await sha256([1], hash, sibling);
    }
    ascend();
  }
  return last === 0 && sameBytes(hash, checkpoint.root);
};

const verify = async (receipt, policy) => ({
  personal: toHex(await sha256(receipt.salt, bytesOf(receipt.payload))) === receipt.said.personal,
  included: await orFalse(() => isIncluded(receipt, readCheckpoint(receipt.checkpoint))),
  signed: await orFalse(() => isSealed(receipt, policy)),
});

const inVietNam = (at) => {
  const shown = new Date(Date.parse(at) + 7 * 3600 * 1000).toISOString();
  return `${shown.slice(11, 19)} ngày ${shown.slice(8, 10)}/${shown.slice(5, 7)}/${shown.slice(0, 4)} (giờ Việt Nam)`;
};

const place = document.querySelector("[data-verification]");
const fileField = place.querySelector("#file");
const keyField = place.querySelector("#key");
const outcome = place.querySelector("[data-outcome]");
const result = place.querySelector("[data-result]");
let latest = 0;

const tell = (words, isRight = false) => {
  outcome.textContent = words;
  outcome.classList.toggle("box--done", isRight);
  outcome.hidden = false;
};

const show = ({ said }, steps, witnessed) => {
  const isRight = Object.values(steps).every(Boolean);
  for (const [name, holds] of Object.entries(steps)) {
    place.querySelector(`[data-step="${name}"] strong`).textContent = holds ? "đúng" : "KHÔNG ĐÚNG";
  }
  const facts = {
    person: `${said.member.name} (${said.member.staff_code}), ${said.member.unit}`,
    post: said.facts.post,
    revision: said.facts.revision,
    digest: (said.facts.digest.match(/.{1,8}/g) ?? []).join(" "),
    sentence: said.facts.sentence ?? "(bài không có câu xác nhận)",
    at: inVietNam(said.at),
    sequence: said.sequence,
  };
  for (const [name, value] of Object.entries(facts)) {
    place.querySelector(`[data-fact="${name}"]`).textContent = String(value);
  }
  place.querySelector("[data-heading]").textContent = isRight ? "Biên nhận ghi" : "Tệp này ghi, nhưng không tin được";
  if (isRight && !witnessed) {
    tell("Biên nhận có chữ ký của sổ, nhưng chưa đủ nhân chứng cùng ký. Nhân chứng ký mỗi đêm: mời tải lại biên nhận hôm sau.");
  } else {
    tell(isRight ? "Biên nhận đúng." : "Biên nhận không đúng, hoặc không phải của sổ có khoá này.", isRight);
  }
  result.hidden = false;
};

const cannotCompute = () =>
  tell("Trình duyệt này, hoặc cách mở trang này (không qua HTTPS), không cho tính chữ ký. Hãy dùng lệnh ở dưới.");

const run = async () => {
  latest += 1;
  const mine = latest;
  const [file] = fileField.files;
  result.hidden = true;
  outcome.hidden = true;
  if (!crypto.subtle) return cannotCompute();
  if (!file) return undefined;
  let words = "Khoá công khai chưa đúng dạng. Nhập lại đủ cả dòng như in trên báo cáo.";
  try {
    const typed = readPolicy(keyField.value);
    const own = readPolicy(keyField.dataset.policy);
    const policy = typed.trusted === own.trusted && !typed.isFile ? own : typed;
    await readKey(policy.trusted);
    words = "Tệp này không phải biên nhận, hoặc đã bị sửa đến mức không đọc được.";
    const receipt = readReceipt(await file.arrayBuffer());
    const steps = await verify(receipt, policy);
    const witnessed = await isWitnessed(receipt, policy);
    return mine === latest ? show(receipt, steps, witnessed) : undefined;
  } catch (error) {
    if (mine !== latest) return undefined;
    return error.name === "NotSupportedError" ? cannotCompute() : tell(words);
  }
};

fileField.addEventListener("change", run);
keyField.addEventListener("input", run);
place.hidden = false;
run();
