/** Back into the form: a waiting text is changed where it was written. */
import { find } from "../lib/dom.js";
import { cardOf } from "../lib/thread.js";
import { toast } from "../lib/toast.js";
import { word } from "../lib/words.js";
import { openReply } from "../controllers/card.js";
import { closeList } from "./list.js";
import { remove, tell } from "./store.js";

/** Whether the form writes to this place: nothing written for a group may go to everybody. */
function writesTo(form, place) {
  const field = form?.elements.place;
  return field && (field.value === place || [...(field.options ?? [])].some((option) => option.value === place));
}

/** The form it belongs to, when that is on this page; null otherwise. */
function formOf(act) {
  if (act.kind === "publication") {
    const form = find("#composer");
    return writesTo(form, act.fields.find(([name]) => name === "place")?.[1]) ? form : null;
  }
  const page = document.getElementById("reply");
  if (page?.dataset.root === act.root) return page;
  return (cardOf(act.root) && openReply(cardOf(act.root))) || null;
}

/**
 * Put a waiting text into its form, with its photos and its key: should it have arrived, it is not made twice. When its form is
 * on another page that one is opened, unless this is the one (`here`), or there is no connection.
 */
export async function edit(act, { here = false } = {}) {
  const form = formOf(act);
  if (!form) {
    if (here) return toast(word("failed"));
    if (!navigator.onLine) return toast(word("offline"));
    const page = act.kind === "publication" ? `${act.page}?unsent=${act.id}#composer` : `/p/${act.root}?unsent=${act.id}#reply`;
    return location.assign(page);
  }
  if (form.elements.body.value.trim()) return toast(word("unsentFinish"));
  if (!(await remove(act))) return;
  closeList();
  // A field that has just been made reads it when it is bound, one that stands there already hears of it.
  form.unsent = act;
  form.dispatchEvent(new CustomEvent("shopfloor:take"));
  tell("taken", { act });
}
