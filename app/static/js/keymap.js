// Which key means what: the desk's own keys, as the account changed them, and whether any work.
import { preferences } from "./dom.js";

const FULL_WIDTH = { "？": "?", "／": "/" };
const { changedKeys, singleKeys } = document.body.dataset;
const changed = JSON.parse(changedKeys || "{}");

export const own = (key) => changed[key] ?? key;

export const off = () => singleKeys === "off" || preferences().keys === false;

export const ofAccount = () => singleKeys !== "off";

// The desk's key behind the one that was pressed; a key that was given up means nothing.
export function meant(pressed) {
  const key = FULL_WIDTH[pressed] || pressed;
  const found = Object.keys(changed).find((desk) => changed[desk] === key);
  return found ?? (key in changed ? "" : key);
}
