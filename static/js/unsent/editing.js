/** Back into the form: a waiting text is changed where it was written. */
import { find } from "../lib/dom.js";
import { cardOf } from "../lib/thread.js";
import { toast } from "../lib/toast.js";
import { word } from "../lib/words.js";
import { openReply } from "../controllers/card.js";
import { closeList } from "./list.js";
import { remove, tell } from "./store.js";

/** The form it belongs to, when that is on this page; null otherwise. */
function formOf(act) {
  if (act.kind === "publication") return find("#composer");
  const page = document.getElementById("reply");
  if (page?.dataset.root === act.root) return page;
  return (cardOf(act.root) && openReply(cardOf(act.root))) || null;
}

/** Put a waiting text into its form, with its photos and its key: should it have arrived, it is not made twice. */
export async function edit(act) {
  const form = formOf(act);
  if (!form) {
    const page = act.kind === "publication" ? `/?unsent=${act.id}#composer` : `/p/${act.root}?unsent=${act.id}#reply`;
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
