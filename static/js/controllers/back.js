/** Leads back to the form that was refused as it was left: the browser has what was typed, the address alone has not. */
export default function back(link) {
  link.addEventListener("click", (event) => {
    if (!document.referrer || history.length < 2) return;
    event.preventDefault();
    history.back();
  });
}
