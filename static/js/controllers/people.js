/**
 * Choosing colleagues in a form (`people_field` and `face_picks` of templates/components/people.html): who is chosen stands as
 * a chip in the field, with a tick on their face where there is one. One types the beginning of a name and chooses with the
 * arrows and Enter, or a tap; Backspace in front of the text takes the last one away. The form sends what it sends without scripts: the names of
 * the field as @handles, and the ticks. Who changes the field by script says so with "change".
 */
import { all, find, icon, make } from "../lib/dom.js";
import { request } from "../lib/http.js";
import { face } from "./completion.js";

const NAMED = /(?:^|[\s,;])[@＠]([\p{L}\p{M}\p{N}._-]+)/gu;
const ALL_NAMED = /^\s*(?:[@＠][\p{L}\p{M}\p{N}._-]+[\s,;]*)+$/u;
const SEVERAL = /[,;]|[@＠].*[@＠]/u;

export default function people(form) {
  const plain = find("[data-people]", form);
  const place = plain.parentElement;
  const given = find("[data-known]", place);
  const words = given.dataset;
  const known = new Map(JSON.parse(given.content.textContent).map((person) => [person.handle, person]));
  const asked = new Set();
  const chips = new Map();
  let chosen = [];

  const list = make("ul", { class: "picked-list", "aria-label": words.list });
  const said = make("p", { class: "sr", role: "status" });
  const field = make("input", { class: "people-type", type: "text", role: "combobox", "aria-expanded": "false", autocomplete: "off", autocapitalize: "words", spellcheck: "false", maxlength: "1000", "data-completion": true });
  const box = make("div", { class: "people-box" }, list, field);

  const faces = () => all(".face-pick input", form);
  const faceOf = (handle) => faces().find((each) => each.value === handle);
  const say = (text, name = "") => {
    said.textContent = text.replace("{name}", name);
    said.className = text === words.none ? "field-hint" : "sr";
  };
  const nameOf = (handle) => known.get(handle)?.name ?? `@${handle}`;

  function chip(handle) {
    const person = known.get(handle);
    const label = words.remove.replace("{name}", nameOf(handle));
    const cross = make("button", { class: "picked-x", type: "button", "aria-label": label, title: label }, icon("x", "icon--s"));
    cross.addEventListener("click", (event) => {
      event.stopPropagation();
      remove(handle);
      // A finger has not asked for the keyboard.
      if (!event.detail) field.focus();
    });
    return make("li", { class: "picked" }, person && face(person), make("span", { class: "picked-name", text: nameOf(handle) }), cross);
  }

  /** Show who is chosen, and give the form what it sends. */
  function draw() {
    for (const handle of chosen) {
      if (!chips.has(handle)) chips.set(handle, chip(handle));
      if (!known.has(handle)) learn(handle);
    }
    for (const [handle, each] of chips) {
      if (chosen.includes(handle)) continue;
      each.remove();
      chips.delete(handle);
    }
    for (const handle of chosen) if (chips.get(handle).parentElement !== list) list.append(chips.get(handle));
    list.hidden = !chosen.length;
    field.required = !chosen.length;
    field.placeholder = chosen.length ? "" : words.type;
    for (const each of faces()) each.checked = chosen.includes(each.value);
    write();
  }

  function write() {
    const named = chosen.filter((handle) => !faceOf(handle)).map((handle) => `@${handle}`);
    plain.value = [...named, field.value.trim()].filter(Boolean).join(", ");
    plain.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Who is named by handle alone gets their name and face as soon as somebody can tell them. */
  async function learn(handle) {
    if (asked.has(handle)) return;
    asked.add(handle);
    const found = await request(`/completion/mentions?q=${encodeURIComponent(handle)}`).then((answer) => answer.json(), () => []);
    const person = found.find((each) => each.kind === "person" && each.handle === handle);
    if (!person) return;
    known.set(handle, person);
    const before = chips.get(handle);
    if (!before) return;
    chips.set(handle, chip(handle));
    before.replaceWith(chips.get(handle));
    write();
  }

  function add(handle) {
    if (chosen.includes(handle)) return;
    chosen.push(handle);
    say(words.added, nameOf(handle));
  }

  function remove(handle) {
    chosen = chosen.filter((each) => each !== handle);
    say(words.removed, nameOf(handle));
    draw();
  }

  /** What is written in full becomes chips; the rest is left as it is. */
  function read(text) {
    const whom = [...text.matchAll(NAMED)].map(([, handle]) => handle.replace(/[._-]+$/, "").toLowerCase().replaceAll("ё", "е"));
    whom.filter(Boolean).forEach(add);
    return whom.length ? text.replace(NAMED, " ").split(/[,;\n]+/).map((each) => each.trim()).filter(Boolean).join(", ") : text.trim();
  }

  function begin() {
    chosen = faces().filter((each) => each.checked).map((each) => each.value);
    field.value = read(plain.value);
    draw();
  }

  // All that stands in such a field is a name: completion asks it whom to offer (`among`), and gives it who was chosen (`take`).
  field.chooses = {
    among(entries) {
      const fit = entries.filter((each) => each.kind === "person" && !chosen.includes(each.handle));
      say(fit.length ? "" : words.none);
      return fit;
    },
    take(person) {
      known.set(person.handle, person);
      field.value = "";
      add(person.handle);
      draw();
    },
  };

  for (const name of ["id", "aria-invalid", "aria-describedby"]) {
    if (plain.hasAttribute(name)) field.setAttribute(name, plain.getAttribute(name));
    plain.removeAttribute(name);
  }
  plain.required = false;
  plain.removeAttribute("data-completion");
  // Somebody may have begun to write before this script arrived.
  const isWritten = document.activeElement === plain;
  plain.hidden = true;
  plain.before(box);
  place.append(said);
  begin();
  if (isWritten) field.focus();

  box.addEventListener("click", (event) => event.target.closest(".picked") || field.focus());
  form.addEventListener("change", ({ target }) => {
    if (target === plain) return begin();
    if (!target.matches(".face-pick input")) return;
    if (!target.checked) return remove(target.value);
    add(target.value);
    draw();
  });
  field.addEventListener("input", () => {
    if (!field.value) say("");
    if (ALL_NAMED.test(field.value) && SEVERAL.test(field.value)) field.value = read(field.value);
    draw();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) event.preventDefault();
    if (event.key !== "Backspace" || field.selectionEnd > 0 || !chosen.length) return;
    event.preventDefault();
    remove(chosen.at(-1));
  });
}
