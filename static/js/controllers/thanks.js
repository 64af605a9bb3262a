/**
 * The form for saying thanks: keeps a draft, which the composer may have begun; photos go up while one writes, the
 * sentence grows, and nothing is sent before them.
 */
import { grow } from "../lib/autosize.js";
import { draftStore } from "../lib/drafts.js";
import { toast } from "../lib/toast.js";
import { uploads } from "../lib/uploads.js";
import { word } from "../lib/words.js";

export default function thanks(form) {
  const { body } = form.elements;
  const store = draftStore("thanks");
  const files = uploads(form, { onChange: keep });

  function keep() {
    grow(body);
    if (body.value.trim() || files.saved().length) store.save({ body: body.value, files: files.saved() });
    else store.clear();
  }

  const known = store.load();
  if (known && !body.value && !files.saved().length) {
    body.value = known.body ?? "";
    files.restore(known.files);
  }
  grow(body);
  form.addEventListener("input", keep);
  form.addEventListener("submit", (event) => {
    if (!files.busy()) return store.clear();
    event.preventDefault();
    toast(word("uploadWait"));
  });
}
