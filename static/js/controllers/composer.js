/** The composer of publications: opens on focus, keeps the draft, sends once, puts the new card on top of the feed. */
import { bring, find, focusOn, parse } from "../lib/dom.js";
import { isBack, keeps, showRoom } from "../lib/counting.js";
import { draftStore } from "../lib/drafts.js";
import { grow } from "../lib/autosize.js";
import { fragment } from "../lib/http.js";
import { deliver } from "../lib/sending.js";
import { enrich } from "../lib/thread.js";
import { toast } from "../lib/toast.js";
import { beginning } from "../lib/unsent.js";
import { uploads } from "../lib/uploads.js";
import { word } from "../lib/words.js";

/** The new publication's card, or null when it cannot be had. */
async function cardFrom(answer) {
  try {
    const card = parse(answer.html ?? (await fragment(`/p/${answer.id}/card`)));
    return card?.matches(".card") ? card : null;
  } catch {
    return null;
  }
}

export default function composer(form) {
  const { title, body, place } = form.elements;
  const store = draftStore(form.dataset.draft);
  const files = uploads(form, { onChange: changed });
  const saved = find("[data-saved]", form);
  const left = find("[data-length]", form);
  const send = find("[data-send]", form);
  const kind = () => form.elements.kind.value;
  let similar;
  const address = new URLSearchParams(location.search);
  // Words that an address brought come after a draft, never in its place.
  const asked = address.get("text")?.trim();
  const brought = Boolean(asked) && body.value.trim() === asked;
  // Somebody may have begun to write before this script arrived; a text that was rescued is the draft itself.
  const rescued = address.has("draft");
  let touched = Boolean(body.value) && !brought && !rescued;
  let askedServer = rescued;

  function open() {
    form.classList.add("is-open");
    if (askedServer || touched) return;
    askedServer = true;
    store.recall(restore);
  }

  /** What is written stays, as a draft. */
  function close() {
    form.classList.remove("is-open");
    document.activeElement.blur();
  }

  /** Show a draft, or the empty form when there is none any more; what one has typed meanwhile comes first. */
  function restore(draft) {
    if (touched) return;
    form.reset();
    files.clear();
    saved.textContent = "";
    if (draft) isBack(saved);
    if (draft) fill(draft);
    refresh();
  }

  function fill(draft) {
    const typed = draft.body ?? "";
    body.value = brought && !typed.includes(asked) ? `${typed}\n${asked} ` : typed;
    title.value = draft.title ?? "";
    if (draft.kind) form.elements.kind.value = draft.kind;
    if (draft.place && [...(place.options ?? [])].some((option) => option.value === draft.place)) place.value = draft.place;
    files.restore(draft.files);
  }

  function refresh() {
    grow(body);
    showRoom(left, body);
    send.lastChild.textContent = kind() === "question" ? send.dataset.ask : send.dataset.publish;
  }

  function changed() {
    touched = true;
    const draft = { title: title.value, body: body.value, kind: kind(), place: place.value, files: files.saved() };
    if (!draft.body.trim() && !draft.title.trim() && !draft.files.length) store.clear();
    else store.save(draft, (isLong) => keeps(saved, isLong));
    saved.textContent = "";
    refresh();
    suggest();
  }

  /** What is answered already stands below a question while it is typed. */
  async function suggest() {
    if (kind() !== "question") return (await similar)?.hide();
    similar ??= import("./similar.js").then((module) => module.default(form, { taken })).catch(() => (similar = null));
    (await similar)?.look();
  }

  /** The question needs no asking; the function puts it back as it was. */
  function taken() {
    const draft = { title: title.value, body: body.value, kind: kind(), place: place.value, files: files.saved() };
    reset();
    return () => {
      fill(draft);
      open();
      changed();
    };
  }

  /** What was shared from the phone comes after a draft. */
  async function takeShared() {
    if (address.has("shared")) (await import("./shared.js")).default(form, address.get("shared"));
  }

  function reset() {
    store.clear();
    files.clear();
    form.reset();
    body.value = title.value = "";
    close();
    saved.textContent = "";
    refresh();
  }

  // What stands below a question may be read while the composer is closed; and what is being pressed stays where it is,
  // or the press would end beside it: the composer opens when it has.
  let pressed = false;
  form.addEventListener("pointerdown", (event) => (pressed = Boolean(event.target.closest(".kinds"))));
  form.addEventListener("keydown", () => (pressed = false));
  form.addEventListener("focusin", (event) => pressed || event.target.closest(".similar") || open());
  form.addEventListener("click", (event) => {
    if (!pressed) return;
    pressed = false;
    if (!event.target.closest("a")) open();
  });
  form.addEventListener("input", (event) => event.target.name !== "" && changed());
  form.addEventListener("change", (event) => {
    if (event.target.name === "kind") body.focus();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    if (event.key === "Escape") close();
  });
  find("[data-close]", form).addEventListener("click", close);
  // "Write" in the bottom bar leads here, from any page.
  find(".dock .plus")?.addEventListener("click", (event) => {
    if (!form.isConnected) return;
    event.preventDefault();
    body.focus();
    bring(form, "start");
  });
  // Thanks have a form of their own, which finds there what was typed here.
  form.querySelector("[data-thanks]")?.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || (!body.value.trim() && !files.saved().length)) return;
    draftStore("thanks").save({ body: body.value, files: files.saved() });
    reset();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const wait = files.busy();
    if (wait && !files.stuck()) return toast(word("uploadWait"));
    const about = place.value === "company" ? "" : beginning(place.selectedOptions?.[0]) || place.value.split(":")[1];
    const answer = await deliver(form, { wait, later: () => ({ kind: "publication", about, files: files.held() }) });
    if (!answer) return;
    reset();
    (await similar)?.hide();
    if (answer.waiting) return;
    const feed = document.getElementById("cards");
    const card = feed && (await cardFrom(answer));
    if (!card) return location.assign(answer.url);
    for (const name of answer.unreached ?? []) toast(word("unreached").replace("{name}", name));
    if (!document.getElementById(card.id)) {
      feed.querySelector(":scope > .empty, :scope > .panel > .empty")?.remove();
      card.classList.add("is-new");
      feed.prepend(card);
      enrich(feed);
    }
    toast(word("published"));
    bring(card);
    focusOn(card);
  });

  /** A text that waited to be sent is changed here; its key tells the server should it have arrived. */
  function take() {
    const { unsent: act } = form;
    if (!act) return;
    form.unsent = null;
    files.clear();
    fill(Object.fromEntries(act.fields));
    files.take(act.files);
    form.elements.idempotency_key.value = act.attempts ? act.key : "";
    changed();
    body.focus();
  }

  // A page that was kept for offline reading comes with the same key each time.
  form.elements.idempotency_key.value = "";
  form.addEventListener("shopfloor:take", take);
  refresh();
  take();
  if (touched) changed();
  else store.recall(restore, { ask: rescued || address.has("shared") }).then(takeShared);
  if (brought) suggest();
  if (address.has("write")) body.focus();
  if (form.contains(document.activeElement)) open();
}
