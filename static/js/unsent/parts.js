/** What every waiting act shows, wherever it stands: its photos, how it is with it, and what can be done. */
import { make } from "../lib/dom.js";
import { word } from "../lib/words.js";
import { hindrance, sending } from "./sender.js";
import { isSure } from "./store.js";

/** Changes whenever an act looks different. */
export const signature = (act) => [act.key, sending()?.key === act.key, act.state, act.message, isSure(act), hindrance()].join("|");

function stateOf(act) {
  if (sending()?.key === act.key) return [false, word("unsentSending")];
  if (act.state === "refused") return [true, act.message || word("failed")];
  if (!isSure(act)) return [true, word("unsentUnsure")];
  if (hindrance()) return [false, word("unsentSignIn")];
  return [false, word("unsentWaits")];
}

/** The line below a waiting act. Its icon is a mask, for the sprite may be out of reach. Its buttons are listened for at the document: see showing.js. */
export function foot(act, { inList = false } = {}) {
  const [wrong, text] = stateOf(act);
  const button = (name, label) =>
    make("button", { class: "btn btn--text btn--small", type: "button", "data-unsent": act.id, "data-do": name, text: word(label) });
  const state = make("span", { class: `unsent-state${wrong ? " is-wrong" : ""}`, role: wrong ? "alert" : "status", text });
  const acts = make("span", { class: "unsent-acts" }, button("send", "unsentSend"), act.kind !== "like" && button("edit", "unsentEdit"), button("drop", "unsentDrop"));
  return make("div", { class: `unsent-foot${inList ? "" : " unsent-foot--here"}` }, state, acts);
}

/** Small pictures of its photos, and the names of its files. */
export function photos(act) {
  if (!act.files?.length) return null;
  const each = (file) =>
    file.thumb ? make("img", { src: file.thumb, alt: file.alt || file.name }) : make("span", { class: "unsent-file cut", text: file.name });
  return make("div", { class: "unsent-photos" }, ...act.files.map(each));
}
