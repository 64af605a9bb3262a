/**
 * The form for saying thanks: keeps a draft, which the composer may have begun; photos go up while one writes, the
 * sentence grows, and nothing is sent before them. Once there are words, the card they will be on is shown below them.
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

  function preview() {
    const card = form.querySelector("[data-preview]");
    const chosen = form.querySelector("[name=badge]:checked + .badge-tile");
    card.hidden = !chosen || !body.value.trim();
    if (card.hidden) return;
    const picture = chosen.querySelector("img");
    card.querySelector("img").hidden = !picture;
    if (picture) card.querySelector("img").src = picture.src;
    card.querySelector(".thanks-name").textContent = chosen.querySelector("b").textContent;
    card.querySelector(".body").textContent = body.value.trim();
  }

  function keep() {
    grow(body);
    preview();
    if (body.value.trim() || files.saved().length) store.save({ body: body.value, files: files.saved() });
    else store.clear();
  }

  const known = store.load();
  if (known && !body.value && !files.saved().length) {
    body.value = known.body ?? "";
    files.restore(known.files);
  }
  grow(body);
  preview();
  form.addEventListener("input", keep);
  form.addEventListener("submit", (event) => {
    if (!files.busy()) return store.clear();
    event.preventDefault();
    toast(word("uploadWait"));
  });
}
