/**
 * What is wrong with a form that was sent: beside each field, tied to it; of several things a list on top as well, which
 * has the focus and leads to the fields. One thing alone has the focus in its field.
 */
import { all, find, icon, make } from "./dom.js";
import { word } from "./words.js";

let number = 0;

/** The field of a name, or the one that what belongs to no field is said at. */
function fieldOf(form, name) {
  const named = name === "files" ? find("[data-upload]", form) : name && form.elements[name];
  const field = named instanceof RadioNodeList ? named[0] : named;
  return field && field.type !== "hidden" ? field : (find("textarea", form) ?? find("input:not([type=hidden])", form) ?? find("button", form));
}

/** Put the words where the field's label ends, or before what the field stands in. */
function put(said, field, form) {
  const around = field.closest("fieldset, .field");
  const label = around && find("legend, .field-label", around);
  if (label) return label.after(said);
  const uploads = field.matches("[data-upload]") && find("[data-uploads]", form);
  (uploads || (field.closest(".kinds, .composer-foot") ?? field)).before(said);
}

/** Say each of `errors`, {field, message}, where it belongs. What is typed into a field next may be right. */
export function showErrors(form, errors) {
  clearErrors(form);
  const lines = errors.map(({ field: name, message }) => {
    const field = fieldOf(form, name);
    const alone = errors.length === 1;
    const said = make("p", { class: "field-error", id: `wrong-${++number}`, role: alone && "alert" }, icon("circle-alert"), make("span", { text: message }));
    put(said, field, form);
    // What is said aloud already is not to be read again with the field that gets the focus; later it is.
    if (alone) {
      field.focus();
      said.scrollIntoView({ block: "center" });
    }
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", [...described(field), said.id].join(" "));
    const typed = ({ target }) => {
      if (target.name !== field.name) return;
      form.removeEventListener("input", typed);
      find(".form-summary", form)?.remove();
      right(field, said.id);
    };
    form.addEventListener("input", typed);
    return { field, said, message };
  });
  if (lines.length > 1) listed(form, lines).focus();
}

function listed(form, lines) {
  const rows = lines.map(({ field, message }) => {
    field.id ||= `field-${++number}`;
    const link = make("a", { href: `#${field.id}`, text: message });
    link.addEventListener("click", (event) => (event.preventDefault(), field.focus()));
    return make("li", {}, link);
  });
  const name = word("checkThis");
  const list = make("ul", { id: `wrong-${++number}` }, ...rows);
  const summary = make("div", { class: "form-summary", role: "group", tabindex: "-1", "aria-label": name, "aria-describedby": list.id }, make("h2", { text: name }), list);
  form.prepend(summary);
  return summary;
}

const described = (field) => (field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);

function right(field, id) {
  document.getElementById(id)?.remove();
  const rest = described(field).filter((each) => each !== id);
  if (rest.length) field.setAttribute("aria-describedby", rest.join(" "));
  else field.removeAttribute("aria-describedby");
  field.removeAttribute("aria-invalid");
}

/** Take away everything that was wrong in a form or a part of one, whoever said it. */
export function clearErrors(around) {
  find(".form-summary", around)?.remove();
  for (const said of all(".field-error", around)) {
    const field = said.id && find(`[aria-describedby~="${said.id}"]`);
    if (field) right(field, said.id);
    else said.remove();
  }
}
