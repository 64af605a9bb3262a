/**
 * The editor of articles: what is typed is kept as a draft at every pause, photos and files go up while one writes, a
 * preview shows how it will read. The page's own form is sent: what is refused comes back with everything in it.
 */
import { bring, find, parse } from "../lib/dom.js";
import { isBack, keeps, showRoom } from "../lib/counting.js";
import { draftStore } from "../lib/drafts.js";
import { grow } from "../lib/autosize.js";
import { request, tell } from "../lib/http.js";
import { deliver } from "../lib/sending.js";
import { toast } from "../lib/toast.js";
import { uploads } from "../lib/uploads.js";
import { word } from "../lib/words.js";

const FIELDS = ["title", "body", "topics", "place", "review", "version"];

export default function article(form) {
  const { body } = form.elements;
  const store = draftStore(form.dataset.draft);
  const files = uploads(form, { onChange: changed });
  const saved = find("[data-saved]", form);
  const left = find("[data-length]", form);
  const shown = find("[data-preview-here]", form);
  // The page shows what was typed, not what is stored: it was refused, or begun before this script arrived.
  let touched = form.dataset.typed === "yes" || body.value !== body.defaultValue;

  const typed = () => ({
    ...Object.fromEntries(FIELDS.map((name) => [name, form.elements[name]?.value ?? ""])),
    files: files.saved(),
  });

  function refresh() {
    grow(body);
    showRoom(left, body);
  }

  function changed() {
    touched = true;
    saved.textContent = "";
    store.save(typed(), (isLong) => keeps(saved, isLong));
    refresh();
  }

  /** Show a draft; what has been saved elsewhere meanwhile is compared when it is sent. */
  function restore(draft) {
    if (touched || !draft) return;
    for (const name of FIELDS) {
      const field = form.elements[name];
      if (!field || draft[name] === undefined) continue;
      if (field.options && ![...field.options].some((option) => option.value === draft[name])) continue;
      field.value = draft[name];
    }
    files.clear();
    files.restore(draft.files);
    isBack(saved);
    refresh();
  }

  async function preview(event) {
    event.preventDefault();
    if (!shown.hidden) return (shown.hidden = true);
    try {
      const response = await request("/articles/preview", {
        method: "POST", body: new FormData(form), headers: { "HX-Request": "true" }, accept: "text/html",
      });
      shown.replaceChildren(parse(await response.text()));
      shown.hidden = false;
      bring(shown);
    } catch (problem) {
      tell(problem);
    }
  }

  form.addEventListener("input", (event) => event.target.name && changed());
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(find("[data-send]", form));
  });
  find("[data-preview]", form).addEventListener("click", preview);
  find("[data-cancel]", form).addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { href } = event.currentTarget;
    await store.clear();
    location.assign(href);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (files.busy()) return toast(word("uploadWait"));
    // What the server says no to it shows itself, beside each field.
    const answer = await deliver(form, { refused: () => (form.submit(), true) });
    if (!answer) return;
    await store.clear();
    location.assign(answer.url);
  });

  // The buttons need the script that knows what they do; without it one writes the signs, which the hint names.
  import("../../vendor/markdown-toolbar-element/index.js").then(() => (find("[data-formats]", form).hidden = false));
  refresh();
  if (touched) changed();
  else store.recall(restore);
}
