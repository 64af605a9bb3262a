/** What is done without a connection waits here, can be seen, changed and given up, and is sent once. See docs/unsent.md. */
import { find, make } from "../lib/dom.js";
import { sheet } from "../lib/sheet.js";
import { toast } from "../lib/toast.js";
import { word } from "../lib/words.js";
import { guardForms } from "./again.js";
import { edit } from "./editing.js";
import { flush } from "./sender.js";
import { arrived, render, undone, watch } from "./showing.js";
import { showList } from "./list.js";
import { all, clear, forgetOld, listen, put } from "./store.js";

export { notDone } from "./again.js";
export { countHere } from "./store.js";

const quietly = (promise) => promise.catch(() => {});

/** Keep an act until it can be sent. Throws when this browser keeps nothing. */
export async function keep(act) {
  await put(act);
  quietly(flush({ now: navigator.onLine && !act.attempts }));
}

/** Called once a page: show what waits, send what can be sent, and go on doing so. */
export async function start() {
  listen(async (news) => {
    if (news.type === "sent") await quietly(arrived(news));
    if (news.type === "undone") undone(news);
    await quietly(render());
  });
  addEventListener("online", () => quietly(flush({ now: true })));
  document.addEventListener("visibilitychange", () => !document.hidden && quietly(flush()));
  watch();
  guardForms();
  await forgetOld();
  await render();
  quietly(flush({ now: true }));
  await takeFromAddress();
  document.body.dataset.unsent = "ready";
  // A card's reply field is opened without a connection, too, and so is what asks before something is done.
  for (const name of ["reply", "dialog"]) quietly(import(`../controllers/${name}.js`));
}

/** A text whose form stands on another page is changed there: see edit(). */
async function takeFromAddress() {
  const address = new URL(location.href);
  const id = address.searchParams.get("unsent");
  if (!id) return;
  address.searchParams.delete("unsent");
  history.replaceState(history.state, "", address);
  const act = (await all()).find((each) => each.id === id);
  if (act) await edit(act, { here: true });
}

/**
 * Before signing out: nothing of the person's stays on this device. Whether to go on; with something unsent its writer is
 * asked whether it is to be sent first.
 */
export async function leave() {
  if (!(await all()).length) return true;
  const choice = await asked();
  if (choice === "send") {
    await flush({ now: true });
    if ((await all()).length) {
      toast(word("unsentRest"));
      showList();
      return false;
    }
  }
  if (choice) await clear();
  return Boolean(choice);
}

function asked() {
  return new Promise((resolve) => {
    let choice = "";
    const button = (name, look, value) => {
      const made = make("button", { class: `btn ${look}`, type: "button", text: word(name) });
      made.addEventListener("click", () => ((choice = value), dialog.close()));
      return made;
    };
    const send = button("unsentSendLeave", "btn--primary", "send");
    const foot = [button("unsentDropLeave", "btn--danger", "drop"), send];
    const dialog = sheet(word("unsentLeave"), make("p", { text: word("unsentLeaveText") }), { foot });
    find(".dialog-foot", dialog).classList.add("unsent-leave");
    dialog.addEventListener("close", () => resolve(choice));
    send.focus();
  });
}
