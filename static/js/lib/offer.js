/** Asks once, on a phone or tablet, whether it is one's own. Put away, it comes back in three months. */
import { find } from "./dom.js";
import { request } from "./http.js";
import { toast } from "./toast.js";
import { word } from "./words.js";

export function offer() {
  const shown = toast(word("offer"), { label: word("offerHow"), href: "/settings/offline", keep: true });
  if (!shown) return;
  shown.classList.add("toast--offer");
  find("button", shown).addEventListener("click", () => {
    request("/settings/offline", { method: "POST", body: new URLSearchParams({ own: "later" }) }).catch(() => {});
  });
}
