/** Back into the form: a waiting text is changed where it was written. */
import { find } from "../lib/dom.js";
import { cardOf } from "../lib/thread.js";
import { toast } from "../lib/toast.js";
import { word } from "../lib/words.js";
import { openReply } from "../controllers/card.js";
import { changeForm } from "./changes.js";
import { closeList } from "./list.js";
import { remove, tell } from "./store.js";

/** Whether the form writes to this place: nothing written for a group may go to everybody. */
function writesTo(form, place) {
  const field = form?.elements.place;
  return field && (field.value === place || [...(field.options ?? [])].some((option) => option.value === place));
}

/** The form it belongs to, when that is on this page; null otherwise. */
function formOf(act) {
  const said = (name) => act.fields.find(([field]) => field === name)?.[1];
  if (act.kind === "change") return changeForm(act);
  if (act.kind === "publication") {
    const form = find("#composer");
    return writesTo(form, said("place")) ? form : null;
  }
  if (act.kind === "thanks") {
    const form = find(".thanks-form");
    return form?.elements.about?.value === said("about") ? form : null;
  }
  const page = document.getElementById("reply");
  if (page?.dataset.root === act.root) return page;
  return (cardOf(act.root) && openReply(cardOf(act.root))) || null;
}

/** The page on which its form stands. */
function pageOf(act) {
  const id = encodeURIComponent(act.id);
  if (act.kind === "publication") return `${act.page}?unsent=${id}#composer`;
  if (act.kind === "comment") return `/p/${act.root}?unsent=${id}#reply`;
  return `${act.page}${act.page.includes("?") ? "&" : "?"}unsent=${id}`;
}

/** Whether something is being written there that would be lost. */
const isUsed = (act, form) => (act.kind === "change" ? !form.hidden && form.dataset.typed === "yes" : Boolean(form.elements.body.value.trim()));

/**
 * Put a waiting text into its form, with its photos and its key: should it have arrived, it is not made twice. When its form is
 * on another page that one is opened, unless this is the one (`here`), or there is no connection.
 */
export async function edit(act, { here = false } = {}) {
  const form = formOf(act);
  if (!form) {
    if (here) return toast(word("failed"));
    if (!navigator.onLine) return toast(word("offline"));
    return location.assign(pageOf(act));
  }
  if (isUsed(act, form)) return toast(word("unsentFinish"));
  if (!(await remove(act))) return;
  closeList();
  // A field that has just been made reads it when it is bound, one that stands there already hears of it.
  form.unsent = act;
  form.hidden = false;
  form.dispatchEvent(new CustomEvent("shopfloor:take"));
  tell("taken", { act });
}
