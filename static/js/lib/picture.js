/** What a chosen photo looks like, before it is sent. */
import { make } from "./dom.js";

const PREVIEW = 104;

/** The middle of a picture as a data: address, `side` pixels wide and high; blob: ones are forbidden by the page's policy. */
export async function preview(file, side = PREVIEW) {
  if (!file.type.startsWith("image/")) return null;
  try {
    const bitmap = await createImageBitmap(file);
    const scale = side / Math.min(bitmap.width, bitmap.height);
    const canvas = make("canvas", { width: side, height: side });
    const width = bitmap.width * scale;
    const height = bitmap.height * scale;
    canvas.getContext("2d").drawImage(bitmap, (side - width) / 2, (side - height) / 2, width, height);
    return canvas.toDataURL("image/jpeg", 0.8);
  } catch {
    return null;
  }
}
