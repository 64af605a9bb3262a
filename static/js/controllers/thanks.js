/**
 * The form for saying thanks: keeps a draft, which the composer may have begun; photos go up while one writes, the
 * sentence grows, and the card they will be on is shown below it. Without a connection the thanks wait.
 */
import { all, find } from "../lib/dom.js";
import { grow } from "../lib/autosize.js";
import { draftStore } from "../lib/drafts.js";
import { deliver } from "../lib/sending.js";
import { toast } from "../lib/toast.js";
import { uploads } from "../lib/uploads.js";
import { word } from "../lib/words.js";

/** As many names stand on a card. */
const MOST_NAMES = 3;
const plural = new Intl.PluralRules(document.documentElement.lang || "en");

export default function thanks(form) {
  const { body, badge, about } = form.elements;
  // By its id the form knows the field one types names into as well.
  const people = find("[data-people]", form);
  const store = draftStore("thanks");
  const files = uploads(form, { onChange: keep });

  const chosenNames = () => all(".picked-name", form).map((name) => name.textContent);
  const typed = () => find(".people-type", form)?.value.trim();

  function preview() {
    const card = form.querySelector("[data-preview]");
    const chosen = form.querySelector("[name=badge]:checked + .badge-tile");
    card.hidden = !chosen || !body.value.trim();
    if (card.hidden) return;
    find(".badge-img", card).replaceWith(find(".badge-img", chosen).cloneNode(true));
    card.querySelector(".thanks-name").textContent = chosen.querySelector("b").textContent;
    card.querySelector(".body").textContent = body.value.trim();
    const whom = find("[data-whom]", card);
    const names = chosenNames();
    const more = names.length - MOST_NAMES;
    const others = whom.dataset[plural.select(more)] ?? whom.dataset.many;
    whom.textContent = names.slice(0, MOST_NAMES).join(", ") + (more > 0 ? ` ${others.replace("{n}", more)}` : "");
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

  const faces = () => [...form.querySelectorAll("[name=to]")];
  /** The field of people shows what was put into it by script. */
  const chosen = () => people.dispatchEvent(new Event("change", { bubbles: true }));

  /** What the list of the unsent calls it: whom, and which badge. */
  function later() {
    const given = find("[name=badge]:checked ~ .badge-tile b", form)?.textContent;
    const page = `/thanks/new${about ? `?about=${about.value}` : ""}`;
    return { kind: "thanks", page, about: [...chosenNames(), typed(), given].filter(Boolean).join(" · "), files: files.held() };
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const wait = files.busy();
    if (wait && !files.stuck()) return toast(word("uploadWait"));
    // What is wrong the server's page says beside each field.
    const answer = await deliver(form, { wait, later, refused: (problem) => problem.status === 422 && (form.submit(), true) });
    if (!answer) return;
    store.clear();
    files.clear();
    if (!answer.waiting) return location.assign(answer.url);
    people.value = body.value = "";
    for (const face of faces()) face.checked = false;
    chosen();
    grow(body);
    preview();
  });

  /** Thanks that waited to be sent are changed here; their key tells the server should they have arrived. */
  function take() {
    const { unsent: act } = form;
    if (!act) return;
    form.unsent = null;
    const said = Object.fromEntries(act.fields);
    files.clear();
    const ticked = act.fields.filter(([name]) => name === "to").map(([, handle]) => handle);
    for (const face of faces()) face.checked = ticked.includes(face.value);
    const gone = ticked.filter((handle) => !faces().some((face) => face.value === handle));
    people.value = [said.people, ...gone.map((handle) => `@${handle}`)].filter(Boolean).join(", ");
    chosen();
    body.value = act.body;
    if (said.badge) badge.value = said.badge;
    files.take(act.files);
    form.elements.idempotency_key.value = act.attempts ? act.key : "";
    keep();
    body.focus();
  }
  form.addEventListener("shopfloor:take", take);
  take();
}
