// Checks this appendix in the browser: nothing is fetched, nothing sent. docs/appendix.md has the rules.
(() => {
"use strict";
const ok = (right) => { if (!right) throw Error("no"); };
const encoder = new TextEncoder();
const utf8 = (text) => (ok(!/[\ud800-\udfff]/u.test(text)), encoder.encode(text));
const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
const join = (...parts) => {
  let at = 0;
  for (const part of parts) at += part.length;
  const whole = new Uint8Array(at);
  for (const part of parts.reverse()) whole.set(part, at -= part.length);
  return whole;
};
const unhex = (text) => {
  const pairs = text.match(/[0-9a-f]{2}/g) || [];
  ok(pairs.join("") === text);
  return Uint8Array.from(pairs, (pair) => parseInt(pair, 16));
};
const base64 = (text) => {
  const data = atob(text);
  ok(btoa(data) === text);
  return Uint8Array.from(data, (char) => char.charCodeAt());
};

// SHA-256 and SHA-512 (FIPS 180-4): their constants are fractions of roots of primes.
const primes = [];
for (let n = 2; primes.length < 80; n++) if (primes.every((p) => n % p)) primes.push(n);
const fractions = (count, degree) => primes.slice(0, count).map((prime) => {
  let root = 0n;
  for (let bit = 1n << 70n; bit; bit >>= 1n)
    if ((root + bit) ** degree <= BigInt(prime) << 64n * degree) root += bit;
  return BigInt.asUintN(64, root);
});
const cubes = fractions(80, 3n), squares = fractions(8, 2n);
const upper = (roots) => Int32Array.from(roots, (root) => Number(root >> 32n));
const padded = (data, block) => {
  const whole = new Uint8Array(data.length + block / 8 + block & -block);
  whole.set(data);
  whole[data.length] = 128;
  const view = new DataView(whole.buffer);
  view.setUint32(whole.length - 8, data.length / 2 ** 29);
  view.setUint32(whole.length - 4, data.length << 3);
  return whole;
};
const K = upper(cubes), start = upper(squares), w = new Int32Array(64), r = (x, n) => x >>> n | x << 32 - n;
const sha256 = (...parts) => {
  const data = padded(join(...parts), 64), s = start.slice(), out = new Uint8Array(32);
  for (let at = 0; at < data.length; at += 64) {
    let a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7];
    for (let i = 0, j = at; i < 16; i++, j += 4)
      w[i] = data[j] << 24 | data[j + 1] << 16 | data[j + 2] << 8 | data[j + 3];
    for (let i = 0; i < 64; i++) {
      if (i > 15) {
        const x = w[i - 15], y = w[i - 2];
        w[i] = w[i - 16] + w[i - 7] + (r(x, 7) ^ r(x, 18) ^ x >>> 3) + (r(y, 17) ^ r(y, 19) ^ y >>> 10);
      }
      const one = h + (r(e, 6) ^ r(e, 11) ^ r(e, 25)) + (e & f ^ ~e & g) + K[i] + w[i] | 0;
      const two = (r(a, 2) ^ r(a, 13) ^ r(a, 22)) + (a & b ^ a & c ^ b & c);
      h = g; g = f; f = e; e = d + one | 0; d = c; c = b; b = a; a = one + two | 0;
    }
    s[0] += a; s[1] += b; s[2] += c; s[3] += d; s[4] += e; s[5] += f; s[6] += g; s[7] += h;
  }
  for (let i = 0; i < 32; i++) out[i] = s[i >> 2] >> 24 - i % 4 * 8;
  return out;
};
const digestOf = (text) => hex(sha256(utf8(text)));
const hmac = (key, name) => {
  const pad = (by) => {
    const block = new Uint8Array(64).fill(by);
    for (let i = 0; i < 32; i++) block[i] ^= key[i];
    return block;
  };
  return sha256(pad(92), sha256(pad(54), utf8(`${name}`)));
};
const u64 = (x) => BigInt.asUintN(64, x), R = (x, n) => u64(x >> n | x << 64n - n);
const sha512 = (data) => {
  const view = new DataView(padded(data, 128).buffer), state = [...squares], w = [];
  for (let at = 0; at < view.byteLength; at += 128) {
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 80; i++) {
      const x = w[i - 15], y = w[i - 2];
      w[i] = i < 16 ? view.getBigUint64(at + 8 * i) : u64(w[i - 16] + w[i - 7] +
        (R(x, 1n) ^ R(x, 8n) ^ x >> 7n) + (R(y, 19n) ^ R(y, 61n) ^ y >> 6n));
      const one = h + (R(e, 14n) ^ R(e, 18n) ^ R(e, 41n)) + (e & f ^ ~e & g) + cubes[i] + w[i];
      const two = (R(a, 28n) ^ R(a, 34n) ^ R(a, 39n)) + (a & b ^ a & c ^ b & c);
      [h, g, f, e, d, c, b, a] = [g, f, e, u64(d + one), c, b, a, u64(one + two)];
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => { state[i] = u64(state[i] + value); });
  }
  return unhex(state.map((value) => value.toString(16).padStart(16, "0")).join(""));
};

// Ed25519 (RFC 8032, section 5.1).
const P = 2n ** 255n - 19n, ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const mod = (x) => (x % P + P) % P;
const power = (x, by) => {
  let all = 1n;
  for (; by; by >>= 1n, x = mod(x * x)) if (by & 1n) all = mod(all * x);
  return all;
};
const D = mod(-121665n * power(121666n, P - 2n));
const little = (bytes) => BigInt("0x" + hex([...bytes].reverse()));
const plus = (p, q) => {
  const a = (p[1] - p[0]) * (q[1] - q[0]), b = (p[1] + p[0]) * (q[1] + q[0]);
  const c = mod(2n * p[3] * q[3]) * D, d = 2n * p[2] * q[2];
  const e = mod(b - a), f = mod(d - c), g = mod(d + c), h = mod(b + a);
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
};
const times = (by, point) => {
  let sum = [0n, 1n, 1n, 0n];
  for (; by; by >>= 1n, point = plus(point, point)) if (by & 1n) sum = plus(sum, point);
  return sum;
};
const point = (bytes) => {
  const all = little(bytes), sign = all >> 255n, y = BigInt.asUintN(255, all);
  const square = mod((y * y - 1n) * power(D * y * y + 1n, P - 2n));
  let x = power(square, (P + 3n) / 8n);
  if (mod(x * x - square)) x = mod(x * power(2n, (P - 1n) / 4n));
  ok(y < P && !mod(x * x - square) && (x || !sign));
  if ((x & 1n) !== sign) x = P - x;
  return [x, y, 1n, mod(x * y)];
};
const signed = (key, text, signature) => {
  const s = little(signature.slice(32)), head = signature.slice(0, 32);
  const left = times(s, point(unhex("58" + "66".repeat(31))));
  const right = plus(point(head), times(little(sha512(join(head, key, text))) % ORDER, point(key)));
  return signature.length === 64 && s < ORDER &&
    [0, 1].every((i) => !mod(left[i] * right[2] - right[i] * left[2]));
};

// The ledger: keys and signed heads (C2SP), entries, proofs (RFC 9162).
const byte = (value) => Uint8Array.of(value);
const keyOf = (text) => {
  const [name, id, ...rest] = text.split("+"), data = base64(rest.join("+"));
  ok(data.length === 33 && data[0] === 1 && hex(sha256(utf8(name + "\n"), data)).slice(0, 8) === id);
  return { name, id, key: data.slice(1) };
};
const headOf = (note, keys) => {
  const [name, size, root, blank, ...lines] = note.split("\n");
  ok(!blank && !lines.pop() && lines.length);
  for (const line of lines) {
    const body = line.split(" ")[2], data = base64(body);
    const known = keys.find((one) => one.name === name && one.id === hex(data.slice(0, 4)));
    ok(line === `— ${name} ${body}`);
    ok(signed(known.key, utf8(`${name}\n${size}\n${root}\n`), data.slice(4)));
  }
  return { note, size: +size, root };
};
const included = (leaf, index, proof, head) => {
  let place = index, last = head.size - 1, at = leaf;
  ok(Number.isInteger(index) && index >= 0 && index <= last);
  for (const text of proof) {
    const other = base64(text);
    ok(last && other.length === 32);
    if (place % 2 || place === last) {
      at = sha256(byte(1), other, at);
      while (place && place % 2 === 0) { place >>= 1; last >>= 1; }
    } else at = sha256(byte(1), at, other);
    place >>= 1; last >>= 1;
  }
  ok(!last && hex(at) === hex(base64(head.root)));
};
const actOf = (act, op, head) => {
  const header = JSON.parse(act.header), says = {}, parts = [utf8("desk-ledger-1")];
  for (const [name, one] of Object.entries(act.values).sort(byKey)) {
    if ("value" in one) says[name.slice(2)] = JSON.parse(one.value);
    parts.push(utf8(name + "\0"), "value" in one ?
      sha256(unhex(one.salt), utf8(`${name}\0${one.value}`)) : unhex(one.digest));
  }
  ok(header.op === op && header.kind === "act" && header.c === hex(sha256(...parts)));
  if (head) included(sha256(byte(0), utf8(act.header)), act.index, act.proof, head);
  return { says, row: header.tbl + header.pk };
};

// The tree of commitments.
const byKey = (one, two) => one[0] < two[0] ? -1 : 1;
const isNode = (value) => value !== null && typeof value === "object", { isArray } = Array;
const canonical = (value) => JSON.stringify(value, (_, part) => !isNode(part) || isArray(part) ?
  part : Object.fromEntries(Object.entries(part).sort(byKey)));
const isLeaf = (value) => !isNode(value) || (isArray(value) ? !value.some(isNode) :
  Object.keys(value).every((key) => key === "zh" || key === "en"));
const digest = (text) => (ok(text.length === 64), unhex(text));
const inside = (path, name) => path ? `${path}/${name}` : name;
class Tree {
  constructor(salts) { this.salts = salts; }
  given(path) { return path in this.salts ? digest(this.salts[path]) : null; }
  at(path) {
    const own = this.given(path), cut = path.lastIndexOf("/");
    const above = !own && path && this.at(path.slice(0, Math.max(cut, 0)));
    return own || above && hmac(above, path.slice(cut + 1));
  }
  node(value, path, salt) {
    const hidden = isNode(value) && Object.keys(value).join() === "withheld";
    this.path = path;
    if (hidden || isLeaf(value)) {
      ok(hidden !== !!salt);
      const hash = hidden ? digest(value.withheld) : sha256(byte(0), salt, utf8(canonical(value)));
      this.leaves.push([path, hidden, hex(hash).slice(0, 4)]);
      return hash;
    }
    return sha256(byte(isArray(value) ? 2 : 1), ...Object.entries(value)
      .sort(isArray(value) ? undefined && byKey : byKey).flatMap(([name, part]) => {
        const own = inside(path, name);
        const hash = this.node(part, own, salt ? hmac(salt, name) : this.given(own));
        return isArray(value) ? [hash] : [utf8(name + "\0"), hash];
      }));
  }
  hash(value, path) {
    this.leaves = [];
    return hex(this.node(value, path, this.at(path)));
  }
  // The leaves that are not those of the marks.
  changed(marks = "") {
    const old = marks.match(/..../g) || [];
    return this.leaves.filter((leaf, i) => old.length && leaf[2] !== old[i]).slice(0, 5);
  }
}

// What of a document is not what was issued; the page's digest binds all of it in any case.
const checkDocument = async (text, add, tell) => {
  const { issue, content, salts, integrity: proofs } = JSON.parse(text), { claims } = content;
  if (!proofs) return add("NO_PROOF", "");
  const attempt = (name, place, work) => { try { return work(); } catch { add(name, place); } };
  const head = attempt("FORGED_SIGNATURE", "", () => headOf(proofs.checkpoint, proofs.keys.map(keyOf)));
  const act = attempt("BAD_PROOF", "act", () => actOf(proofs.act, "appendix", head));
  const said = act ? act.says : {}, tree = new Tree(salts), numbers = proofs.claims.map((one) => one.number);
  const there = claims.map((claim) => claim.number), listed = proofs.claims.map((one) => [one.number, one.root]);
  if (!numbers.every(Number.isInteger)) { add("UNREADABLE", "integrity/claims"); return act; }
  const name = (number) => `C-${`${number}`.padStart(2, "0")}`;
  const intact = act && digestOf(canonical({ issue, content })) === said.shown_sha256;
  if (act && digestOf(canonical(listed)) !== said.claims_sha256) add("BAD_PROOF", "claims");
  numbers.forEach((one) => there.includes(one) || add("REMOVED_CLAIM", name(one)));
  there.forEach((one, i) => numbers.includes(one) && there.indexOf(one) === i || add("ADDED_CLAIM", name(one)));
  const known = (list, other) => list.filter((one) => other.includes(one)).join();
  if (known(there, numbers).length === known(numbers, there).length && known(there, numbers) !== known(numbers, there))
    add("REORDERED_CLAIMS", "");
  for (const [i, one] of proofs.claims.entries()) {
    await tell(i / numbers.length);
    const claim = claims[there.indexOf(one.number)], path = `claims/${i}`;
    attempt("BAD_PROOF", name(one.number), () => {
      const lines = one.proof.split("\n"), blank = lines.indexOf(""), leaf = one.header ?
        sha256(byte(0), utf8(one.header)) : digest(one.leaf);
      ok(!head || lines.slice(blank + 1).join("\n") === head.note);
      if (head) included(leaf, +lines[1].slice(6), lines.slice(2, blank), head);
    });
    if (claim) try {
      if (tree.hash(claim, path) === one.root) continue;
      const changed = tree.changed(one.marks);
      const evidence = [...claim.evidence || []].sort((a, b) => a.number - b.number);
      if (intact) add("BAD_PROOF", name(one.number));
      else if (tree.hash({ ...claim, evidence }, path) === one.root) add("REORDERED_EVIDENCE", name(one.number));
      else if (!changed.length) add("ALTERED_CLAIM", name(one.number));
      else changed.forEach(([at, hidden]) => add(hidden ? "ALTERED_COMMITMENT" : "ALTERED_CLAIM",
        `${name(one.number)} ${at.slice(path.length + 1)}`));
    } catch { add("ALTERED_COMMITMENT", `${name(one.number)} ${tree.path.slice(path.length + 1)}`); }
  }
  if (!act || intact) return act;
  tree.leaves = [];
  for (const [key, value] of Object.entries(content).sort(byKey))
    if (key !== "claims") attempt("ALTERED_COMMITMENT", key, () => tree.node(value, key, tree.at(key)));
  tree.changed(proofs.marks).forEach(([at, hidden]) => add(hidden ? "ALTERED_COMMITMENT" : "ALTERED_TEXT", at));
  ["number", "profile", "language"].forEach((key) => issue[key] === said[key] || add("ALTERED_TEXT", `issue/${key}`));
  return act;
};

// The page digest: from a browser's tree the same tokens as from the text of the file.
const control = /[\0-\x08\x0b\x0e-\x1f\x7f]/;
const readPage = async (page, original, tell) => {
  const parts = [], ids = new Set();
  let name = "", tokens = ["\x07html"], text = "", seal = null, places = 0;
  const cut = (next) => {
    parts.push([name, digestOf(tokens.join(""))]);
    [name, tokens] = [next, []];
  };
  const words = (tag, verbatim) => {
    const said = verbatim ? text : text.replace(/[ \t\n\f\r]+/g, " ");
    ok(!control.test(text));
    text = "";
    if (/^(|html|head|body)$/.test(tag)) ok(said.trim() === "");
    else if (said) tokens.push("\x05" + said);
  };
  const walk = async (parent, tag, verbatim) => {
    for (let child of parent.childNodes) {
      if (child.nodeType === 3) { text += child.data; continue; }
      words(tag, verbatim);
      if (child.nodeType === 10) continue;
      if (child.nodeType === 8) {
        ok(child.data === " seal " && !places++);
        tokens.push("\x06seal");
        continue;
      }
      if (original && child.id === "verify") child = original;
      const own = child.localName.toLowerCase(), { id } = child, before = child.previousSibling;
      const known = Array.from(child.attributes, (one) => [one.name.toLowerCase(), one.value])
        .filter(([key]) => own !== "details" || key !== "open").sort(byKey);
      ok(!ids.has(id) && !known.some(([, value]) => control.test(value)));
      if (id) ids.add(id);
      if (id === "seal" && own === "script" && before && before.nodeType === 8 && known.length === 2) {
        seal = child.textContent;
        continue;
      }
      if (id) cut(id);
      tokens.push(`\x01${own}`, ...known.map(([key, value]) => `\x02${key}\x03${value}`));
      await tell(0.5);
      await walk(child, own, verbatim || /^(pre|script|style)$/.test(own));
      tokens.push(`\x04${own}`);
    }
    words(tag, verbatim);
  };
  const kind = page.doctype;
  ok(kind && kind.name === "html" && !kind.publicId && !kind.systemId);
  await walk(page, "", false);
  cut("");
  ok(places);
  return { parts, seal };
};
const checkSeal = ({ parts, seal }, act, add) => {
  if (seal === null) return add("NO_PROOF", "seal");
  let own, keys, listed;
  try {
    const found = JSON.parse(seal);
    ok(canonical(found).replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt().toString(16)}`) === seal);
    ({ keys, parts: listed } = found);
    own = actOf(found.act, "appendix_file", headOf(found.checkpoint, keys.map(keyOf)));
  } catch { return add("BAD_PROOF", "seal"); }
  const { format, number, body_sha256: body } = own.says;
  if (format !== "html" || act && (own.row !== act.row || number !== act.says.number)) add("WRONG_FILE", `No. ${number}`);
  const short = parts.map(([name, hash]) => `${hash.slice(0, 12)} ${name}`.trimEnd());
  const others = short.filter((part) => !listed.includes(part)).map((part) => `#${part.slice(13)}`);
  if (digestOf(parts.map(([name, hash]) => `${name}\0${hash}\n`).join("")) !== body)
    add("ALTERED_PAGE", others.slice(0, 5).join(", "));
  else if (short.join() !== listed.join()) add("BAD_PROOF", "seal");
  return keys;
};

// What the reader sees: a button, a file chooser, and what was found.
const box = document.getElementById("verify"), original = box.cloneNode(true), say = box.dataset;
const make = (tag, text, at) => {
  const made = document.createElement(tag);
  made.textContent = text;
  at.append(made);
  return made;
};
const meanings = Object.fromEntries(Array.from(box.querySelectorAll("dt"), (one) => [one.textContent, one.nextElementSibling.textContent]));
const run = async (page, mine) => {
  const findings = [], add = (name, place) => { findings.push([name, place]); };
  let rested = performance.now(), keys = [];
  busy(true);
  const tell = async (done) => {
    if (performance.now() - rested < 40) return;
    answer.textContent = `${say.working} ${Math.round(done * 100)} %`;
    await new Promise((go) => { setTimeout(go); });
    rested = performance.now();
  };
  try {
    const act = await checkDocument(page.getElementById("appendix").textContent, add, tell);
    const read = await readPage(page, mine, tell).catch(() => null);
    if (read) keys = checkSeal(read, act, add) || [];
    else add("ALTERED_PAGE", "");
  } catch { add("UNREADABLE", ""); }
  answer.textContent = findings.length ? say.fails : say.holds;
  const list = make("ul", "", answer);
  findings.slice(0, 200).forEach(([name, place]) => make("li", `${name} ${place}: ${meanings[name]}`, list));
  if (!findings.length) make("p", `${say.key} ${keys.join(", ")}`, answer);
  make("p", say.honest, answer);
  busy(false);
};
const button = make("button", say.button, box), label = make("label", say.choose, box);
const file = make("input", "", label), answer = make("div", "", box);
button.type = "button";
file.type = "file";
answer.setAttribute("role", "status");
const busy = (is) => {
  answer.setAttribute("aria-busy", is);
  button.disabled = is;
  if (is) answer.textContent = say.working;
};
button.onclick = () => run(document, original);
file.onchange = async () => {
  busy(true);
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await file.files[0].arrayBuffer());
    await run(new DOMParser().parseFromString(text, "text/html"));
  } catch {
    answer.textContent = `${say.fails} UNREADABLE: ${meanings.UNREADABLE}`;
    busy(false);
  }
};
})();
