/** Keeps "5 minutes ago" true, and gives the exact moment as a tooltip. */
import { all } from "../lib/dom.js";

const MINUTE = 60;
const STEPS = [
  ["minute", MINUTE, 3600],
  ["hour", 3600, 86400],
  ["day", 86400, 7 * 86400],
];

export default function moments(body) {
  const locale = document.documentElement.lang || "en";
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short" });
  const now = new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(0, "second");

  /** Words for a moment less than a week old; older ones keep the date that the server wrote. */
  const words = (seconds) => {
    if (seconds < 45) return now;
    const step = STEPS.find(([, , limit]) => seconds < limit);
    return step && relative.format(-Math.max(1, Math.round(seconds / step[1])), step[0]);
  };
  const refresh = () => {
    if (document.hidden) return;
    for (const element of all("time[datetime]", body)) {
      const moment = new Date(element.dateTime);
      const text = words((Date.now() - moment) / 1000);
      if (text && element.textContent !== text) element.textContent = text;
    }
  };
  const explain = (event) => {
    const element = event.target.closest?.("time[datetime]");
    if (element && !element.title) element.title = exact.format(new Date(element.dateTime));
  };
  body.addEventListener("pointerover", explain, { passive: true });
  body.addEventListener("focusin", explain);
  document.addEventListener("visibilitychange", refresh);
  setInterval(refresh, 30_000);
}
