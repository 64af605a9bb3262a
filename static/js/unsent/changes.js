/** A waiting change of one's own text: in the place of the form in which it was made, and below what it changes. */
import { all, find, make } from "../lib/dom.js";
import { refreshCard, refreshComment } from "../lib/fresh.js";
import { cardOf, commentOf } from "../lib/thread.js";
import { word } from "../lib/words.js";
import { photos } from "./parts.js";

const FORM = "form[data-controller=editing]";
const isOf = (form, act) => act.kind === "change" && form.getAttribute("action") === act.url;

/** The form in which it was made, when this is its page. */
export const changeForm = (act) => all(FORM).find((form) => isOf(form, act)) ?? null;

/** Show it; null where neither its form nor its text stands. */
export function putChange(act, id) {
  const place = changeForm(act) ?? find(":scope > .card-in > .acts, :scope > div > .meta", cardOf(act.item) ?? commentOf(act.item) ?? make("i"));
  if (!place) return null;
  const title = act.fields.find(([name]) => name === "title")?.[1];
  const inside = make("div", {}, make("b", { text: word("unsentChange") }), title && make("p", { text: title }), make("p", { class: "body", text: act.body }), photos(act));
  const made = make("div", { class: "unsent unsent-change", id }, inside);
  place.before(made);
  return made;
}

/** What waits is changed where it waits, not beside it. */
export function hideForms(acts) {
  for (const form of all(FORM)) form.hidden = acts.some((act) => isOf(form, act));
}

/** The server has it: on to the text, or the text as it is now. */
export async function changed(act, answer) {
  if (changeForm(act)) return location.assign(answer.url);
  if (commentOf(act.item)) return refreshComment(act.item);
  return refreshCard(act.item);
}
