/**
 * Suggestions below a field of search, after the combobox pattern of the ARIA practices: past searches, people, topics,
 * titles. The focus stays in the field; arrows walk, Enter opens what is chosen, and without a choice it searches, at any
 * moment. Delete forgets a past search that is chosen. An operator that is offered is put into the field, to go on from.
 */
import { all, delegate, find, make, parse } from "../lib/dom.js";
import { fragment, request, tell } from "../lib/http.js";

const PAUSE = 110;
const KEPT = 60;
/** Answers of this page, by what was typed; past searches change and are asked anew. */
const known = new Map();
let number = 0;

export default function seek(form) {
  const field = find("input[name=q]", form);
  const onPage = form.classList.contains("seek--page");
  const said = make("p", { class: "sr", role: "status" });
  const box = make("div", { class: "hints", hidden: true });
  const name = `hints-${++number}`;
  let typed = field.value;
  let timer;
  let asking;

  form.append(box, said);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");

  const options = () => all("[role=option]", box);
  const chosen = () => find("[aria-selected=true]", box);

  function close() {
    clearTimeout(timer);
    asking?.abort();
    box.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
    field.removeAttribute("aria-controls");
    said.textContent = "";
  }

  function show(html) {
    const piece = parse(html);
    if (!piece || document.activeElement !== field) return close();
    find("[role=listbox]", piece).id = name;
    all("[role=option]", piece).forEach((option, at) => (option.id = `${name}-${at}`));
    box.replaceChildren(piece);
    box.hidden = false;
    field.setAttribute("aria-controls", name);
    field.setAttribute("aria-expanded", "true");
    field.removeAttribute("aria-activedescendant");
    if (said.textContent !== piece.dataset.said) said.textContent = piece.dataset.said;
  }

  async function ask(q) {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const html = known.get(q) ?? (await fragment(`/search/hints?${new URLSearchParams({ q })}`, { signal }));
      if (signal.aborted) return;
      if (q) known.set(q, html);
      if (known.size > KEPT) known.delete(known.keys().next().value);
      show(html);
    } catch (problem) {
      // Without suggestions the field searches as ever.
      if (problem.name !== "AbortError") close();
    }
  }

  function look(pause) {
    clearTimeout(timer);
    asking?.abort();
    const q = field.value.trim();
    if (!q && onPage) return close();
    timer = setTimeout(ask, pause, q);
  }

  function choose(option) {
    chosen()?.setAttribute("aria-selected", "false");
    if (!option) {
      field.removeAttribute("aria-activedescendant");
      field.value = typed;
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
    field.value = option.dataset.words ?? typed;
  }

  function step(by) {
    const rows = options();
    const at = rows.indexOf(chosen());
    // Between the last and the first is what was typed.
    const next = at < 0 && by < 0 ? rows.length - 1 : at + by;
    choose(rows[next] ?? null);
  }

  function fill(words) {
    field.value = typed = words;
    field.focus();
    look(0);
  }

  async function forget(id) {
    known.clear();
    try {
      await request("/search/past/forget", { method: "POST", body: new URLSearchParams(id ? { id } : {}) });
    } catch (problem) {
      tell(problem);
      return;
    }
    field.value = typed;
    field.focus();
    ask(typed.trim());
  }

  const listeners = {
    focus: () => !field.value && look(0),
    click: () => box.hidden && !field.value && look(0),
    input: (event) => {
      typed = field.value;
      if (!event.isComposing) look(PAUSE);
    },
    compositionend: () => {
      typed = field.value;
      look(PAUSE);
    },
    keydown: (event) => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      const option = box.hidden ? null : chosen();
      if (event.key === "ArrowDown" && box.hidden) look(0);
      else if (event.key === "ArrowDown" && !box.hidden) step(1);
      else if (event.key === "ArrowUp" && !box.hidden) step(-1);
      else if (event.key === "Enter" && option) option.click();
      else if (event.key === "Escape" && !box.hidden) choose(null), close();
      else if (event.key === "Delete" && option?.dataset.past) forget(option.dataset.past);
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
  for (const [type, act] of Object.entries(listeners)) field.addEventListener(type, act);
  form.addEventListener("submit", close);
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) close();
  });
  // The field keeps the focus, and the phone its keyboard.
  box.addEventListener("pointerdown", (event) => event.preventDefault());
  delegate(box, "click", "[data-fill]", (event, option) => {
    event.preventDefault();
    fill(option.dataset.words);
  });
  delegate(box, "click", "[data-forget]", (event, button) => forget(button.dataset.forget));
  delegate(box, "click", "[data-forget-all]", () => forget(null));
  // Somebody may have begun before this script arrived.
  if (document.activeElement === field) look(PAUSE);

  return () => {
    close();
    box.remove();
    said.remove();
    for (const [type, act] of Object.entries(listeners)) field.removeEventListener(type, act);
  };
}
