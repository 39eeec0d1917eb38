// Passkeys: the desk draws what is signed, the browser has it signed, the form carries the answer.
import { all, one } from "./dom.js";

const REFRESH = 240000;
const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
let waiting;

const bytes = (text) => Uint8Array.from(
  atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0),
);
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const named = (list = []) => list.map((known) => ({ ...known, id: bytes(known.id) }));

async function drawn(button) {
  const body = new URLSearchParams({ csrf_token: one("[name=csrf_token]", button.form).value });
  const answer = await fetch(button.dataset.passkey, { method: "POST", body });
  if (!answer.ok) throw new Error(answer.status === 429 ? "wait" : "failed");
  const options = await answer.json();
  const user = options.user && { ...options.user, id: bytes(options.user.id) };
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(user ? { user, excludeCredentials: named(options.excludeCredentials) }
      : { allowCredentials: named(options.allowCredentials) }),
  };
}

async function ask(button, more = {}) {
  const publicKey = await drawn(button);
  const verb = publicKey.user ? "create" : "get";
  const made = await navigator.credentials[verb]({ publicKey, ...more });
  const { response } = made;
  const parts = PARTS.filter((part) => response[part]).map((part) => [part, text(response[part])]);
  const answer = {
    id: made.id, rawId: text(made.rawId), type: made.type, response: Object.fromEntries(parts),
  };
  if (response.getTransports) answer.response.transports = response.getTransports();
  one(`[name="${button.dataset.answer}"]`, button.form).value = JSON.stringify(answer);
  button.form.submit();
}

// The browser offers passkeys in the list of names it knows, while the page is open.
async function offer(button) {
  if (!await window.PublicKeyCredential?.isConditionalMediationAvailable?.()) return;
  waiting?.abort();
  waiting = new AbortController();
  ask(button, { mediation: "conditional", signal: waiting.signal }).catch(() => {});
}

for (const button of all("[data-passkey]")) {
  const said = button.closest("p").nextElementSibling;
  let again;
  // The sentence beneath is for whoever has no scripts.
  said.nextElementSibling.remove();
  button.addEventListener("click", async () => {
    clearInterval(again);
    waiting?.abort();
    said.hidden = true;
    try {
      if (!window.PublicKeyCredential) throw new Error("none");
      await ask(button);
    } catch (problem) {
      said.textContent = button.dataset[problem.message] || button.dataset.failed;
      said.hidden = false;
    }
  });
  if ("autofill" in button.dataset) {
    offer(button);
    again = setInterval(() => offer(button), REFRESH);
  }
}
