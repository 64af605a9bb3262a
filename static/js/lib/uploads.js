/**
 * Files of a form: sent as soon as they are chosen, one after another, with progress; sent again by themselves when
 * the network comes back; named in hidden fields "files" when they have arrived.
 */
import { announce } from "./announce.js";
import { all, find, focusOn, icon, make } from "./dom.js";
import { newKey } from "./drafts.js";
import { csrf, Problem, renew } from "./http.js";
import { toast } from "./toast.js";
import { word } from "./words.js";

/** Nothing has moved for so long: the line is there and carries nothing. */
const STALLED = 30_000;
const PAUSES = [1000, 3000, 8000, 20000];

function send(file, key, onProgress) {
  const xhr = new XMLHttpRequest();
  let stalled;
  let timer;
  const moves = () => {
    clearTimeout(timer);
    timer = setTimeout(() => ((stalled = true), xhr.abort()), STALLED);
  };
  const done = new Promise((resolve, reject) => {
    const data = new FormData();
    data.append("file", file, file.name);
    xhr.open("POST", "/files");
    xhr.setRequestHeader("X-CSRFToken", csrf());
    xhr.setRequestHeader("Accept", "application/json");
    xhr.setRequestHeader("Idempotency-Key", key);
    xhr.upload.addEventListener("progress", moves);
    xhr.upload.addEventListener("progress", (event) => event.lengthComputable && onProgress(event.loaded / event.total));
    xhr.addEventListener("load", () => {
      const body = parsed(xhr.responseText);
      if (xhr.status >= 200 && xhr.status < 300) resolve(body);
      else reject(new Problem(xhr.status, body));
    });
    xhr.addEventListener("error", () => reject(new Problem(0)));
    xhr.addEventListener("timeout", () => reject(new Problem(0)));
    xhr.addEventListener("abort", () => reject(stalled ? new Problem(0) : new DOMException("", "AbortError")));
    xhr.addEventListener("loadend", () => clearTimeout(timer));
    moves();
    xhr.send(data);
  });
  return { done, abort: () => xhr.abort() };
}

const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
};

/** Refused for what it is: trying again does not help. */
const REFUSED = [413, 415, 422];

/** Wait until the network is back, or for the given pause, whichever is later; or until `button` is pressed. */
function pause(milliseconds, button) {
  return new Promise((resolve) => {
    button.addEventListener("click", resolve);
    setTimeout(() => (navigator.onLine ? resolve() : addEventListener("online", resolve, { once: true })), milliseconds);
  });
}

/** Say what went wrong, with a button that tries once more. */
function trouble(part, words, name) {
  const said = make("span", { class: name, role: "alert" }, icon("circle-alert"), make("span", { text: words }));
  const label = `${word("again")}: ${part.name}`;
  const button = make("button", { class: "btn btn--small upload-again", type: "button", "aria-label": label, text: word("again") });
  part.text.append(said);
  part.element.append(button);
  return { said, button };
}

const pictures = () => import("./picture.js");

export function uploads(form, { onChange = () => {} } = {}) {
  const list = find("[data-uploads]", form);
  const input = find("[data-upload]", form);
  const files = new Map();
  let chain = Promise.resolve();
  // Files go up as they are chosen; without scripts they come with the form.
  input.removeAttribute("name");

  function act(name, glyph, words) {
    return make("button", { class: `icon-btn ${name}`, type: "button", "aria-label": words, title: words }, icon(glyph));
  }

  /** A row for a file; a photo has a field for what it shows. */
  function row(name, isPhoto, said = "") {
    const remove = act("upload-x", "x", `${word("remove")}: ${name}`);
    const earlier = act("upload-step", "arrow-up", `${word("earlier")}: ${name}`);
    const later = act("upload-step", "arrow-down", `${word("later")}: ${name}`);
    const text = make("span", { class: "upload-text" }, make("span", { class: "cut", text: name }));
    const glyph = make("span", { class: "upload-glyph" }, icon(isPhoto ? "image" : "file-text"));
    const element = make("div", { class: "upload" }, glyph, text, make("span", { class: "upload-acts" }, earlier, later, remove));
    const part = { element, glyph, text, remove, name };
    if (isPhoto) {
      element.classList.add("upload--photo");
      const label = `${word("alt")} ${name}`;
      part.alt = make("input", { class: "input upload-alt", maxlength: 300, placeholder: word("alt"), "aria-label": label, value: said });
      text.after(part.alt);
      part.alt.addEventListener("input", () => files.get(element) && (files.get(element).alt = part.alt.value));
      part.alt.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    }
    const move = (button, step) => {
      step(element);
      button.focus();
      onChange();
    };
    earlier.addEventListener("click", () => move(earlier, () => element.previousElementSibling?.before(element)));
    later.addEventListener("click", () => move(later, () => element.nextElementSibling?.after(element)));
    list.append(element);
    return part;
  }

  function arrived(part, file) {
    files.set(part.element, { ...files.get(part.element), ...file, alt: part.alt?.value ?? "" });
    part.element.append(make("input", { type: "hidden", name: "files", value: file.id }));
    if (part.alt) part.alt.name = `alt-${file.id}`;
  }

  function drop(part) {
    files.delete(part.element);
    part.element.remove();
    onChange();
  }

  function showPicture(part, url) {
    if (url) part.glyph.replaceWith((part.glyph = make("img", { class: "upload-img", src: url, alt: "" })));
  }

  async function deliver(part, file, bar) {
    for (let attempt = 0; ; attempt += 1) {
      if (!part.element.isConnected) throw new DOMException("", "AbortError");
      const sending = send(file, part.key, (share) => (bar.value = Math.round(share * 100)));
      part.abort = sending.abort;
      try {
        return await sending.done;
      } catch (problem) {
        const isOld = problem.status === 400 && attempt === 0;
        if (isOld && (await renew().catch(() => false))) continue;
        if (problem.name === "AbortError" || problem.final) throw problem;
        if (files.has(part.element)) files.get(part.element).lost = true;
        bar.value = 0;
        part.lost ??= trouble(part, word("uploadLost"), "upload-lost");
        await pause(PAUSES[Math.min(attempt, PAUSES.length - 1)], part.lost.button);
      }
    }
  }

  function settled(part) {
    if (!part.lost) return;
    if (document.activeElement === part.lost.button) focusOn(part.element);
    part.lost.said.remove();
    part.lost.button.remove();
  }

  /** Send a file, in the place of the row `failed` where it was tried before. */
  async function add(file, key = newKey(), said = "", failed = null) {
    const part = Object.assign(row(file.name, file.type.startsWith("image/"), said), { key });
    failed?.replaceWith(part.element);
    if (failed) focusOn(part.element);
    const bar = make("progress", { max: 100, value: 0, "aria-label": `${word("uploading")}: ${file.name}` });
    part.element.append(bar);
    const kept = { key, name: file.name, blob: file, alt: said, abort: () => part.abort?.() };
    files.set(part.element, kept);
    part.remove.addEventListener("click", () => (part.abort?.(), drop(part)));
    pictures().then(({ preview }) => preview(file)).then((url) => showPicture(part, (kept.thumb = url)), () => {});
    onChange();
    try {
      await (chain = chain.catch(() => {}).then(() => deliver(part, file, bar).finally(() => settled(part)))).then((saved) => {
        if (!part.element.isConnected) return;
        arrived(part, { id: saved.id, name: saved.name, thumb_url: saved.thumb_url });
        announce("upload", `${word("attached")}: ${saved.name}`);
        onChange();
      });
    } catch (problem) {
      if (problem.name === "AbortError") return;
      files.delete(part.element);
      part.element.classList.add("is-wrong");
      part.alt?.remove();
      const { button } = trouble(part, problem.message || word("failed"), "field-error");
      button.addEventListener("click", () => add(file, key, kept.alt, part.element));
      if (REFUSED.includes(problem.status)) button.remove();
      onChange();
    } finally {
      bar.remove();
    }
  }

  // There may be no connection any more when one has chosen.
  input.addEventListener("click", () => pictures().catch(() => {}));
  input.addEventListener("change", () => {
    [...input.files].forEach((file) => add(file));
    input.value = "";
  });
  form.addEventListener("paste", (event) => {
    const pasted = [...(event.clipboardData?.files ?? [])];
    if (pasted.length) event.preventDefault();
    pasted.forEach((file) => add(file));
  });
  form.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    form.classList.add("is-over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("is-over"));
  form.addEventListener("drop", (event) => {
    form.classList.remove("is-over");
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    [...event.dataTransfer.files].forEach((file) => add(file));
  });

  // What could not be attached is not left out without a word.
  form.addEventListener("submit", (event) => {
    const wrong = find(".upload.is-wrong", list);
    if (!wrong) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    toast(word("uploadWrong"));
    find(".upload-x", wrong).focus();
  });

  /** Files in the order of their rows. */
  const standing = () => [...list.children].map((element) => files.get(element)).filter(Boolean);

  /** Show files again that have arrived; nothing has changed by it. */
  function restore(saved) {
    for (const file of saved ?? []) {
      const part = row(file.name, Boolean(file.thumb_url), file.alt);
      part.remove.addEventListener("click", () => drop(part));
      if (!("lean" in document.body.dataset)) showPicture(part, file.thumb_url);
      arrived(part, file);
    }
  }

  // Rows that the page came with do without scripts; what was chosen before this script arrived is sent now.
  const came = all("[data-kept]", list).map((element) => ({
    id: element.dataset.kept,
    name: element.dataset.name,
    thumb_url: element.dataset.thumb || null,
    alt: find(".upload-alt", element)?.value ?? "",
  }));
  list.replaceChildren();
  restore(came);
  [...input.files].forEach((file) => add(file));
  input.value = "";

  return {
    /** Files that have arrived, in their order: [{id, name, thumb_url, alt}]. */
    saved: () => standing().filter((file) => file.id).map(({ id, name, thumb_url, alt }) => ({ id, name, thumb_url, alt })),
    busy: () => [...files.values()].some((file) => !file.id),
    /** What has not arrived waits for the connection, all of it. */
    stuck: () => [...files.values()].every((file) => file.id || file.lost || !navigator.onLine),
    /** All of them as they can be kept until there is a connection: with what is to be sent, where it is here. */
    held: () => standing().map(({ id, key, name, blob, thumb, thumb_url, alt }) => ({ id, key, name, blob, thumb: thumb ?? thumb_url, alt })),
    /** Take such files back. */
    take(held) {
      for (const file of held) {
        if (file.blob) add(file.blob, file.key, file.alt);
        else restore([{ ...file, thumb_url: file.thumb }]);
      }
    },
    restore,
    clear() {
      for (const file of files.values()) file.abort?.();
      files.clear();
      list.replaceChildren();
    },
  };
}
