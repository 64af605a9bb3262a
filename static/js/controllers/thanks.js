/** The form for saying thanks: photos go up while one writes, the sentence grows, and nothing is sent before them. */
import { grow } from "../lib/autosize.js";
import { toast } from "../lib/toast.js";
import { uploads } from "../lib/uploads.js";
import { word } from "../lib/words.js";

export default function thanks(form) {
  const { body } = form.elements;
  const files = uploads(form);
  files.restore(JSON.parse(form.dataset.kept || "[]"));
  form.addEventListener("input", () => grow(body));
  form.addEventListener("submit", (event) => {
    if (!files.busy()) return;
    event.preventDefault();
    toast(word("uploadWait"));
  });
}
