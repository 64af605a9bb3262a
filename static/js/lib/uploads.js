/**
 * Files of a form: sent as soon as they are chosen, one after another, with progress; sent again by themselves when
 * the network comes back; named in hidden fields "files" when they have arrived.
 */
import { find, icon, make } from "./dom.js";
import { newKey } from "./drafts.js";
import { csrf, Problem } from "./http.js";
import { toast } from "./toast.js";
import { word } from "./words.js";

const PAUSES = [1000, 3000, 8000, 20000];
const PREVIEW = 104;

function send(file, key, onProgress) {
  const xhr = new XMLHttpRequest();
  const done = new Promise((resolve, reject) => {
    const data = new FormData();
    data.append("file", file, file.name);
    xhr.open("POST", "/files");
    xhr.setRequestHeader("X-CSRFToken", csrf());
    xhr.setRequestHeader("Accept", "application/json");
    xhr.setRequestHeader("Idempotency-Key", key);
    xhr.upload.addEventListener("progress", (event) => event.lengthComputable && onProgress(event.loaded / event.total));
    xhr.addEventListener("load", () => {
      const body = parsed(xhr.responseText);
      if (xhr.status >= 200 && xhr.status < 300) resolve(body);
      else reject(new Problem(xhr.status, body));
    });
    xhr.addEventListener("error", () => reject(new Problem(0)));
    xhr.addEventListener("timeout", () => reject(new Problem(0)));
    xhr.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
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

/** Wait until the network is back, or for the given pause, whichever is later. */
async function pause(milliseconds) {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  if (!navigator.onLine) await new Promise((resolve) => addEventListener("online", resolve, { once: true }));
}

/** A small picture of the file as a data: address; blob: ones are forbidden by the page's policy. */
async function preview(file) {
  if (!file.type.startsWith("image/")) return null;
  try {
    const bitmap = await createImageBitmap(file);
    const scale = PREVIEW / Math.min(bitmap.width, bitmap.height);
    const canvas = make("canvas", { width: PREVIEW, height: PREVIEW });
    const width = bitmap.width * scale;
    const height = bitmap.height * scale;
    canvas.getContext("2d").drawImage(bitmap, (PREVIEW - width) / 2, (PREVIEW - height) / 2, width, height);
    return canvas.toDataURL("image/jpeg", 0.8);
  } catch {
    return null;
  }
}

export function uploads(form, { onChange = () => {} } = {}) {
  const list = find("[data-uploads]", form);
  const input = find("[data-upload]", form);
  const files = new Map();
  let chain = Promise.resolve();
  find("[data-upload-label]", form).hidden = false;

  function row(name) {
    const remove = make(
      "button",
      { class: "icon-btn upload-x", type: "button", "aria-label": `${word("remove")}: ${name}` },
      icon("x"),
    );
    const text = make("span", { class: "upload-text" }, make("span", { class: "cut", text: name }));
    const glyph = make("span", { class: "upload-glyph" }, icon("file-text"));
    const element = make("div", { class: "upload" }, glyph, text, remove);
    list.append(element);
    return { element, glyph, text, remove };
  }

  function arrived(part, file) {
    files.set(part.element, { ...files.get(part.element), ...file });
    part.element.append(make("input", { type: "hidden", name: "files", value: file.id }));
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
        if (problem.name === "AbortError" || problem.final) throw problem;
        if (files.has(part.element)) files.get(part.element).lost = true;
        if (attempt === 0 && navigator.onLine) toast(word("uploadLost"));
        bar.value = 0;
        await pause(PAUSES[Math.min(attempt, PAUSES.length - 1)]);
      }
    }
  }

  async function add(file, key = newKey()) {
    const part = { ...row(file.name), key };
    const bar = make("progress", { max: 100, value: 0, "aria-label": `${word("uploading")}: ${file.name}` });
    part.element.append(bar);
    const kept = { key, name: file.name, blob: file, abort: () => part.abort?.() };
    files.set(part.element, kept);
    part.remove.addEventListener("click", () => (part.abort?.(), drop(part)));
    preview(file).then((url) => showPicture(part, (kept.thumb = url)));
    onChange();
    try {
      await (chain = chain.catch(() => {}).then(() => deliver(part, file, bar))).then((saved) => {
        if (!part.element.isConnected) return;
        arrived(part, { id: saved.id, name: saved.name, thumb_url: saved.thumb_url });
        onChange();
      });
    } catch (problem) {
      if (problem.name === "AbortError") return;
      files.delete(part.element);
      part.element.classList.add("is-wrong");
      part.text.append(make("span", { text: problem.message || word("failed"), role: "alert" }));
      onChange();
    } finally {
      bar.remove();
    }
  }

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

  return {
    /** Files that have arrived: [{id, name, thumb_url}]. */
    saved: () => [...files.values()].filter((file) => file.id).map(({ id, name, thumb_url }) => ({ id, name, thumb_url })),
    busy: () => [...files.values()].some((file) => !file.id),
    /** What has not arrived waits for the connection, all of it. */
    stuck: () => [...files.values()].every((file) => file.id || file.lost || !navigator.onLine),
    /** All of them as they can be kept until there is a connection: with what is to be sent, where it is here. */
    held: () => [...files.values()].map(({ id, key, name, blob, thumb, thumb_url }) => ({ id, key, name, blob, thumb: thumb ?? thumb_url })),
    /** Take such files back. */
    take(held) {
      this.restore(held.filter((file) => !file.blob).map((file) => ({ ...file, thumb_url: file.thumb })));
      for (const file of held) if (file.blob) add(file.blob, file.key);
    },
    /** Show files of a draft again; nothing has changed by it. */
    restore(saved) {
      for (const file of saved ?? []) {
        const part = row(file.name);
        part.remove.addEventListener("click", () => drop(part));
        showPicture(part, file.thumb_url);
        arrived(part, file);
      }
    },
    clear() {
      for (const file of files.values()) file.abort?.();
      files.clear();
      list.replaceChildren();
    },
  };
}
