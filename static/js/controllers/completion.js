/** Suggestions for @ and # in every field marked data-completion (see controllers/people.js for `chooses`): arrows, Enter or Tab, Escape; or a tap. */
import { make } from "../lib/dom.js";
import { caretBox } from "../lib/caret.js";
import { request } from "../lib/http.js";
import { word } from "../lib/words.js";

const TOKEN = /(^|[\s([{«"'])([@#])([\p{L}\p{N}._-]*)$/u;
const PAUSE = 120;

export function face(entry) {
  if (entry.photo_url) return make("img", { class: "av av--s", src: entry.photo_url, alt: "" });
  const group = entry.kind === "group" ? " av--group" : "";
  return make("span", { class: `av av--s av--${entry.colour}${group}`, "aria-hidden": "true", text: entry.initials });
}

export default function completion(body) {
  // It may scroll, so it can have the focus, though Tab takes what is chosen.
  const list = make("div", { class: "options", role: "listbox", id: "completion", tabindex: "0", "aria-label": word("suggestions"), hidden: true });
  document.body.append(list);
  let field = null;
  let token = null;
  let timer;
  let asking;

  const isOpen = () => !list.hidden;
  const options = () => [...list.children];
  const chosen = () => list.querySelector("[aria-selected=true]");

  /** A field of several lines is no combobox, and must not say that something is open. */
  function tell(open) {
    if (field?.getAttribute("role") === "combobox") field.setAttribute("aria-expanded", String(open));
  }

  function close() {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    tell(false);
    field?.removeAttribute("aria-activedescendant");
  }

  function select(option) {
    chosen()?.setAttribute("aria-selected", "false");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  }

  function accept(option) {
    const { start, end, sign } = token;
    if (field.chooses) {
      close();
      return field.chooses.take(option.entry);
    }
    field.setRangeText(`${sign}${option.dataset.value} `, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    close();
    field.focus();
  }

  const valueOf = (entry) => (token.sign === "@" ? entry.handle : entry.name.replace(/\s+/g, "-"));

  /** Nothing is left to complete; a list would only cover what one goes on to press. */
  const isWhole = (entries) => {
    const typed = field.value.slice(token.start + 1, token.end);
    return entries.every((entry) => !field.chooses && valueOf(entry).toLowerCase() === typed.toLowerCase());
  };

  function render(found) {
    const entries = field.chooses?.among(found) ?? found;
    if (isWhole(entries)) return close();
    const rows = entries.map((entry, index) => {
      const person = token.sign === "@";
      const name = person ? entry.name : `#${entry.name}`;
      const text = make("span", {}, make("b", { text: name }), make("span", { class: "option-sub", text: entry.detail }));
      const attributes = { class: "option", role: "option", id: `completion-${index}`, "data-value": valueOf(entry), "aria-selected": "false" };
      return Object.assign(make("div", attributes, person && face(entry), text), { entry });
    });
    list.replaceChildren(...rows);
    // What lies outside an open dialog can't be pressed.
    const dialog = field.closest("dialog");
    (dialog ?? document.body).append(list);
    list.style.position = dialog ? "fixed" : "";
    list.hidden = false;
    const box = caretBox(field, token.start);
    const below = box.bottom + list.offsetHeight + 8 < (window.visualViewport?.height ?? window.innerHeight);
    list.style.left = `${Math.max(12, Math.min(box.left, rightmost() - list.offsetWidth))}px`;
    list.style.top = `${(dialog ? 0 : window.scrollY) + (below ? box.bottom + 6 : box.top - list.offsetHeight - 6)}px`;
    field.setAttribute("aria-controls", "completion");
    tell(true);
    select(list.firstElementChild);
  }

  /** Where the list must end: before the button that sends the text, where there is room beside it, or in the window. */
  function rightmost() {
    const send = field.form?.querySelector("[data-send]")?.getBoundingClientRect().left - 8;
    return send > list.offsetWidth + 12 ? send : document.documentElement.clientWidth - 12;
  }

  function look() {
    const caret = field.selectionStart;
    const match = field.chooses ? /[^\s@＠].*/u.exec(field.value) : caret === field.selectionEnd && TOKEN.exec(field.value.slice(0, caret));
    if (!match) return close();
    const [sign, query] = field.chooses ? ["@", match[0]] : match.slice(2);
    token = { sign, start: field.chooses ? 0 : caret - query.length - 1, end: caret };
    clearTimeout(timer);
    timer = setTimeout(() => ask(sign, query), PAUSE);
  }

  async function ask(sign, query) {
    asking?.abort();
    asking = new AbortController();
    const parameters = new URLSearchParams({ q: query });
    const root = field.form?.dataset.root;
    const place = field.form?.elements.namedItem("place")?.value;
    if (sign === "@" && root) parameters.set("root", root);
    else if (sign === "@" && place) parameters.set("place", place);
    try {
      const response = await request(`/completion/${sign === "@" ? "mentions" : "topics"}?${parameters}`, { signal: asking.signal });
      render(await response.json());
    } catch (problem) {
      // What a later question has overtaken must not end that one, too.
      if (problem.name !== "AbortError") close();
    }
  }

  function written(target) {
    if (!target?.matches?.("[data-completion]")) return;
    field = target;
    if (field.matches("input")) field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    look();
  }

  body.addEventListener("input", (event) => written(event.target));
  body.addEventListener("keydown", (event) => {
    if (!isOpen() || event.target !== field) return;
    const rows = options();
    const at = rows.indexOf(chosen());
    if (event.key === "ArrowDown") select(rows[(at + 1) % rows.length]);
    else if (event.key === "ArrowUp") select(rows.at((at - 1) % rows.length));
    else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") accept(rows[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  // pointerdown would take the focus and close the phone's keyboard.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest(".option");
    if (option) accept(option);
  });
  body.addEventListener("focusout", (event) => event.target === field && setTimeout(() => document.activeElement !== field && close(), 150));
  // Somebody may have begun to write before this script arrived.
  if (document.activeElement?.value) written(document.activeElement);
}
