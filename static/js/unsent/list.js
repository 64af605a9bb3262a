/** The sheet "Unsent": everything that waits, with what can be done about it. */
import { find, make } from "../lib/dom.js";
import { sheet } from "../lib/sheet.js";
import { word } from "../lib/words.js";
import { foot, photos } from "./parts.js";
import { all } from "./store.js";

let shown = null;

export async function showList() {
  shown?.close();
  const list = make("ul", { class: "unsent-list", "data-unsent-list": true });
  shown = sheet(word("unsent"), list);
  shown.addEventListener("close", () => (shown = null));
  await renderList();
}

const KINDS = { publication: "unsentPublication", question: "unsentQuestion", comment: "unsentComment", thanks: "unsentThanks", change: "unsentChange" };

function kindOf(act) {
  const value = (name) => act.fields.find(([field]) => field === name)?.[1] ?? "";
  if (act.kind === "like") return value("on") === "1" ? "unsentLike" : "unsentUnlike";
  return KINDS[value("kind") === "question" ? "question" : act.kind];
}

function row(act) {
  const about = act.about ? `▸ ${act.about}` : "";
  const line = make("p", { class: "unsent-what" }, make("b", { text: word(kindOf(act)) }), make("span", { class: "cut muted", text: about }));
  return make("li", { "data-id": act.id }, line, act.body && make("p", { class: "unsent-text", text: act.body }), photos(act), foot(act, { inList: true }));
}

/** Bring the sheet up to date, if it is open; the button that had the focus has it again. */
export async function renderList() {
  const list = shown && find("[data-unsent-list]", shown);
  if (!list) return;
  const acts = await all();
  const had = document.activeElement?.closest?.("[data-do]");
  const place = had && list.contains(had) && [had.closest("li").dataset.id, had.dataset.do];
  list.replaceChildren(...acts.map(row));
  if (!acts.length) list.append(make("li", { class: "unsent-none", text: word("unsentNone") }));
  if (!place) return;
  const again = find(`[data-id="${CSS.escape(place[0])}"] [data-do="${place[1]}"]`, list) ?? find(".dialog-head .icon-btn", shown);
  again?.focus();
}

export const closeList = () => shown?.close();
