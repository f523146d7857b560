// Hands the page's question to a passkey, and its answer to the form.
const form = document.querySelector("form[data-passkey]");

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

function readQuestion() {
  const question = JSON.parse(form.dataset.question);
  question.challenge = toBytes(question.challenge);
  if (question.user) question.user.id = toBytes(question.user.id);
  for (const list of ["excludeCredentials", "allowCredentials"])
    for (const one of question[list] ?? []) one.id = toBytes(one.id);
  return question;
}

function writeAnswer(credential) {
  const answer = { id: credential.id, rawId: toText(credential.rawId), type: credential.type, response: {} };
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (credential.response[name]) answer.response[name] = toText(credential.response[name]);
  answer.clientExtensionResults = {};
  return JSON.stringify(answer);
}

async function askPasskey(event) {
  event.preventDefault();
  const options = { publicKey: readQuestion() };
  try {
    const credential = await (form.dataset.passkey === "new"
      ? navigator.credentials.create(options)
      : navigator.credentials.get(options));
    form.elements.answer.value = writeAnswer(credential);
    form.submit();
  } catch {
    form.querySelector("[data-problem]").hidden = false; // Not done, too late, or no passkey for this site.
  }
}

if (window.PublicKeyCredential) {
  form.hidden = false;
  form.addEventListener("submit", askPasskey);
}
