/** The page on which one changes a text and its files: what was changed is kept until it is saved or given up. */
import { find } from "../lib/dom.js";
import { isBack, keeps } from "../lib/counting.js";
import { draftStore } from "../lib/drafts.js";
import { grow } from "../lib/autosize.js";
import { deliver } from "../lib/sending.js";
import { toast } from "../lib/toast.js";
import { uploads } from "../lib/uploads.js";
import { word } from "../lib/words.js";

export default function editing(form) {
  const { title, body, version } = form.elements;
  const store = draftStore(form.dataset.draft);
  const saved = find("[data-saved]", form);
  const back = find("[data-discard]", form);
  const files = uploads(form, { onChange: changed });
  // A draft of this kind says which files the text is to have; an older one leaves them as they are.
  const typed = () => ({ title: title?.value ?? "", body: body.value, version: version.value, kind: "edit", files: files.saved() });
  const stored = typed();
  const ids = (draft) => (draft.kind ? (draft.files ?? []) : stored.files).map((file) => file.id + (file.alt ?? "")).join();
  const says = (draft) => draft.body === body.value && (draft.title ?? "") === (title?.value ?? "") && ids(draft) === ids(typed());
  // The page shows what was typed, not what is stored: it was refused, rescued, or begun before this script arrived.
  let touched = form.dataset.typed === "yes" || body.value !== body.defaultValue;

  function changed() {
    touched = true;
    form.dataset.typed = "yes";
    grow(body);
    saved.textContent = "";
    store.save(typed(), (isLong) => keeps(saved, isLong));
  }

  /** Show a draft, with the version it was typed upon; what has been saved elsewhere meanwhile is compared then. */
  function restore(draft) {
    if (touched) return;
    const shown = draft ?? stored;
    body.value = shown.body ?? "";
    if (title) title.value = shown.title ?? "";
    version.value = shown.version || stored.version;
    files.clear();
    files.restore(shown.kind ? shown.files : stored.files);
    const differs = Boolean(draft) && !says(stored);
    saved.textContent = "";
    if (differs) isBack(saved);
    back.hidden = !differs;
    if (draft && !differs) store.clear();
    grow(body);
  }

  /** Nothing is kept of a text that its writer gives up. */
  async function giveUp(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { href } = event.currentTarget;
    await store.clear();
    location.assign(href);
  }

  form.addEventListener("input", changed);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  back.addEventListener("click", giveUp);
  find("[data-cancel]", form).addEventListener("click", giveUp);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const wait = files.busy();
    if (wait && !files.stuck()) return toast(word("uploadWait"));
    const url = form.getAttribute("action");
    // A later change of the text takes the place of an earlier one.
    const later = () => ({ id: `change:${url}`, kind: "change", item: url.split("/")[2], files: files.held() });
    const answer = await deliver(form, {
      wait,
      later,
      // Somebody was faster: the server's page shows both texts.
      refused: (problem) => problem.status === 409 && (form.submit(), true),
    });
    if (!answer) return;
    await store.clear();
    if (!answer.waiting) return location.assign(answer.url);
    touched = false;
    form.dataset.typed = "";
    restore();
  });

  /** A change that waited to be sent goes on here, upon the version that it was made from. */
  function take() {
    const { unsent: act } = form;
    if (!act) return;
    form.unsent = null;
    const said = Object.fromEntries(act.fields);
    if (title) title.value = said.title ?? "";
    body.value = act.body;
    version.value = said.version;
    files.clear();
    files.take(act.files);
    changed();
    body.focus();
  }
  form.addEventListener("shopfloor:take", take);
  take();

  if (touched) changed();
  else store.recall(restore);
}
