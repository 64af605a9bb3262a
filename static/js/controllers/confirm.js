/** Asks before a form is sent. */
import { confirmed } from "../lib/sheet.js";

export default function confirm(form) {
  form.addEventListener("submit", async (event) => {
    if (form.dataset.agreed) return;
    event.preventDefault();
    const { submitter } = event;
    if (await confirmed(form.dataset.confirm, submitter?.textContent.trim())) {
      form.dataset.agreed = "yes";
      form.requestSubmit(submitter);
    }
  });
}
