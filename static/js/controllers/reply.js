/** The reply field: a comment or an answer, to the publication or to somebody's comment. */
import { announce } from "../lib/announce.js";
import { bring, find, parse } from "../lib/dom.js";
import { draftStore } from "../lib/drafts.js";
import { grow } from "../lib/autosize.js";
import { cardOf, placeComment } from "../lib/thread.js";
import { deliver } from "../lib/sending.js";
import { toast } from "../lib/toast.js";
import { beginning } from "../lib/unsent.js";
import { uploads } from "../lib/uploads.js";
import { word } from "../lib/words.js";

export default function reply(form) {
  const { body, parent, answer } = form.elements;
  const { root } = form.dataset;
  const store = draftStore(`comment-${root}`);
  const files = uploads(form, { onChange: changed });
  const toWhom = find("[data-parent]", form);
  const answers = find("[data-answer]", form);
  const question = !answers.hidden || form.dataset.question === "yes";

  let touched = false;

  function changed() {
    touched = true;
    grow(body);
    if (!body.value.trim() && !files.saved().length) store.clear();
    else store.save({ title: "", body: body.value, kind: "comment", place: "", files: files.saved() });
  }

  /** Turn the field towards a comment, or back to the publication when no id is given. */
  function address(id, name) {
    parent.value = id ?? "";
    toWhom.hidden = !id;
    find("[data-parent-name]", form).textContent = name ?? "";
    answers.hidden = !question || Boolean(id);
    answer.checked = question && !id;
  }

  const off = find("[data-parent-off]", form);
  off.hidden = false;
  off.addEventListener("click", () => (address(), body.focus()));
  const addressed = () => {
    address(form.dataset.toId, form.dataset.toName);
    body.focus({ preventScroll: true });
    bring(form);
  };
  form.addEventListener("shopfloor:address", addressed);
  if (form.dataset.toId) addressed();
  form.addEventListener("input", changed);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const wait = files.busy();
    if (wait && !files.stuck()) return toast(word("uploadWait"));
    const to = { root, parent: parent.value, name: find("[data-parent-name]", form).textContent };
    const about = beginning(find(".card-title, .body", cardOf(root) ?? document.createElement("i")));
    const answered = await deliver(form, { wait, later: () => ({ kind: "comment", about, ...to, files: files.held() }) });
    if (!answered) return;
    store.clear();
    files.clear();
    if (answered.waiting) {
      body.value = "";
      grow(body);
      return address();
    }
    const comment = answered.status === 201 ? parse(answered.html) : null;
    if (!comment?.matches(".comment, .answer")) return location.assign(answered.url);
    body.value = "";
    grow(body);
    address();
    placeComment(root, comment, { mine: true });
    announce("message", word("published"));
    // The button goes quiet; who goes on writing is where they write.
    body.focus({ preventScroll: true });
  });

  /** A text that waited to be sent is changed here; its key tells the server should it have arrived. */
  function take() {
    const { unsent: act } = form;
    if (!act) return;
    form.unsent = null;
    files.clear();
    body.value = act.body;
    files.take(act.files);
    address(act.parent, act.name);
    answer.checked = act.fields.some(([name]) => name === "answer");
    form.elements.idempotency_key.value = act.attempts ? act.key : "";
    changed();
    body.focus();
  }

  function restore(draft) {
    if (touched) return;
    files.clear();
    body.value = draft?.body ?? "";
    files.restore(draft?.files);
    grow(body);
  }

  // A page that was kept for offline reading comes with the same key each time.
  form.elements.idempotency_key.value = "";
  form.addEventListener("shopfloor:take", take);
  take();
  // Somebody may have begun before this script arrived; a text that was rescued is the draft itself.
  const rescued = new URLSearchParams(location.search).has("draft");
  if (body.value && !rescued) {
    changed();
  } else {
    store.recall(restore, { ask: rescued || document.activeElement === body });
    // What was begun on another device comes when one begins to write here.
    form.addEventListener("focusin", () => touched || store.recall(restore), { once: true });
  }
}
